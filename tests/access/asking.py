"""What a walk sends to each route: arguments from one's own or others' records, and a form."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from evenhand.accounts.models import RoleGrant, SecondStep, User
from evenhand.audits.models import (
    Audit,
    Copy,
    Finding,
    ManagementReview,
    Recommendation,
    Report,
    Sample,
    SampledFile,
    Slot,
)
from evenhand.casework.models import Referral
from evenhand.eligibility.models import Decision as Decided
from evenhand.feedback.models import BarrierMet, Feedback, Survey
from evenhand.monitoring.models import Baseline, Judgement, Provision, Resource
from evenhand.people.queries.access import family_of
from evenhand.performance import models as performance
from evenhand.promises.naming import address_key
from evenhand.recording.models import Recording
from evenhand.recording.queries import reference_of
from evenhand.records.models import DataComplaint, Mark, RecordsRequest
from evenhand.retention.deletions import withdrawn_of
from evenhand.retention.models import Certificate, Correction, Decision, Hold
from evenhand.retention.native import unfiled_of
from evenhand.rules.periods import quarter_before, quarter_of
from evenhand.standards.models import Standing
from evenhand.transitions.models import (
    AgendaCase,
    ListShare,
    MonitoringMeeting,
    TransitionPlan,
)
from evenhand.workforce.models import Absence, Supervision
from tests.access.world import OTHERS_NAME, Records, persons

STANDARD = {"pack": "england", "slug": "looked-after-review"}
LOOK_INTO = {"group": "age|from-10", "kind": "finding"}
REASON = {"reason": "Both were written down."}
MEASURE = {"name": "Visits in time", "priority": "safe"}
MESSAGE = {"received_at": "2/4/2026 16:00", "caller": "Jo Reed"}
PROPOSED = {"for_whom": "The board", "profile": "own", **REASON}


def address(route: str, about: str, records: Records, other: Records | None = None) -> str:
    """Return a route's address for some records; ``other`` gives what stands behind the child."""
    return reverse(route, kwargs=_arguments(route, about, records, other or records))


def _arguments(route: str, about: str, records: Records, other: Records) -> dict[str, str]:
    if about == "user":
        return {"ref": somebody().ref}
    asked = {"characteristic": "ethnicity"} if route.split(":")[1] in ASKED else {}
    child = {"ref": records.child.ref}
    if about in ASKED_TO_SEE:
        return ASKED_TO_SEE[about](records)
    if about in MONITORED:
        return MONITORED[about](records)
    if about == "audit_tool":
        return {"tool": "audit-file"}
    if about == "audit_line":
        return {"line": "education-plan"}
    if about in REVIEWED:
        return {"ref": REVIEWED[about](records)}
    return (
        asked
        | {
            "": {},
            "self": {},
            "kept": {"ref": "bcdfghjkmnpq"},
            "survey_link": {"token": "used-already"},
            "link": {"uidb64": "bcdfghjkmnpq", "token": "used-already"},
            "child": child,
            "adult": {**child, "adult": other.adult.ref},
            "statement": {**child, "said": other.statement.ref},
            "campaign": {"ref": records.campaign.ref},
            "concern": {"ref": records.concern.ref},
            "batch": {"ref": records.finding.file.batch.ref},
            "typed": {**child, "key": other.typed},
            "twin": {**child, "other": other.twin.ref},
            "merged": {**child, "other": other.merged.ref},
            "closed": {"ref": records.closed.ref},
            "lent": {"ref": records.lent.ref},
            "task": {"ref": records.task.ref},
            "task_step": {"ref": records.task.ref, "step": "done"},
            "finding": {"ref": records.finding.ref},
            "difference": {"ref": records.difference.ref},
            "standard": STANDARD,
            "field": {"field": "referral-ethnicity"},
            "step": {"step": "assessed"},
            "release": {"ref": records.release.ref},
            "report": {"ref": records.report.ref},
            "need": {"need": "sign-language"},
            "way": {"way": "ethnicity"},
            "clause": {"clause_id": "IOW-2.4.27-lac-d"},
        }[about]
    )


MONITORED = {
    "provision": lambda records: {
        "ref": records.child.ref, "key": Provision.objects.get(child=records.child).ref,
    },
    "baseline": lambda _: {"ref": Baseline.objects.order_by("pk")[0].ref},
    "judgement": lambda _: {"ref": Judgement.objects.order_by("pk")[0].ref},
    "dataset": lambda _: {"dataset": "ethnicity"},
    "resource": lambda _: {"ref": Resource.objects.order_by("pk")[0].ref},
}  # fmt: skip


def feedback_of(records: Records) -> str:
    """Return the reference of what the child's family said."""
    return Feedback.objects.get(child=records.child).ref


def recording_of(records: Records) -> str:
    """Return the reference of what was written down about the child."""
    return Recording.objects.get(child=records.child, form="referrer-told").ref


def request_of(records: Records) -> str:
    """Return the reference of a school's request to come to the child's review."""
    return Recording.objects.get(child=records.child, form="transition-request").ref


def _one(model: Any, **fields: Any) -> str:
    """Return the reference of the first that is so."""
    return str(model.objects.filter(**fields).order_by("pk")[0].ref)


def decision_of(records: Records) -> Decided:
    """Return what was decided on what is advised about the child."""
    return Decided.objects.get(child=records.child)


def letter_of(records: Records) -> str:
    """Return the reference of the letter that tells the child's family of it."""
    return decision_of(records).letters.get().ref


WHOSE = {Audit: "auditor", Finding: "raised_by", ManagementReview: "reviewer"}


def _of_audits(model: Any, **fields: Any) -> Any:
    """Return what finds the reference of what somebody audits, raised or reviews of a child."""
    child = "child" if model is Audit else "audit__child"
    return lambda records: _one(
        model, **fields, **{WHOSE[model]: records.task.owner, child: records.child}
    )


REVIEWED = {
    "audit_copy": _of_audits(Audit, reviews__isnull=False),
    "audit_open": _of_audits(Audit, state="open"),
    "audit_twice": _of_audits(Audit, twin_of__isnull=False),
    "audit_first": lambda records: _one(
        Audit, twins__auditor=records.task.owner, child=records.child
    ),
    "audit_finding": _of_audits(Finding, kind="poor-practice"),
    "audit_reopening": _of_audits(Finding, kind="reopen"),
    "audit_review": _of_audits(ManagementReview),
    "audit_report": lambda records: (
        Copy.objects.get(to=records.task.owner, report__isnull=False).report.ref
    ),
    "audit_draft": lambda _: _one(Report, published_at=None),
    "audit_recommendation": lambda _: _one(Recommendation, report__published_at=None),
    "transition_plan": lambda records: TransitionPlan.objects.get(child=records.child).ref,
    "transition_case": lambda records: AgendaCase.objects.get(plan__child=records.child).ref,
    "transition_meeting": lambda _: MonitoringMeeting.objects.order_by("pk")[0].ref,
    "transition_share": lambda _: ListShare.objects.order_by("pk")[0].ref,
    "advised": lambda records: decision_of(records).recording.ref,
    "advice_decision": lambda records: decision_of(records).ref,
    "advice_letter": letter_of,
    "audit_draw_slot": lambda records: _one(Slot, line="team-manager", team=records.child.team),
    "audit_pick_slot": lambda records: _one(Slot, line="data-officer", team=records.child.team),
    "audit_list": lambda records: _one(Sample, published_at=None, files__child=records.child),
    "audit_list_out": lambda records: _one(
        Sample, published_at__isnull=False, files__child=records.child
    ),
    "audit_file": lambda records: _one(SampledFile, sample__published_at=None, child=records.child),
    "audit_slot": lambda _: _one(Slot, line="education-plan"),
    "own_worker": lambda records: records.child.worker.ref,
    "own_objective": lambda records: _one(performance.PersonalObjective, person=records.task.owner),
    "own_result": lambda records: _one(performance.WorkResult, told_by=records.task.owner),
    "own_supervision": lambda records: _one(Supervision, recorded_by=records.task.owner),
    "own_absence": lambda records: _one(Absence, recorded_by=records.task.owner),
    "measure": lambda _: _one(performance.Measure),
    "found": lambda _: _one(performance.Finding),
    "practice": lambda _: _one(performance.GoodPractice),
    "public_quarter": lambda _: _one(performance.PublishedQuarter),
    "recording": recording_of,
    "transition_request": request_of,
    "survey": lambda _: Survey.objects.order_by("pk")[0].ref,
    "feedback": feedback_of,
    "barrier_met": lambda records: BarrierMet.objects.get(child=records.child).ref,
    "barrier": lambda records: BarrierMet.objects.get(child=records.child).barrier.ref,
    "hold": lambda records: Hold.objects.get(child=records.child).ref,
    "disposal": lambda records: Decision.objects.get(child=records.child, standing="waiting").ref,
    "correction": lambda records: Correction.objects.get(child=records.child).ref,
    "certificate": lambda _: Certificate.objects.order_by("pk")[0].ref,
}


def _username(records: Records) -> str:
    """Return the name by which whoever is asked signs in."""
    owner = records.task.owner
    assert owner is not None
    return owner.username


def _promise(records: Records) -> dict[str, str]:
    waiting = Standing.objects.filter(child=records.child, kind=Standing.Kind.NOT_DONE)
    row = waiting.order_by("due_on", "pk")[0]
    return {"of": "child", "ref": records.child.ref, "key": address_key(row)}


ASKED_TO_SEE = {
    "advice_file": lambda records: {"ref": letter_of(records), "kind": "txt"},
    "shown_quarter": lambda _: {"quarter": "2020-01"},
    "recording_letter": lambda records: {"ref": request_of(records), "letter": "school"},
    "form": lambda _: {"form": "phone-message"},
    "child_form": lambda records: {"ref": records.child.ref, "form": "phone-message"},
    "child_event": lambda records: {
        "ref": records.child.ref, "form": "referrer-acknowledged", "event": _referral(records),
    },
    "told": lambda records: {"kind": "feedback", "ref": feedback_of(records)},
    "records_request": lambda records: {"ref": _asked(records, None).ref},
    "records_step": lambda records: {"ref": _asked(records, None).ref, "slug": "ask-detail"},
    "records_file": lambda records: {"ref": _asked(records, "whole").ref, "kind": "pdf"},
    "data_complaint": lambda _: {"ref": DataComplaint.objects.order_by("pk")[0].ref},
    "calendar": lambda _: {"secret": "never-made"},
    "promise": _promise,
    "promise_step": lambda records: {**_promise(records), "step": "put-off"},
    "complaint_step": lambda _: {
        "ref": DataComplaint.objects.order_by("pk")[0].ref, "slug": "acknowledge",
    },
}  # fmt: skip


def _referral(records: Records) -> str:
    return reference_of("referral", Referral.objects.get(child=records.child).pk)


def _asked(records: Records, decision: str | None) -> RecordsRequest:
    return RecordsRequest.objects.get(child=records.child, decision=decision or "")


def somebody() -> User:
    """Return somebody who signs in with a second step and has one role."""
    found, is_new = User.objects.get_or_create(username="somebody", defaults={"name": "Some Body"})
    if is_new:
        SecondStep.objects.create(user=found, key="sealed", confirmed_at=timezone.now())
        RoleGrant.objects.create(user=found, role="director", starts_on=timezone.localdate())
    return found


ASKED = {"ask", "ask-adult", "settle", "settle-adult"}
MIXED = {"adult", "statement"}


def form(route: str, records: Records) -> dict[str, object]:
    """Return a form that the route takes; LookupError where none is written for it."""
    today = timezone.localdate()
    day, later = f"{today:%d/%m/%Y}", f"{today + timedelta(days=9):%d/%m/%Y}"
    team = records.child.team
    assert team is not None
    if route == "records:marks":
        return _marks(records)
    if route == "retention:withdrawn":
        return {**REASON, "row": withdrawn_of(records.child)[0].key, "what": "keep"}
    if route == "retention:filing":
        keys = [one.key for one in unfiled_of(records.child)]
        return {"keys": keys, "filed_on": day, "reference": "DOC-1"}
    said = {"answer": "WBRI", "asked_on": day, "how": "Face to face"}
    forms: dict[str, dict[str, object]] = {
        "records:find": {"words": OTHERS_NAME},
        "records:new": {
            "received_on": day, "came_by": "Letter", "asked_by": "child", "wanted": "Everything",
        },
        "records:new-complaint": {"received_on": day, "came_by": "Letter", "about": "A letter"},
        "records:complaint-step": {"acknowledged_on": day},
        "records:step": {"asked_on": day, "asked": "Which years?"},
        "records:gather": {},
        "records:words": {"words": "Everything", "reason": "A trial."},
        "records:release": {"approved": "on"},
        "audits:write": {"analysis": "yes"},
        "audits:check": {},
        "audits:finish": {},
        "audits:another": {"auditor": "nobody", "why": "Away."},
        "audits:leave": {"why": "The child has moved."},
        "audits:give-of-slot": {"auditor": "nobody"},
        "audits:agencies": {"user": "nobody"},
        "audits:tool": {"words": "Ask fewer questions."},
        "audits:take-up": {},
        "audits:raise": {"kind": "below-standard", "team": team.ref, "words": "No plan."},
        "audits:act": {"what": "Write it.", "owner": _username(records), "due_on": later},
        "audits:agree-plan": {"on": day},
        "audits:close-finding": {"evidence": "It is open again."},
        "audits:take-back": REASON,
        "audits:hand-over": {},
        "audits:sign": {},
        "audits:draw-up-report": {
            "kind": "half-year", "since": today.replace(day=1), "until": day,
        },
        "audits:edit-report": {"version": "1", "title": "What audits showed"},
        "audits:quotations": {"version": "1"},
        "audits:recommend": {"words": "Ring back."},
        "audits:publish-report": {
            "version": "1", "groups": ["senior-leadership", "team-managers"],
        },
        "audits:count-report-again": {},
        "audits:drop-recommendation": {},
        "audits:ask-review": {"reason": "Not seen.", "reviewer": _username(records)},
        "audits:write-review": {"findings": "Late.", "learning": "See children first."},
        "audits:review-action": {"what": "Teach.", "owner": _username(records), "due_on": later},
        "audits:close-review": {},
        "audits:draw": {"do": "draw", "method": "simple", "size": 1, "again": "on"},
        "audits:draw-themed": {
            "do": "draw", "method": "simple", "size": 1, "again": "on", "theme": "Missing",
            "theme_why": "The director asked.", "kind": "senior", "due_on": later,
        },
        "audits:pick": {"child": records.child.ref},
        "audits:leave-out": {"why_not": "Moved away."},
        "audits:publish-sample": {},
        "audits:add-file": {},
        "audits:give": {},
        "audits:draw-second": {},
        "audits:new-session": {},
        "audits:moderate": {},
        "audits:draw-up": {"year": str(today.year)},
        "audits:add": {"line": "senior", "month": today.replace(day=1), "why": "Asked for."},
        "audits:plan-slot": {},
        "audits:move-slot": {"month": today.replace(day=1), "why": "Two are away."},
        "audits:close-slot": {},
        "audits:panel": {"name": "Ros Reed", "part": "virtual-school"},
        "audits:leave-panel": {"member": "1"},
        "transitions:shares": {"recipient": "pdsi", "purpose": "To plan", "lawful_basis": "Law"},
        "transitions:new-meeting": {"held_on": day},
        "transitions:close-meeting": {},
        "transitions:case": {"note": "Going well"},
        "transitions:begin": {"route": "PDSI"},
        "accounts:sign-in": {"username": "nobody", "password": "nothing"},
        "accounts:sign-out": {},
        "accounts:second-step": {"code": "123456"},
        "accounts:welcome": {"new_password": "three dull puffins"},
        "accounts:change-password": {"old_password": "x", "new_password": "three dull puffins"},
        "accounts:set-up-second-step": {"code": "wrong"},
        "accounts:recovery-codes": {"code": "wrong"},
        "accounts:end-sessions": {},
        "accounts:new-user": {"name": "New Body", "username": "new.body"},
        "accounts:resume-address": {"address": "192.0.2.7"},
        "accounts:change-user": {"name": "Other Name"},
        "accounts:invite": {},
        "accounts:give-role": {"role": "equality_lead", "starts_on": day},
        "accounts:end-role": {"role": str(somebody().grants.get().pk)},
        "accounts:close-account": REASON,
        "accounts:reopen-account": REASON,
        "accounts:reset-second-step": REASON,
        "accounts:resume": {},
        "workforce:record": {"held_on": day, "by_name": "Sam Reed"},
        "workforce:away": {"since": day},
        "workforce:back": {"until": later},
        "workforce:post": {"started_on": day},
        "workforce:plan": {"agreed_on": day, "needs": "To listen"},
        "workforce:in-error": REASON,
        "people:search": {"words": OTHERS_NAME},
        "people:ask": {**said, "said_by": "child"},
        "people:ask-adult": {**said, "said_by": "adult"},
        "people:objection": {"wish": "leave out", "said_by": "child", "said_on": day},
        "people:settle": REASON,
        "people:settle-adult": REASON,
        "people:in-error": REASON,
        "people:stop-campaign": REASON,
        "people:start-campaign": {
            "title": "Ask", "team": team.ref, "characteristics": ["religion"], "target_on": later,
        },
        "imports:upload": {"files": SimpleUploadedFile("ssd_person.csv", persons())},
        "imports:new-report": {},
        "imports:report-columns": {},
        "imports:new-folder": {
            "folder": "case-system", "source": "ssd", "weekdays": ["0"], "by_time": "07:00",
        },
        "imports:stop-folder": {},
        "imports:mend": {"value": "2026-03-02", "where": "here"},
        "imports:retry": {},
        "imports:discard": REASON,
        "casework:record": {"kind": "visit", "held_on": day},
        "casework:in-error": REASON,
        "retention:ask-correction": {
            "about": f"people.child|{records.child.pk}|surname", "what_is_wrong": "The name",
            "what_is_right": "Another", "asked_by": "The child", "received_on": day,
        },
        "retention:decide-correction": {**REASON, "is_right": "no"},
        "retention:told": {"told_on": day},
        "retention:hold-all": {**REASON, "review_on": later},
        "retention:hold": {**REASON, "review_on": later},
        "retention:release": REASON,
        "retention:decide": {**REASON, "what": "keep", "review_on": later},
        "retention:answer": {**REASON, "answer": "turn-down"},
        "people:merge": REASON,
        "people:lift": REASON,
        "people:family-declared": {
            **REASON, "declared": getattr(family_of(records.closed).first(), "pk", ""),
        },
        "people:restrict": {"reason": "adoption", "let_in": team.name},
        "people:own-family": {"person": "child"},
        "people:lend": {
            "forename": records.child.forename, "surname": records.child.surname,
            "born_on": f"{records.child.born_on:%d/%m/%Y}", "reason": "covering",
            "because": "Sam is away.",
        },
        "people:review-lent": {"verdict": "appropriate"},
        "people:unmerge": REASON,
        "imports:which": {},
        "imports:difference": {**REASON, "decision": "left", "where": "here"},
        "imports:ranks": {
            "ssd": "1", "roster": "2", "returns": "3", "seen.order": "ssd roster returns",
        },
        "equality:look-into-step": LOOK_INTO | {"owner": somebody().username},
        "equality:look-into-clock": LOOK_INTO | {"owner": somebody().username},
        "work:step": {**REASON, "outcome": "still"},
        "promises:step": {**REASON, "until": later},
        "promises:reminders": {},
        "monitoring:provisions": {
            "service": "aid-in-place", "outcome": "supplied", "starts_on": day,
        },
        "monitoring:provision": {"what": "ended", "ends_on": day},
        "monitoring:improve": {"about": "other", "what": "Ask every child."},
        "monitoring:freeze": {"name": "1 April 2026"},
        "monitoring:new-resource": {
            "kind": "Places", "starts_on": day, "ends_on": later, "told_by": "The contract",
            "table": f"area,number\n{team.name},5",
        },
        "monitoring:decide": {"decision": "Leave it as it is.", "decided_on": day},
        "monitoring:bring-in": {
            "source": "The region", "licence": "Ours",
            "table": "indicator,period,authority,value\nreviews-in-time,2025-26,Farshire,90",
        },
        "monitoring:new-judgement": {
            "area": "safeguarding", "given": "adequate", "judged_on": day, "source": "A report",
        },
        "monitoring:answer": {"what": "Ask again."},
        "monitoring:take-back-judgement": REASON,
        "monitoring:look": {"done_on": day, "words": "We looked."},
        "equality:release-step": PROPOSED,
        "equality:release-clock": PROPOSED,
        "monitoring:release-needs": PROPOSED,
        "equality:decide-release": {"decision": "back", **REASON},
        "equality:withdraw-release": REASON,
        "publications:make": {"for_whom": "The board"},
        "standards:act": {"what": "Ring earlier."},
        "performance:new-personal": {"words": "Ring back"},
        "performance:personal": {"words": "Ring back"},
        "performance:tell": {
            "worker": getattr(records.child.worker, "name", ""), "title": "A plan",
            "looked_on": day, "words": "Clear.",
        },
        "performance:result": {"response": "Thank you."},
        "performance:new-objective": {"words": "Children are heard"},
        "performance:new-measure": MEASURE | {"owner": somebody().username},
        "performance:change-measure": MEASURE | {"owner": somebody().username},
        "performance:publish-measure": {},
        "performance:new-finding": {"kind": "inspection", "words": "Late.", "found_on": day},
        "performance:answer": {"what": "Ring earlier."},
        "performance:close": {"words": "Every plan was looked at."},
        "performance:new-practice": {"source": "audit", "summary": "Plain letters."},
        "performance:share": {"teams": [team.ref]},
        "performance:read": {},
        "performance:propose": {
            "quarter": quarter_before(quarter_of(today)).since.isoformat(),
        },
        "performance:let-out": {},
        "performance:withdraw": {"why": "A slip."},
        "recording:new": MESSAGE,
        "recording:paste": {"table": "When did they ring\tWho rang\n2/4/2026 4pm\tJo Reed"},
        "recording:new-of-child": MESSAGE,
        "recording:new-about": {"acknowledged": day},
        "recording:change": {"feedback_given": day},
        "recording:in-error": REASON,
        "transitions:request-open": REASON,
        "eligibility:decide": {"decided": "tier-1", "decided_on": day},
        "eligibility:change": {"decided": "tier-2", "decided_on": day},
        "eligibility:challenge": {"challenged_on": day},
        "eligibility:in-error": REASON,
        "eligibility:write": {"language": "English", "format": "Letter", "words": "We help."},
        "eligibility:send": {"contact_seen": "Safe.", "sent_how": "By post", "sent_on": day},
        "feedback:in-error": REASON,
        "feedback:new-survey": {"title": "Inclusion", "invited": "3"},
        "feedback:survey": {},
        "feedback:answer-survey": {"said-belong": "agree"},
        "feedback:new": {"respondent": "child", "words": "Thanks.", "received_on": day},
        "feedback:new-of-child": {"respondent": "child", "words": "Thanks.", "received_on": day},
        "feedback:item": {"version": "0", "considered_on": day},
        "feedback:barrier-of-item": {"code": "trust", "met_on": day},
        "feedback:barrier-of-child": {"code": "trust", "met_on": day},
        "feedback:met": {"contact": "Their aunt"},
        "feedback:barrier": {"version": "0", "status": "acting", "action_words": "A new hour."},
        "feedback:discrimination": {"ground": "class", "noted_on": day},
        "equality:record": {
            "ground": "class", "what_happened": "Turned away.", "received_on": day,
        },
    }  # fmt: skip
    return forms[route]


def _marks(records: Records) -> dict[str, object]:
    """Every mark of what was gathered for the child, decided as proposed."""
    marks = Mark.objects.filter(bundle__request=_asked(records, None))
    told = {True: "leave out", False: "keep"}
    return {f"mark-{mark.number}": told[mark.proposed] for mark in marks}
