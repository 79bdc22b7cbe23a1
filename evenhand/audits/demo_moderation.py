"""The demonstration's moderation: some files audited twice, one grade agreed on, a session."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.audits import pack
from evenhand.audits.actions.conduct import answer, finish
from evenhand.audits.actions.moderation import draw_twice, moderate, record_session
from evenhand.audits.models import Audit
from evenhand.audits.queries.conduct import tool_of
from evenhand.audits.queries.moderation import is_graded
from evenhand.problems import Problem
from evenhand.recording.answering import Answers
from evenhand.rules.periods import QUARTER, YEAR, spans_to

MONTHS, APART = QUARTER, 3
WHY = "Both read the file again together: nobody had seen the child alone."
LEARNT = "Seen alone means without a carer in the room, and the record says where."


def moderation(by: User, at: datetime) -> None:
    """Draw audits that are done, let somebody else do them, and agree where they differ."""
    span = spans_to(timezone.localdate(at), MONTHS)[YEAR]
    try:
        given = draw_twice(span, by=by, at=at)
    except Problem:  # a small demonstration need not have any that is done
        return
    done = [_do(twin, place, at) for place, twin in enumerate(given.twins)]
    apart = [twin for twin in done if twin.twin_of and twin.grade != twin.twin_of.grade]
    for twin in apart[:1]:
        first = twin.twin_of
        if first is not None and by.pk not in (first.auditor_id, twin.auditor_id):
            moderate(first, twin.grade, by=by, at=at, version=first.version, why=WHY)
    pairs = [(twin, twin.twin_of) for twin in done if twin.twin_of is not None]
    people = list(dict.fromkeys(one.auditor for pair in pairs for one in pair))
    if people:
        looked_at = [twin.twin_of for twin in apart if twin.twin_of is not None]
        on = timezone.localdate(at)
        record_session(on, people, looked_at, by=by, at=at, learnt=LEARNT)


def _do(twin: Audit, place: int, at: datetime) -> Audit:
    """Grade as the first auditor did; every third file one step apart."""
    scale = [grade.id for grade in pack.scale()]
    first = twin.twin_of.grade if twin.twin_of else ""
    at_place = scale.index(first) if first in scale else 1
    grade = scale[(at_place + (place % APART == 0)) % len(scale)]
    asked = tool_of(twin)
    given = {one.id: grade for one in (asked.questions if asked else ()) if is_graded(one)}
    answer(twin, Answers(given), by=twin.auditor, at=at, version=None)
    twin.refresh_from_db()
    finish(twin, by=twin.auditor, at=at, version=twin.version)
    twin.refresh_from_db()
    return twin
