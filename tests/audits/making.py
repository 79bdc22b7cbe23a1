"""Audits as tests need them: slots, files to audit, and audits that are done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from evenhand.accounts.models import Team, User
from evenhand.accounts.references import new_reference
from evenhand.audits import pack
from evenhand.audits.actions.programme import generate
from evenhand.audits.models import Audit, Finding, ManagementReview, Sample, SampledFile, Slot
from evenhand.people.models import Child
from evenhand.recording.sets import form_called
from evenhand.rules.london import LONDON
from evenhand.rules.sampling import digest_of
from tests import factories as make


def slot(line: str, month: date, **more: Any) -> Slot:
    """A slot of the programme: of a line, in the month that begins on a day."""
    held = pack.line_called(line)
    told = {"files": 1, "due_on": month.replace(day=28)} | more
    return Slot.objects.create(
        ref=new_reference(), line=line, type=held.type.id, planned=month, month=month, **told
    )


def audit(
    auditor: User, child: Child | None = None, *, type_: str = "team-manager",
    team: Team | None = None, done_on: date | None = None, grade: str = "", **more: Any,
) -> Audit:  # fmt: skip
    """An audit that somebody is asked to do; done on a day, where one is given."""
    held = pack.type_called(type_)
    when = datetime.combine(done_on, time(12), LONDON) if done_on else None
    told: dict[str, Any] = {
        "subject": "child", "edition": date(2005, 4, 1), "due_on": done_on or make.TODAY,
        "given_at": when or make.NOW, "given_by": auditor,
    } | more  # fmt: skip
    state = Audit.State.DONE if done_on else Audit.State.OPEN
    return Audit.objects.create(
        ref=new_reference(), type=type_, tool=held.tool, child=child, auditor=auditor, state=state,
        team=team or (child.team if child else None), worker=child.worker if child else None,
        done_on=done_on, done_at=when, grade=grade, **told,
    )  # fmt: skip


def whole_answers(type_: str, grade: str = "good") -> dict[str, str]:
    """Answers to all that the tool of a type of audit says is missing until it is answered."""
    asked = form_called(pack.type_called(type_).tool, make.TODAY)
    needed = [one for one in asked.questions if one.missing]
    said = {"choice": grade, "yes_no": "yes", "words": "The visit of May."}
    return {one.id: said[one.kind] for one in needed}


def whole_year(
    year: int, number: int, by: User, at: datetime, *, teams: Sequence[Team] = (), each: int = 6
) -> None:
    """A year's programme of so many teams, with ``each`` audits done in each of their slots."""
    for team in teams or [make.team() for _ in range(number)]:
        make.child(team=team)
    slots = generate(year, by=by, at=at)
    tool = {one.id: one.tool for one in pack.types().values()}
    Audit.objects.bulk_create(
        Audit(
            ref=new_reference(), slot=slot, type=slot.type, tool=tool[slot.type], team=slot.team,
            auditor=by, given_by=by, given_at=at, due_on=slot.due_on, edition=date(2005, 4, 1),
            state=Audit.State.DONE, done_on=slot.month, done_at=at, subject="child",
        )
        for slot in slots if slot.team_id
        for _ in range(min(each, slot.files))
    )  # fmt: skip


def found(by: User, child: Child, team: Team) -> None:
    """One of everything that follows an audit: of a child's file, raised and reviewed by somebody.

    A copy that waits, poor practice of a team that another team's audit found, a case that is put
    forward to be opened again, and a management review that ``by`` does.
    """
    named = {"ref": new_reference(), "name": "Elsewhere"}
    elsewhere, _ = Team.objects.get_or_create(code="TFX", defaults=named)
    audit(by, child, team=team)
    copied = audit(by, child, team=team, done_on=make.TODAY)
    other = audit(by, child, team=elsewhere, done_on=make.TODAY)
    twice(by, child, team)
    for kind in ("poor-practice", "reopen"):
        Finding.objects.create(
            ref=new_reference(), audit=other, kind=kind, team=team, words="No plan is in the file.",
            raised_by=by, raised_at=make.NOW,
        )  # fmt: skip
    ManagementReview.objects.create(
        ref=new_reference(), audit=copied, why="Nobody saw the child.", reviewer=by, asked_by=by,
        asked_on=make.TODAY,
    )  # fmt: skip


def sampled(by: User, child: Child, team: Team) -> None:
    """Lists of files of a team that somebody drew, with a child's file on each: one published."""
    held, out = date(2020, 1, 1), date(2020, 2, 1)
    for line, month in (("team-manager", held), ("data-officer", held), ("team-manager", out)):
        if not Slot.objects.filter(line=line, team=team, month=month).exists():
            slot(line, month, team=team)
    for month, published_at in ((held, None), (out, make.NOW)):
        made = Sample.objects.create(
            ref=new_reference(), size=1,
            slot=Slot.objects.get(line="team-manager", team=team, month=month),
            type="team-manager", population="children", method="simple", seed="s", of=1,
            digest=digest_of([child.ref]), drawn_from={"": [child.ref]}, as_at=make.TODAY,
            drawn_by=by, drawn_at=make.NOW, published_at=published_at,
        )  # fmt: skip
        SampledFile.objects.create(
            sample=made, ref=new_reference(), position=1, key=child.ref, child=child,
            worker=child.worker, team=team, subject="child",
        )  # fmt: skip


def twice(by: User, child: Child, team: Team) -> Audit:
    """A file that was audited twice, the second time by somebody: both are done, and differ."""
    first_by = User.objects.filter(username="first-auditor").first()
    if first_by is None:
        first_by = make.user("quality_assurance")
        User.objects.filter(pk=first_by.pk).update(username="first-auditor")
    told = {"team": team, "done_on": make.TODAY}
    first = audit(first_by, child, grade="good", **told)
    return audit(by, child, grade="inadequate", twin_of=first, **told)
