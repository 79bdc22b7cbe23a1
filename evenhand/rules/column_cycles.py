"""When each cycle begins, falls due and was done, whole columns at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenhand.rules import moments
from evenhand.rules.calendar import Calendar
from evenhand.rules.due_table import BY_DAY, BY_TIME, NO_RULE, Clock, Dues, as_days
from evenhand.rules.masks import Answers, answers
from evenhand.rules.period_table import PeriodTable
from evenhand.rules.standards import Deadline, PerPeriod, Recurrence, Standard, TestStandard
from evenhand.rules.states import Horizon
from evenhand.rules.table import AnyColumn, Column, Columns, Days, ManyColumn, Mask, Micros, Rows
from evenhand.rules.values import Dated

MINUTE = 60_000_000


@dataclass(frozen=True)
class Cycles:
    """One element for each cycle; the fields are those of `OutcomeColumns`."""

    row: Rows
    cycle: Rows
    anchor: Column
    due: Column
    done: Column
    provisional: Mask
    unrecorded: Mask
    due_from: Micros | None = None
    since: Days | None = None

    def __len__(self) -> int:
        return len(self.row)

    def take(self, places: Rows) -> Cycles:
        """The cycles at these places."""
        return Cycles(
            self.row[places], self.cycle[places], self.anchor.take(places), self.due.take(places),
            self.done.take(places), self.provisional[places], self.unrecorded[places],
            None if self.due_from is None else self.due_from[places],
            None if self.since is None else self.since[places],
        )  # fmt: skip


def begun(
    standard: Standard,
    columns: Columns,
    calendar: Calendar,
    count: int,
    today: int,
    horizon: Horizon | None,
) -> Cycles:
    """Every cycle that has begun; `today` is now's London day, `horizon` of what shows it kept."""
    if isinstance(standard, Deadline):
        return _deadline(standard, columns, calendar, count)
    if isinstance(standard, Recurrence):
        return _recurrence(standard, columns, calendar, count, today, horizon)
    if isinstance(standard, PerPeriod):
        return _per_period(standard, columns, count, today)
    if isinstance(standard, TestStandard):
        return _test(standard, columns, count, today)
    raise TypeError(f"{type(standard).__name__} is not a kind of standard")


def none_of(count: int) -> Column:
    """A column of dates in which nothing is recorded."""
    return Column(np.zeros(count, np.int32), np.zeros(count, bool))


def dates(days: NDArray[Any], valid: Mask | None = None) -> Column:
    """A column of these days."""
    return Column(as_days(days), np.ones(len(days), bool) if valid is None else valid)


def first_from(column: ManyColumn, rows: Rows, days: Days) -> Column:
    """For each pair of row and day, that row's first value on or after the day."""
    place = np.searchsorted(_keys(column), _key(rows, days))
    inside = place < column.offsets[rows + 1]
    safe = np.where(inside, place, 0)
    valid = inside & column.valid_values[safe] if len(column.values) else inside
    return column.at(place, valid)


def _key(rows: NDArray[Any], days: NDArray[Any]) -> NDArray[np.int64]:
    """One number that orders by row and then by day."""
    key: NDArray[np.int64] = (rows.astype(np.int64) << 32) + days.astype(np.int64) + (1 << 30)
    return key


def _keys(column: ManyColumn) -> NDArray[np.int64]:
    """The keys of all the values in order; those that are not recorded come last in their row."""
    days = np.where(column.valid_values, column.days(), (1 << 31) - (1 << 30))
    return _key(column.rows(), days)


def _single(columns: Columns, name: str | None, count: int) -> Column:
    column = columns.get(name) if name else None
    return column if isinstance(column, Column) else none_of(count)


# Deadlines ---------------------------------------------------------------------------------------


def _deadline(standard: Deadline, columns: Columns, calendar: Calendar, count: int) -> Cycles:
    start = _single(columns, standard.starts, count)
    rows = np.flatnonzero(start.valid)
    anchor = start.take(rows)
    done = _stopped(standard, columns, rows, anchor, count)
    nowhere = np.zeros(len(rows), bool)
    first = np.ones(len(rows), np.int64)
    if isinstance(standard.within, str):
        due = _single(columns, standard.within, count).take(rows)
        return Cycles(rows, first, anchor, due, done, nowhere, ~due.valid)
    sign = -1 if standard.direction == "before" else 1
    dues = Clock(standard.within, calendar, sign, standard.roll).dues(anchor.days())
    if standard.direction == "at":
        due = Column(anchor.values, dues.rule != NO_RULE, anchor.kind, anchor.by_day)
        return Cycles(rows, first, anchor, due, done, nowhere, nowhere)
    if not (dues.rule == BY_TIME).any():
        due = dates(dues.day, dues.rule == BY_DAY)
        return Cycles(rows, first, anchor, due, done, dues.provisional, nowhere)
    due, due_from = _exact(anchor, dues)
    return Cycles(rows, first, anchor, due, done, dues.provisional, nowhere, due_from)


def _exact(anchor: Column, dues: Dues) -> tuple[Column, Micros]:
    """The moment due, and its earliest; where the rule counts days, the whole due day."""
    first, last = (
        _clamped(moment + dues.minutes * MINUTE) for moment in anchor.spans()
    )  # fmt: skip
    by_day = dues.rule == BY_DAY
    day_first, _ = moments.day_spans(np.where(by_day, dues.day, 0))
    values = np.where(by_day, day_first, last)
    due = Column(values, dues.rule != NO_RULE, "moment", by_day)
    return due, np.where(by_day, values, first)


def _clamped(micros: NDArray[np.int64]) -> NDArray[np.int64]:
    clamped: NDArray[np.int64] = np.clip(micros, moments.FIRST_MICRO, moments.LAST_MICRO)
    return clamped


def _stopped(
    standard: Deadline, columns: Columns, rows: Rows, anchor: Column, count: int
) -> Column:
    column: AnyColumn | None = columns.get(standard.stops) if standard.stops else None
    if not isinstance(column, ManyColumn):
        return _single(columns, standard.stops, count).take(rows)
    if standard.all_of_many:
        return _last_of_all(column, rows)
    if standard.direction == "before":
        place = column.offsets[rows]
        return column.at(place, column.per_row(column.valid_values)[rows] > 0)
    return first_from(column, rows, anchor.days())


def _last_of_all(column: ManyColumn, rows: Rows) -> Column:
    """The last value of each row in which every value is recorded."""
    lengths = np.diff(column.offsets)
    whole = (column.per_row(column.valid_values) == lengths) & (lengths > 0)
    return column.at(column.offsets[rows + 1] - 1, whole[rows])


# Recurrences -------------------------------------------------------------------------------------


def _recurrence(
    standard: Recurrence,
    columns: Columns,
    calendar: Calendar,
    count: int,
    today: int,
    horizon: Horizon | None,
) -> Cycles:
    """A cycle from the start and from each day held up to today; done on the next held."""
    start = _single(columns, standard.starts, count)
    started = np.flatnonzero(start.valid)
    held_rows, held_days = _held(standard, columns, start, count)
    row = np.concatenate((started, held_rows))
    anchor = np.concatenate((start.days()[started], held_days))
    from_start = np.arange(len(row)) < len(started)
    order = np.lexsort((~from_start, anchor, row))
    row, anchor, from_start = row[order], anchor[order], from_start[order]
    number = _number_in_row(row)
    done = _next_in_row(row, anchor)
    due, provisional = _staged_dues(standard, calendar, anchor, number)
    unseen = _unseen_rows(number, anchor, due, done, horizon)
    if unseen.any():
        later = np.flatnonzero(unseen[np.searchsorted(row, row)] & (number > 1))
        last = np.full(len(later), len(standard.stages))
        dues, vague = _staged_dues(standard, calendar, anchor[later], last)
        due.values[later], due.valid[later] = dues.values, dues.valid
        provisional[later] = vague
    unrecorded = np.zeros(len(row), bool)
    cycles = Cycles(row, number, dates(anchor), due, done, provisional, unrecorded)
    return cycles.take(np.flatnonzero(from_start | (anchor <= today)))


def _unseen_rows(
    number: NDArray[np.int64], anchor: Days, due: Column, done: Column, horizon: Horizon | None
) -> Mask:
    """First cycles that fell due before the data begins, and are not seen done in time."""
    if horizon is None or horizon.complete_from is None:
        return np.zeros(len(number), bool)
    kept = due.valid & done.valid & (done.days() <= due.days())
    day = np.where(due.valid, due.days(), anchor)
    unseen: Mask = (number == 1) & (day < moments.to_day(horizon.complete_from)) & ~kept
    return unseen


def _held(standard: Recurrence, columns: Columns, start: Column, count: int) -> tuple[Rows, Days]:
    """The days held that count, each once: from the start's day, and not after `until`."""
    rows, days = _every_day(columns.get(name) for name in standard.all_shown_by)
    ended = _single(columns, standard.until, count)
    first = start.days()[rows] + int(standard.start_is_held)
    counts = start.valid[rows] & (days >= first)
    counts &= ~ended.valid[rows] | (days <= ended.days()[rows])
    rows, days = rows[counts], days[counts]
    again = np.zeros(len(rows), bool)
    again[1:] = (rows[1:] == rows[:-1]) & (days[1:] == days[:-1])
    return rows[~again], days[~again]


def _every_day(columns: Iterable[AnyColumn | None]) -> tuple[Rows, Days]:
    """The days of several columns as one, in order of row and then of day."""
    rows, days = [np.zeros(0, np.int64)], [np.zeros(0, np.int32)]
    for column in columns:
        if isinstance(column, ManyColumn):
            rows.append(column.rows()[column.valid_values])
            days.append(column.days()[column.valid_values])
        elif column is not None:
            rows.append(np.flatnonzero(column.valid))
            days.append(column.days()[column.valid])
    row, day = np.concatenate(rows), np.concatenate(days)
    order = np.lexsort((day, row))
    return row[order], day[order]


def _number_in_row(row: Rows) -> NDArray[np.int64]:
    """1, 2, 3 ... within each row of a sorted array of rows."""
    first = np.searchsorted(row, row)
    return np.arange(len(row)) - first + 1


def _next_in_row(row: Rows, days: Days) -> Column:
    following = np.zeros(len(row), np.int32)
    following[:-1] = days[1:]
    valid = np.zeros(len(row), bool)
    valid[:-1] = row[1:] == row[:-1]
    return dates(following, valid)


def _staged_dues(
    standard: Recurrence, calendar: Calendar, anchor: Days, number: NDArray[np.int64]
) -> tuple[Column, Mask]:
    """The due of each cycle by the stage it stands in; the last stage repeats."""
    day = np.zeros(len(anchor), np.int32)
    valid = np.zeros(len(anchor), bool)
    provisional = np.zeros(len(anchor), bool)
    stage = np.minimum(number, len(standard.stages)) - 1
    for place, within in enumerate(standard.stages):
        mine = np.flatnonzero(stage == place)
        dues = Clock(within, calendar).dues(anchor[mine])
        day[mine], valid[mine] = dues.day, dues.rule == BY_DAY
        provisional[mine] = dues.provisional
    return dates(day, valid), provisional


# Counts per period -------------------------------------------------------------------------------


def _per_period(standard: PerPeriod, columns: Columns, count: int, today: int) -> Cycles:
    """Each row's periods, from its first to the one in progress; done when the nth is counted."""
    table = PeriodTable.of(standard, today)
    counted, length = _counted(standard, columns, count)
    earliest = _earliest(standard, columns, counted, length, count)
    side = table.first if standard.starts else table.last
    begins = np.searchsorted(side, earliest.days())
    turns = np.where(earliest.valid, len(table) - begins, 0)
    row = np.repeat(np.arange(count), turns)
    number = _number_in_row(row)
    period = begins[row] + number - 1
    first, last = table.first[period], table.last[period]
    done = _nth(counted, length, row, first, last, table.at_least[period])
    nowhere = np.zeros(len(row), bool)
    return Cycles(row, number, dates(first), dates(last), done, nowhere, nowhere, since=first)


def _counted(
    standard: PerPeriod, columns: Columns, count: int
) -> tuple[ManyColumn, NDArray[np.int64]]:
    """What is counted, and how many of each row's first values come by `until`."""
    column = columns.get(standard.counted)
    if not isinstance(column, ManyColumn):
        column = ManyColumn(np.zeros(count + 1, np.int64), np.zeros(0, np.int32))
    ended = _single(columns, standard.until, count)
    rows = column.rows()
    in_time = ~ended.valid[rows] | (column.days() <= ended.days()[rows])
    return column, column.per_row(column.valid_values & in_time)


def _earliest(
    standard: PerPeriod,
    columns: Columns,
    counted: ManyColumn,
    length: NDArray[np.int64],
    count: int,
) -> Column:
    if standard.starts:
        return _single(columns, standard.starts, count)
    return counted.at(counted.offsets[:-1], length > 0)


def _nth(
    counted: ManyColumn,
    length: NDArray[np.int64],
    row: Rows,
    first: Days,
    last: Days,
    n: NDArray[np.int64],
) -> Column:
    """The nth value counted from each period's first day, where it comes by its last."""
    place = np.searchsorted(_keys(counted), _key(row, first)) + n - 1
    inside = place < counted.offsets[row] + length[row]
    found = counted.at(place, inside)
    return dates(found.days(), found.valid & (found.days() <= last))


# Tests -------------------------------------------------------------------------------------------


def _test(standard: TestStandard, columns: Columns, count: int, today: int) -> Cycles:
    judged = dates(np.full(count, today))
    if standard.starts:
        start = _single(columns, standard.starts, count)
        judged = dates(start.days(), start.valid)
    days = np.where(judged.valid, judged.days(), today).astype(np.int32)
    found, ruled = _dated_answers(standard.tree, columns, days)
    rows = np.flatnonzero(judged.valid)
    done = dates(days, found.yes & ruled)
    cycles = Cycles(
        np.arange(count), np.ones(count, np.int64), judged, dates(days, ruled), done,
        np.zeros(count, bool), found.unknown & ruled,
    )  # fmt: skip
    return cycles.take(rows)


def _dated_answers(tree: Dated[Any], columns: Columns, days: Days) -> tuple[Answers, Mask]:
    """The answers of the tree in force on each row's day, and where one is in force."""
    yes, unknown, ruled = (np.zeros(len(days), bool) for _ in range(3))
    for entry in tree.entries:
        if entry.from_ is None:
            continue
        to = entry.to or moments.LAST_DATE
        held = (days >= moments.to_day(entry.from_)) & (days <= moments.to_day(to))
        found = answers(entry.value, columns, days)
        yes[held], unknown[held] = found.yes[held], found.unknown[held]
        ruled |= held
    return Answers(yes, unknown), ruled
