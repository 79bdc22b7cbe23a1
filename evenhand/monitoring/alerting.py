"""A group that is accepted less often than chance would explain: the equality lead is asked."""

from __future__ import annotations

from datetime import datetime

from evenhand.equality.comparison import Comparison, Row
from evenhand.equality.dimensions import headline_dimensions
from evenhand.equality.findings import Finding, behind
from evenhand.equality.models import GroupTally
from evenhand.equality.queries.fares import counted_for
from evenhand.history.actions import Happening
from evenhand.monitoring.pack import uses
from evenhand.monitoring.queries.access import accepted_less_often
from evenhand.work.actions import Place
from evenhand.work.models import STILL_OPEN, Task
from evenhand.work.opening import open_once
from evenhand.work.pack import kinds

KIND = "access-alert"


def after_counting(happening: Happening) -> None:
    """Ask, once an import was counted, in its own transaction."""
    open_alerts(happening.at)


def open_alerts(now: datetime) -> int:
    """Open a task for each group accepted less often that nobody looks into; return how many."""
    if KIND not in kinds():
        return 0
    compared = counted_for((), headline_dimensions(), [GroupTally.Kind.STEP])
    found = accepted_less_often(compared)
    return sum(_open(one, row, now) for one, row in found if not _is_looked_into(one, row))


def _finding(one: Comparison, row: Row) -> Finding:
    return Finding(uses().access.refused, one.dimension.id, row.group)


def _is_looked_into(one: Comparison, row: Row) -> bool:
    """Whether a task about the same difference, found along the pathway, is open."""
    about = _finding(one, row).key
    return Task.objects.filter(about=about, state__in=STILL_OPEN).exists()


def _open(one: Comparison, row: Row, now: datetime) -> bool:
    whom = one.dimension.children_of(row.group)
    opened = open_once(
        by=None, at=now, kind=KIND, about=f"{KIND}:{one.dimension.id}|{row.group}",
        what=f"Referrals about {whom} are accepted less often than for everyone else",
        place=Place("monitoring:uses", [], f"by={one.dimension.id}"),
        behind=behind(_finding(one, row), now),
    )  # fmt: skip
    return opened is not None
