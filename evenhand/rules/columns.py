"""The column engine: every row of a standard at once. It must agree with the reference.

Cycles are made in columns, and their states worked out from them, a horizon and now. Readings of
the edges are those of `reference.evaluate`, save that what does not apply has no row here.
"""

from __future__ import annotations

from datetime import datetime

import numpy as np

from evenhand.rules import column_cycles, moments
from evenhand.rules.calendar import Calendar
from evenhand.rules.column_cycles import Cycles
from evenhand.rules.column_states import STATES, states_of
from evenhand.rules.london import london_day
from evenhand.rules.masks import Answers, answers
from evenhand.rules.outcome_columns import OutcomeColumns
from evenhand.rules.standards import PerPeriod, Recurrence, Standard
from evenhand.rules.states import WHOLLY, Horizon
from evenhand.rules.table import (
    AnyColumn,
    Column,
    Columns,
    ManyColumn,
    Mask,
    count_rows,
)
from evenhand.rules.verdicts import verdicts

__all__ = [
    "STATES",
    "Column",
    "Columns",
    "ManyColumn",
    "OutcomeColumns",
    "evaluate_columns",
    "states_of",
    "verdicts",
]


def evaluate_columns(
    standard: Standard,
    columns: Columns,
    calendar: Calendar,
    now: datetime,
    *,
    rows: int | None = None,
    horizon: Horizon | None = WHOLLY,
) -> OutcomeColumns:
    """Every cycle of `standard` for every row of the columns, by fact name.

    `horizon` is of what would show the standard kept (`holding.horizon_of`). A fact without a
    column is not recorded. `rows` is needed only where there may be no column.
    """
    columns = {name: columns[name] for name in standard.facts() if name in columns}
    count = count_rows(columns.values()) if columns else rows or 0
    today = moments.to_day(london_day(now))
    scope = _scope(standard, columns, count, today)
    begun = column_cycles.begun(standard, columns, calendar, count, today, horizon)
    kept = (scope.yes | scope.unknown)[begun.row] & ~_ended_first(standard, columns, begun)
    cycles = begun.take(np.flatnonzero(kept))
    return OutcomeColumns(
        row=cycles.row,
        cycle=cycles.cycle,
        anchor=cycles.anchor,
        due=cycles.due,
        done=cycles.done,
        due_from=cycles.due_from,
        since=cycles.since,
        excused=_excused(standard, columns, cycles),
        provisional=cycles.provisional,
        unrecorded=cycles.unrecorded | scope.unknown[cycles.row],
    )


def _scope(standard: Standard, columns: Columns, count: int, today: int) -> Answers:
    if standard.where is None:
        return Answers(np.ones(count, bool), np.zeros(count, bool))
    return answers(standard.where, columns, np.full(count, today, np.int32))


def _ended_first(standard: Standard, columns: Columns, cycles: Cycles) -> Mask:
    ended = columns.get(standard.until) if standard.until else None
    if not isinstance(ended, Column):
        return np.zeros(len(cycles), bool)
    ended = ended.take(cycles.row)
    due_day = cycles.due.days()
    kept = cycles.done.valid & (cycles.done.days() <= due_day)
    first = (ended.days() <= due_day) & ~kept
    return ended.valid & np.where(cycles.due.valid, first, ~cycles.done.valid)


def _excused(standard: Standard, columns: Columns, cycles: Cycles) -> Mask:
    excused = np.zeros(len(cycles), bool)
    for name in standard.excused_by:
        if name in columns:
            excused |= _excuses(standard, columns[name], cycles)
    return excused


def _excuses(standard: Standard, column: AnyColumn, cycles: Cycles) -> Mask:
    if column.kind in ("date", "moment") and isinstance(standard, Recurrence | PerPeriod):
        return _within_cycle(column, cycles)
    given = column.valid if isinstance(column, Column) else column.valid_values
    if column.kind == "yes_no":
        given = given & (column.values != 0)
    if isinstance(column, ManyColumn):
        given = column.per_row(given) > 0
    return given[cycles.row]


def _within_cycle(column: AnyColumn, cycles: Cycles) -> Mask:
    """Whether a date of the column falls from the cycle's anchor to its due day."""
    first, last = cycles.anchor.days(), cycles.due.days()
    if isinstance(column, Column):
        mine = column.take(cycles.row)
        found = mine.valid & (mine.days() >= first) & (mine.days() <= last)
    else:
        next_one = column_cycles.first_from(column, cycles.row, first)
        found = next_one.valid & (next_one.days() <= last)
    return found & cycles.due.valid
