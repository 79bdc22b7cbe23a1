"""Improvement actions about what audits found by group, with what they are measured by."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.equality.pathway import Dimension, dimension_called
from evenhand.facts.adopted import policy
from evenhand.monitoring.queries.audited import MEASURE as AUDITS
from evenhand.monitoring.queries.audited import Quality, everywhere
from evenhand.problems import Problem
from evenhand.work.actions import Behind, Place, open_task
from evenhand.work.measures import Measure, Taken, digest_of
from evenhand.work.models import STILL_OPEN, Task
from evenhand.work.pack import kind_called, review_day

MEASURE = "audits"
IMPROVEMENT = "improvement"


def improve_grades(
    dimension: Dimension, group: str, *, by: User, at: datetime, what: str, why: str,
    due_on: date | None = None,
) -> Task:  # fmt: skip
    """Open an improvement action about a group's grades, measured again later.

    Raises Problem without words, and where one about the same is open.
    """
    params = {"dimension": dimension.id, "group": group}
    taken = take(params, at)
    review_on = review_day(kind_called(IMPROVEMENT), timezone.localdate(at))
    behind = None if taken is None else Behind(Measure(MEASURE, params), taken, review_on)
    about = f"quality:{dimension.id}|{group}"
    return _open(about, f"by={dimension.id}", behind, by=by, at=at, what=what, why=why,
                 due_on=due_on)  # fmt: skip


def improve_work(
    about: str, *, by: User, at: datetime, what: str, why: str, due_on: date | None = None
) -> Task:
    """Open an improvement action about something else that audits show. Problem as above."""
    return _open(about, "", None, by=by, at=at, what=what, why=why, due_on=due_on)


def take(params: Mapping[str, Any], now: datetime) -> Taken | None:
    """Count how many audits of a group met the standard, as its page shows it today."""
    dimension = dimension_called(params["dimension"])
    if dimension is None:
        return None
    found = everywhere(dimension, timezone.localdate(now))
    row = (
        next((r for r in found.compared.rows if r.group == params["group"]), None)
        if found
        else None
    )
    return None if found is None or row is None else _taken(found, params["group"], now)


def _taken(found: Quality, group: str, now: datetime) -> Taken:
    rows = [row for row in found.compared.rows if row.is_known]
    own = [row.count for row in rows if row.group == group]
    rest = [row.count for row in rows if row.group != group]
    n, of = sum(count.reached for count in own), sum(count.of for count in own)
    others_n, others_of = sum(count.reached for count in rest), sum(count.of for count in rest)
    below, span = found.compared.rules.suppress_below, found.compared.tallied.span
    counts = (n, of - n, others_n, others_of - others_n)
    whom = found.dimension.children_of(group)
    return Taken(
        as_at=timezone.localdate(now), of_what=f"Audits of {whom} that met the standard", n=n,
        of=of, definition=digest_of((AUDITS, found.dimension.id, group)), pack=policy().digest,
        since=span.since, until=span.until, against="all other children" if others_of else "",
        others_n=others_n if others_of else None, others_of=others_of or None,
        is_small=any(0 < count < below for count in counts),
    )  # fmt: skip


def _open(
    about: str, query: str, behind: Behind | None, *, by: User, at: datetime, what: str, why: str,
    due_on: date | None,
) -> Task:  # fmt: skip
    if about and Task.objects.filter(about=about, state__in=STILL_OPEN).exists():
        raise Problem("An action about this is open already.", "Go to it, and add what you know.")
    made: Task = open_task(
        by=by, at=at, kind=IMPROVEMENT, what=what, why=why, due_on=due_on, about=about,
        place=Place("monitoring:quality", [], query), behind=behind,
    )  # fmt: skip
    return made
