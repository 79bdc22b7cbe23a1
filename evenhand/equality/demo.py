"""The demonstration's tasks: a difference to look into, and a change to be counted again."""

from __future__ import annotations

from datetime import datetime
from math import isnan

from evenhand.accounts.models import Role, User
from evenhand.equality import findings
from evenhand.equality.comparison import Comparison, Row
from evenhand.equality.dimensions import headline_dimensions
from evenhand.equality.queries.fares import counted_for
from evenhand.work.actions import open_task
from evenhand.work.models import Task


def create(*, at: datetime) -> None:
    """Open them about the two widest differences of the pathway; nothing where any task is."""
    lead, looker = _holder(Role.EQUALITY_LEAD), _holder(Role.SERVICE_MANAGER)
    found = _widest()
    if lead is None or looker is None or not found or Task.objects.exists():
        return
    _open(*found[0], by=lead, owner=looker, at=at)
    one, row = found[-1]
    finding = findings.finding_of(one, row)
    open_task(
        by=looker, at=at, kind="improvement", owner=lead, place=findings.place_of(finding),
        what="Letters go out in the family's own language", about=f"{finding.key}|Letters",
        why=f"{findings.in_words(one, row)}.", behind=findings.behind(finding, at),
    )  # fmt: skip


def _open(one: Comparison, row: Row, *, by: User, owner: User, at: datetime) -> None:
    finding = findings.finding_of(one, row)
    open_task(
        by=by, at=at, kind="finding", owner=owner, what=findings.in_words(one, row),
        about=finding.key, place=findings.place_of(finding), behind=findings.behind(finding, at),
    )  # fmt: skip


def _widest() -> list[tuple[Comparison, Row]]:
    """The widest differences, those between groups large enough to be compared first."""
    counted = [
        (one, row)
        for one in counted_for((), headline_dimensions()[:1], ["step"])
        for row in one.rows
        if row.is_known and row.count.of and not isnan(row.others)
    ]
    return sorted(counted, key=_narrow)[:2]


def _narrow(found: tuple[Comparison, Row]) -> tuple[bool, float]:
    row = found[1]
    return not row.is_compared, -abs(row.rate - row.others)


def _holder(role: Role) -> User | None:
    return User.objects.filter(grants__role=role, is_active=True).order_by("pk").first()
