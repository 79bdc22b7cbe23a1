"""Plain records for tests: one function a model, each with the least that makes it whole."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from evenhand.accounts.models import RoleGrant, Team, User, Worker
from evenhand.accounts.references import new_reference
from evenhand.casework import models as casework
from evenhand.eligibility import actions as eligibility
from evenhand.eligibility.models import Decision as Decided
from evenhand.equality.models import GroupTally, Release
from evenhand.feedback import actions as feedback
from evenhand.monitoring.actions import freeze
from evenhand.monitoring.models import Judgement, Provision, Resource, ResourceShare
from evenhand.people.models import Adult, Child, Involvement, Relationship
from evenhand.performance import actions as performance
from evenhand.performance.models import Finding, PublishedQuarter
from evenhand.publications.actions import make_report
from evenhand.publications.documents import Document
from evenhand.publications.models import Report
from evenhand.recording import actions as recording
from evenhand.recording.answering import Answers
from evenhand.recording.models import Recording
from evenhand.recording.sets import form_called
from evenhand.records import actions as records
from evenhand.records.models import Bundle
from evenhand.retention.models import Certificate, Correction, Decision, Hold
from evenhand.sources.models import Coverage, Difference, ImportBatch, Source
from evenhand.transitions import actions as transitions
from evenhand.transitions.models import TransitionPlan
from evenhand.transitions.queries.shares import Named
from evenhand.workforce import actions as workforce

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
TODAY = NOW.date()
LONG_AGO = date(2020, 1, 1)
_numbers = itertools.count(1)


def team(name: str = "", *, parent: Team | None = None) -> Team:
    """A team, or a service where others name it as their parent."""
    number = next(_numbers)
    name = name or f"Team {number}"
    return Team.objects.create(ref=new_reference(), code=f"TF{number}", name=name, parent=parent)


def worker(name: str = "", *, team: Team | None = None) -> Worker:
    """A worker, who signs in only where ``user`` is given them."""
    number = next(_numbers)
    name = name or f"Worker {number}"
    return Worker.objects.create(ref=new_reference(), code=f"WF{number}", name=name, team=team)


def user(role: str, *, team: Team | None = None, worker: Worker | None = None) -> User:
    """A person who signs in, with one role over a team or (None) the authority or a caseload."""
    number = next(_numbers)
    made = get_user_model().objects.create(
        username=f"person{number}", name=f"Person {number}", worker=worker
    )
    RoleGrant.objects.create(user=made, role=role, team=team, starts_on=LONG_AGO)
    return made


def child(**fields: Any) -> Child:
    """A child with a made-up name."""
    number = next(_numbers)
    names = {"forename": f"Wren{number}", "surname": f"Harbour{number}", "is_open": True}
    return Child.objects.create(ref=new_reference(), **{**names, **fields})


def involvement(child: Child, worker: Worker, **fields: Any) -> Involvement:
    """That a worker works with a child from long ago."""
    return Involvement.objects.create(
        child=child, worker=worker, **{"starts_on": LONG_AGO, **fields}
    )


def referral(child: Child, received_on: date, **fields: Any) -> casework.Referral:
    """A referral."""
    return casework.Referral.objects.create(child=child, received_on=received_on, **fields)


def assessment(child: Child, started_on: date, **fields: Any) -> casework.Assessment:
    """A single assessment."""
    return casework.Assessment.objects.create(child=child, started_on=started_on, **fields)


def section_47(child: Child, started_on: date, **fields: Any) -> casework.Section47:
    """A section 47 enquiry."""
    return casework.Section47.objects.create(child=child, started_on=started_on, **fields)


def conference(child: Child, held_on: date, **fields: Any) -> casework.InitialConference:
    """An initial child protection conference."""
    return casework.InitialConference.objects.create(child=child, held_on=held_on, **fields)


def protection_plan(child: Child, started_on: date, **fields: Any) -> casework.ProtectionPlan:
    """A child protection plan."""
    return casework.ProtectionPlan.objects.create(child=child, started_on=started_on, **fields)


def need_plan(child: Child, started_on: date, **fields: Any) -> casework.NeedPlan:
    """A child in need plan."""
    return casework.NeedPlan.objects.create(child=child, started_on=started_on, **fields)


def care_period(child: Child, started_on: date, **fields: Any) -> casework.CarePeriod:
    """A period of being looked after."""
    return casework.CarePeriod.objects.create(child=child, started_on=started_on, **fields)


def legal_status(period: casework.CarePeriod, status: str) -> casework.LegalStatus:
    """A legal status from the first day of a period of care."""
    return casework.LegalStatus.objects.create(
        child=period.child, care_period=period, status=status, started_on=period.started_on
    )


def looked_after_review(
    period: casework.CarePeriod, held_on: date, **fields: Any
) -> casework.LookedAfterReview:
    """A looked-after review that was held."""
    return casework.LookedAfterReview.objects.create(
        child=period.child, care_period=period, held_on=held_on, **fields
    )


def visit(of: Any, held_on: date, **fields: Any) -> casework.Visit:
    """A visit under a plan or in a period of care."""
    paths = {
        casework.CarePeriod: ("care", "care_period"),
        casework.ProtectionPlan: ("protection", "plan"),
        casework.NeedPlan: ("need", "need_plan"),
    }
    kind, path = paths[type(of)]
    return casework.Visit.objects.create(
        child=of.child, kind=kind, held_on=held_on, **{path: of}, **fields
    )


def source(key: str = "ssd", *, rank: int = 1) -> Source:
    """A source of extracts."""
    return Source.objects.get_or_create(key=key, defaults={"name": key, "rank": rank})[0]


def coverage(
    *facts: str, complete_from: date | None = LONG_AGO, complete_to: date | None = TODAY, **of: Any
) -> None:
    """That a source holds these facts completely between two days."""
    holder = source(**of)
    batch = ImportBatch.objects.create(
        ref=new_reference(), source=holder, label="extract", started_at=NOW, progress="merged"
    )
    for fact in facts:
        Coverage.objects.update_or_create(
            source=holder,
            fact=fact,
            defaults={"batch": batch, "complete_from": complete_from, "complete_to": complete_to},
        )


def parent(child: Child, name: str = "", *, kind: str = "mother") -> Adult:
    """A parent or carer of a child, with a made-up name."""
    number = next(_numbers)
    made = Adult.objects.create(
        ref=new_reference(), forename=name or f"Maren{number}", surname=f"Quay{number}"
    )
    Relationship.objects.create(child=child, adult=made, kind=kind)
    return made


def batch(key: str = "ssd") -> ImportBatch:
    """A batch that a source's extract is being merged from."""
    return ImportBatch.objects.create(
        ref=new_reference(), source=source(key), label="extract", started_at=NOW, progress="reading"
    )


def release(team: Team | None, by: User) -> Release:
    """A table of figures by group that was let out, with nothing in it that points to a child."""
    return Release.objects.create(
        ref=new_reference(), kind=GroupTally.Kind.STEP, measure="assessed", dimension="sex",
        team=team, title="From a referral to an assessment, by sex",
        figures=[["Sex", "Per cent"], ["Female", "60"]], notes=["Rounded."],
        for_whom="The board", as_at=TODAY, released_by=by, released_at=NOW,
    )  # fmt: skip


def report(by: User) -> Report:
    """A report that was made, with nothing in it that points to a child."""
    document = Document("The promises kept, and to whom", "Islehaven", TODAY, ())
    return make_report(document, for_whom="The board", by=by, at=NOW)


def difference(record: Any, field: str, told: str, *, key: str = "returns") -> Difference:
    """That another source tells a field of an event differently."""
    return Difference.objects.create(
        ref=new_reference(), source=source(key, rank=9), believed=source(), kind="care_period",
        target=record._meta.label_lower, target_id=record.pk, child_id=record.child_id,
        field=field, held=str(getattr(record, field) or ""), told=told, batch=batch(key),
    )  # fmt: skip


def reviewed(child: Child) -> Decision:
    """A hold on a child's record, a disposal that waits for another, and an older certificate."""
    one, other = user("director"), user("director")
    Hold.objects.create(
        ref=new_reference(), child=child, reason="A claim", starts_on=LONG_AGO, review_on=TODAY,
        placed_by=one, placed_at=NOW,
    )  # fmt: skip
    Certificate.objects.create(
        ref=new_reference(), ground="time", rule="child-in-need", pack_digest="",
        rows={"people.child": 1}, decided_by=one, decided_at=NOW, confirmed_by=other, made_at=NOW,
        digest="", scrubbed_at=NOW,
    )  # fmt: skip
    casework.Contact.objects.create(child=child, received_on=LONG_AGO, withdrawn=True)
    Correction.objects.create(
        ref=new_reference(), child=child, target="people.child", target_id=child.pk,
        field="born_on", held=str(child.born_on), what_is_wrong="The day",
        what_is_right="Another day", asked_by="The child", received_on=LONG_AGO, recorded_by=one,
        recorded_at=NOW,
    )  # fmt: skip
    return Decision.objects.create(
        ref=new_reference(), child=child, what="dispose", ground="error", reason="Not ours",
        standing="waiting", decided_by=one, decided_at=NOW,
    )  # fmt: skip


def asked_to_see(child: Child) -> None:
    """A request whose bundle waits to be gone through, one that was given, and a complaint."""
    officer, other = user("data_protection_officer"), user("director")
    said = {"came_by": "Letter", "asked_by": "child", "wanted": "Everything"}
    by = {"by": officer, "at": NOW}
    asked = records.receive(child, received_on=TODAY, **said, **by)
    records.prepare(asked, **by)
    given = records.receive(child, received_on=TODAY, **said, **by)
    Bundle.objects.create(
        ref=new_reference(), request=given, contents="[]", pdf="JVBERg==", archive="UEs=",
        prepared_by=officer, prepared_at=NOW, released_by=other, released_at=NOW,
    )  # fmt: skip
    records.answer(given, decision="whole", answered_on=TODAY, **by)
    records.record_complaint(received_on=TODAY, came_by="Letter", about="A letter", **by)


def told_us(child: Child, by: User, *, service: str) -> None:
    """What a child's family said, what stood in their way, and discrimination that they met."""
    done: dict[str, Any] = {"by": by, "at": timezone.now(), "child": child, "service": service}
    on = timezone.localdate() - timedelta(days=1)
    said = feedback.record_feedback(**done, received_on=on, respondent="parent", words="Thanks.")
    feedback.meet_barrier(**done, code="trust", met_on=on, fastened=said)
    note = {"ground": "class", "happened": "Left out.", "noted_on": on}
    feedback.note_discrimination(child, by=by, at=done["at"], **note)
    feedback.open_survey(by=by, at=done["at"], title="Inclusion", invited=2)


def recorded(
    form: str, by: User, *, child: Child | None = None, about: int | None = None, **answers: Any
) -> Recording:
    """A form of the packs, filled in now."""
    at = timezone.now()
    return recording.record(
        form_called(form, at.date()), Answers(answers), by=by, at=at, child=child, about_id=about
    )


def decided(child: Child, about: int, by: User) -> Decided:
    """What was decided on the tier that is advised of a child's referral, with its letter."""
    advice = recorded("tier-advice", by, child=child, about=about, level="low")
    done: dict[str, Any] = {"by": by, "at": timezone.now()}
    made: Decided = eligibility.decide(advice, {"decided": "tier-1"}, **done)
    eligibility.write_letter(made, **done, language="English", form="Letter", words="We help.")
    return made


def moving_on(child: Child, by: User) -> TransitionPlan:
    """A plan on the way to adult services, on a meeting's agenda, and a list that was shared."""
    at = timezone.now()
    plan: TransitionPlan = transitions.begin_plan(child, "ALDT", by=by, at=at)
    transitions.hold_meeting(by=by, at=at, held_on=at.date(), posts={}, plans=[plan])
    names = [Named(child, "Likely ALDT", "")]
    transitions.share_list(
        by=by, at=at, recipient="aldt", purpose="To plan", lawful_basis="Law", names=names
    )
    return plan


def provision(child: Child, by: User, service: str = "bsl-interpreter", **fields: Any) -> Provision:
    """That a service meets a need of a child from long ago."""
    return Provision.objects.create(
        **{
            "ref": new_reference(), "child": child, "need": "sign-language", "service": service,
            "outcome": Provision.Outcome.SUPPLIED, "starts_on": LONG_AGO, "recorded_by": by,
            "recorded_at": NOW, **fields,
        }
    )  # fmt: skip


def better(owner: User, other: User) -> None:
    """One of everything by which an authority gets better, and figures of two quarters."""
    done: dict[str, Any] = {"by": owner, "at": timezone.now()}
    council = performance.set_objective(**done, words="Children are safe")
    service = performance.set_objective(**done, words="Visits are made", parent=council)
    built = performance.Built("Visits in time", owner, priority="safe", objective=service)
    performance.add_measure(built, **done)
    performance.note_practice(**done, source="audit", summary="Plans in the family's own words.")
    told = {"kind": "inspection", "words": "Plans come late.", "found_on": LONG_AGO}
    found: Finding = performance.record_finding(**done, **told)
    task = performance.act_on(found, **done, what="Look at each plan.", owner=owner)
    task.state, task.done_by, task.done_at = task.State.DONE, owner, done["at"]
    task.checked_by, task.checked_at = other, done["at"]
    task.save()
    for starts_on, by in ((date(2019, 10, 1), None), (date(2020, 1, 1), other)):
        PublishedQuarter.objects.create(
            ref=new_reference(), starts_on=starts_on, as_at=LONG_AGO, lines=[], proposed_by=owner,
            proposed_at=NOW, let_out_by=by, let_out_at=NOW if by else None,
        )  # fmt: skip


def own_work(of: User, worker: Worker) -> None:
    """An objective of somebody's own, and a result of a worker's work that they told."""
    done: dict[str, Any] = {"by": of, "at": timezone.now()}
    performance.set_personal(**done, words="Ring back the same day")
    performance.tell_result(
        **done, worker=worker, title="A plan", looked_on=LONG_AGO, words="Clear and kind."
    )
    workforce.record_supervision(
        worker, **done, held_on=LONG_AGO, supervisor=None, supervisor_name="Sam Reed"
    )
    workforce.record_absence(worker, **done, since=LONG_AGO, until=None)


def planned(area: Team, by: User) -> None:
    """A baseline that was frozen, places that are shared out, and a judgement."""
    Judgement.objects.create(
        ref=new_reference(), area="safeguarding", given="adequate", judged_on=LONG_AGO,
        source="A report", recorded_by=by, recorded_at=NOW,
    )  # fmt: skip
    freeze(by=by, at=NOW, name="1 January 2026")
    made = Resource.objects.create(
        ref=new_reference(), kind="Places in groups", starts_on=LONG_AGO, ends_on=date(2100, 1, 1),
        told_by="The contract", recorded_by=by, recorded_at=NOW,
    )  # fmt: skip
    ResourceShare.objects.create(resource=made, area=area, number=10)
