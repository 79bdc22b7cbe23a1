"""What other rooms bring to the uses: audits to quality, improvement actions to change."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from django.urls import reverse
from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.accounts.scope import scope_of
from evenhand.design.components import Cell, Column, Table
from evenhand.monitoring.queries import audited
from evenhand.monitoring.tables import quality as tables
from evenhand.work import wording
from evenhand.work.models import Reading, Task
from evenhand.work.queries import improvements_for, readings_of

FEW = 20


class Brought(NamedTuple):
    """What a room brings to one use: the answer in a sentence, with the table under it."""

    answer: str
    table: Table


def quality(viewer: User) -> list[Brought]:
    """Return what is known of the quality of work by group."""
    return _brought(QUALITY, viewer)


def changes(viewer: User) -> list[Brought]:
    """Return what changed after actions were taken."""
    return _brought(CHANGE, viewer)


def _brought(bringers: tuple[Bringer, ...], viewer: User) -> list[Brought]:
    found = (bring(viewer) for bring in bringers)
    return [each for each in found if each is not None]


def _grades(viewer: User) -> Brought | None:
    """Grades of audits by the first dimension of the pack; the others stand on their own page."""
    found = audited.quality_for(viewer, timezone.localdate())
    if not found:
        return None
    table = tables.grades_table(found[0], viewer, {})
    return Brought(tables.answer(found), table)


def _actions(viewer: User) -> Brought | None:
    """Improvement actions with the measure when each was opened, and when it was taken again."""
    exact = scope_of(viewer).persons.everyone
    told = readings_of(improvements_for(viewer)[:FEW])
    rows = [_row(task, readings, exact=exact) for task, readings in told]
    if not rows:
        return None
    again = sum(len(readings) > 1 for _, readings in told)
    answer = (
        f"{len(rows)} {'action has' if len(rows) == 1 else 'actions have'} a measure from before; "
        f"{f'it was taken again for {again}' if again else 'it was not taken again yet'}."
    )
    columns = ["Action", Column("Before", numeric=True), Column("After", numeric=True), "Change"]
    return Brought(answer, Table("Measures before and after an action", columns, rows))


def _row(task: Task, readings: list[Reading], *, exact: bool) -> list[Cell | str | None]:
    first, last = readings[0], readings[-1]
    is_again = len(readings) > 1
    return [
        Cell(task.what, url=reverse("work:task", args=[task.ref])),
        Cell(wording.shown(first, exact=exact), note=f"{first.as_at:%d/%m/%Y}", numeric=True),
        Cell(wording.shown(last, exact=exact), note=f"{last.as_at:%d/%m/%Y}", numeric=True)
        if is_again
        else None,
        " ".join(wording.outcome_of(readings, exact=exact)) if is_again else "Not taken again yet",
    ]


Bringer = Callable[[User], Brought | None]
QUALITY: tuple[Bringer, ...] = (_grades,)
CHANGE: tuple[Bringer, ...] = (_actions,)
