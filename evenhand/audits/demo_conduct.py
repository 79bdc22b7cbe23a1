"""The demonstration's audits: done with the tools, some half written, one by another agency."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from evenhand.accounts.models import Role, User
from evenhand.accounts.queries.users import in_force
from evenhand.audits import pack
from evenhand.audits.actions.conduct import answer, check, finish
from evenhand.audits.actions.giving import give
from evenhand.audits.actions.samples import draw
from evenhand.audits.actions.tools import comment, name_agency
from evenhand.audits.models import Audit, Sample, SampledFile, Slot
from evenhand.audits.queries.compliance import panel_of
from evenhand.audits.queries.conduct import tool_of
from evenhand.audits.queries.drawing import Choice, auditors_for
from evenhand.problems import Problem
from evenhand.recording.answering import Answers
from evenhand.rules.arithmetic import add_months
from evenhand.rules.question_sets import Question, QuestionSet

MONTHS, TEAMS, EACH, LEFT = 2, 1, 6, 2
OF_REFERRALS = 6
AGENCY = "Islehaven hospital"
GRADES = (1, 1, 2, 0, 1, 2, 1, 3, 1, 2)
"""By place in the scale, in turn: mostly good, few at either end."""
WORDS: Mapping[str, str] = {
    "child_says": "She listens, and she comes when she says she will.",
    "family_says": "At first we were afraid. Now we ring before it gets too much.",
    "worker_says": "I saw him alone too late. I would do that first.",
    "evidence": "The visits of spring, the plan, and what the school wrote.",
}
REFERRED = ("social-care", "health", "police")


def audits(by: User, at: datetime) -> None:
    """Do audits of the last months, leave some of this month open, and let a partner begin one."""
    _of_teams(at)
    _of_referrals(by, at)
    if "audit-file" in {one.tool for one in pack.types().values()}:
        manager = next(iter(_managers(at)), None)
        if manager is not None:
            comment("audit-file", "Ask what the school says, too.", by=manager, at=at)


def _of_teams(at: datetime) -> None:
    """Let managers audit files of their teams, month after month; of this month some wait."""
    month = timezone.localdate(at).replace(day=1)
    for number, manager in enumerate(_managers(at)[:TEAMS]):
        for ago in range(MONTHS):
            slots = Slot.objects.filter(line="team-manager", month=add_months(month, -ago))
            slot = slots.filter(team__in=_teams(manager), closed_at=None).first()
            if slot is not None:
                when = at if ago == 0 else _moment(slot, at)
                _month(slot, manager, number + ago, when, is_over=ago > 0)


def _month(slot: Slot, manager: User, turn: int, at: datetime, *, is_over: bool) -> None:
    files = _files(slot, manager, at)
    for place, file in enumerate(files[:EACH]):
        audit = _given(file, manager, manager, at)
        if audit is None:
            continue
        if is_over or place < EACH - 2 * LEFT:
            _do(audit, manager, turn * EACH + place, at)
        elif place == EACH - 2 * LEFT:
            _begin(audit, manager, at)


def _of_referrals(by: User, at: datetime) -> None:
    """Let quality assurance audit referrals with what each agency did, and a partner begin one."""
    sample = Sample.objects.filter(type="threshold").order_by("-drawn_at").first()
    if sample is None:
        return
    files = list(sample.files.filter(left_out_why="").order_by("position")[: OF_REFERRALS + 1])
    for place, file in enumerate(files[:OF_REFERRALS]):
        audit = _given(file, by, by, at)
        if audit is not None:
            _do(audit, by, place, at)
    today = timezone.localdate(at)
    grant = in_force(today, role=Role.PARTNER_AUDITOR).select_related("user").first()
    if grant is not None:
        name_agency(grant.user, AGENCY, by=by, at=at)
        for file in files[OF_REFERRALS:]:
            _given(file, grant.user, by, at)


def _files(slot: Slot, manager: User, at: datetime) -> Sequence[SampledFile]:
    """The files of a slot's list; drawn now where there is none yet."""
    sample = slot.samples.order_by("-drawn_at", "-pk").first()
    if sample is None:
        people = tuple(auditors_for(slot, timezone.localdate(at)))
        choice = Choice("stratified", slot.files, by="stage", seed=slot.ref, auditors=people)
        try:
            sample = draw(slot, choice, by=manager, at=at)
        except Problem:  # a small demonstration need not have any that fits
            return ()
    return list(sample.files.filter(left_out_why="").order_by("position"))


def _given(file: SampledFile, auditor: User, by: User, at: datetime) -> Audit | None:
    try:
        made: Audit = give(file, auditor, by=by, at=at)
    except Problem:
        return None
    return made


def _do(audit: Audit, by: User, turn: int, at: datetime) -> None:
    answer(audit, answers_to(tool_of(audit), turn), by=by, at=at, version=None)
    audit.refresh_from_db()
    told = next((one for one in panel_of(audit, at) if one.is_told), None)
    if told is not None and turn % 3 == 0:
        check(audit, told.standard.id, True, "", by=by, at=at)
    finish(audit, by=by, at=at, version=audit.version)


def _begin(audit: Audit, by: User, at: datetime) -> None:
    asked = tool_of(audit)
    first = asked.sections[0].grade if asked and asked.sections else ""
    if first:
        grade = pack.scale()[1].id
        answer(audit, Answers({first: grade}), by=by, at=at, version=None)


def answers_to(asked: QuestionSet | None, turn: int, *, worst: int = 3) -> Answers:
    """Answers to a whole tool: grades in turn, none worse than a place, and the same few words."""
    given: dict[str, Any] = {}
    for place, question in enumerate(asked.questions if asked else ()):
        given[question.id] = _answer(question, turn + place, worst)
    rows = asked.rows if asked else None
    of_agency = [one for one in (rows.questions if rows else ()) if one.choices]
    found = [
        {one.id: agency if one.kind == "choice" else [c.id for c in one.choices[turn % 3 :]]
         for one in of_agency}
        for agency in REFERRED
    ]  # fmt: skip
    return Answers({k: v for k, v in given.items() if v is not None}, found if of_agency else [])


def _answer(question: Question, turn: int, worst: int) -> Any:
    scale = [grade.id for grade in pack.scale()]
    if question.kind == "choice" and [one.id for one in question.choices] == scale:
        return scale[min(GRADES[turn % len(GRADES)], worst)]
    if question.asked_when is not None:
        return None
    if question.kind == "yes_no":
        return turn % 7 != 0
    if question.kind == "several":
        return [one.id for one in question.choices[: 1 + turn % 3]]
    if question.kind == "words":
        return WORDS.get(question.id, WORDS["evidence"])
    return None


def _managers(at: datetime) -> list[User]:
    grants = in_force(timezone.localdate(at), role=Role.TEAM_MANAGER).select_related("user")
    return [grant.user for grant in grants.order_by("pk")]


def _teams(manager: User) -> list[int]:
    return [team for team in manager.grants.values_list("team_id", flat=True) if team]


def _moment(slot: Slot, at: datetime) -> datetime:
    """Three days before a slot's day, at noon; never after now."""
    noon = datetime.combine(slot.due_on - timedelta(3), time(12), timezone.get_current_timezone())
    return min(noon, at)
