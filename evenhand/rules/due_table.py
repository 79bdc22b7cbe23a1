"""When what starts on a day falls due: worked out once for every day, then looked up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenhand.rules.arithmetic import add_offset
from evenhand.rules.calendar import Calendar, ordinary_holidays
from evenhand.rules.moments import from_day, to_day
from evenhand.rules.standards import Roll
from evenhand.rules.values import Dated, Entry, Offset

NO_RULE, BY_DAY, BY_TIME, BY_HAND = range(4)
TABLE_FROM, TABLE_TO = to_day(date(1900, 1, 1)), to_day(date(2200, 1, 1))
WORKING_FROM, WORKING_TO = to_day(date(1850, 1, 1)), to_day(date(2250, 1, 1))
FIRST_DAY, LAST_DAY = to_day(date.min), to_day(date.max)
Days = NDArray[np.int32]


@dataclass(frozen=True)
class Dues:
    """For each anchor: how it falls due (`rule`), the due day, the minutes, if provisional."""

    rule: NDArray[np.int8]
    day: Days
    minutes: NDArray[np.int64]
    provisional: NDArray[np.bool_]

    def take(self, places: NDArray[Any]) -> Dues:
        """The dues at these places."""
        return Dues(
            self.rule[places], self.day[places], self.minutes[places], self.provisional[places]
        )


@dataclass(frozen=True)
class Clock:
    """What turns an anchor day into a due day: dated offsets, their sign, a roll, the calendar."""

    within: Dated[Offset]
    calendar: Calendar
    sign: int = 1
    roll: Roll | None = None

    def dues(self, anchors: Days) -> Dues:
        """The due of each anchor day: looked up, save for days outside the table."""
        if not len(anchors):
            return _blank(0)
        inside = (anchors >= TABLE_FROM) & (anchors < TABLE_TO)
        low, high = _range(anchors, inside)
        table = self.table(low, high)
        dues = table.take(np.where(inside, anchors - low, 0))
        by_hand = ~inside | (dues.rule == BY_HAND)
        for row in np.flatnonzero(by_hand):
            self._by_hand(dues, int(row), from_day(int(anchors[row])))
        return dues

    def table(self, low: int, high: int) -> Dues:
        """The dues of every day from `low` up to but not including `high`."""
        days = np.arange(low, high, dtype=np.int32)
        dues = _blank(len(days))
        for entry in self.within.entries:
            self._write(dues, days, entry)
        return dues

    def _write(self, dues: Dues, days: Days, entry: Entry[Offset]) -> None:
        """Write one entry over the days on which it holds: those from later entries come later."""
        if entry.from_ is None:
            return
        to = LAST_DAY if entry.to is None else to_day(entry.to)
        held = slice(*np.searchsorted(days, [to_day(entry.from_), to + 1]))
        value = self.sign * entry.value.value
        if entry.value.is_exact:
            dues.rule[held] = BY_TIME
            dues.minutes[held] = value * (60 if entry.value.unit == "hours" else 1)
            dues.provisional[held] = False
            return
        due, known = add(days[held], Offset(value, entry.value.unit), self.calendar)
        if self.roll:
            due, rollable = _rolled(due, self.roll, self.calendar)
            known &= rollable
        dues.day[held] = due
        dues.rule[held] = np.where(known, BY_DAY, BY_HAND)
        dues.provisional[held] = self._counts_working(entry.value) & (
            _is_provisional(days[held], self.calendar) | _is_provisional(due, self.calendar)
        )

    def _counts_working(self, offset: Offset) -> bool:
        return offset.unit == "working days" or self.roll is not None

    def _by_hand(self, dues: Dues, row: int, anchor: date) -> None:
        """One anchor that the table does not hold: a date far away, so a mistake in the data."""
        offset = self.within.on(anchor)
        dues.rule[row] = NO_RULE if offset is None else BY_DAY
        dues.provisional[row] = False
        if offset is None:
            return
        signed = Offset(self.sign * offset.value, offset.unit)
        if offset.is_exact:
            dues.rule[row] = BY_TIME
            dues.minutes[row] = signed.value * (60 if offset.unit == "hours" else 1)
            return
        due = add_offset(anchor, signed, self.calendar)
        if self.roll:
            due = self.calendar.rolled(due, 1 if self.roll == "next working day" else -1)
        dues.day[row] = to_day(due)
        if self._counts_working(offset):
            either = (self.calendar.is_provisional(day) for day in (anchor, due))
            dues.provisional[row] = any(either)


def add(days: Days, offset: Offset, calendar: Calendar) -> tuple[Days, NDArray[np.bool_]]:
    """`offset` from each day, in units of a day or longer, and where the result is known.

    As `arithmetic.add_offset`; not known is what leaves the table of working days.
    """
    everywhere = np.ones(len(days), bool)
    if offset.unit == "working days":
        return _add_working(days, offset.value, calendar)
    if offset.unit in ("days", "weeks"):
        due = days.astype(np.int64) + offset.value * (7 if offset.unit == "weeks" else 1)
        return as_days(np.clip(due, FIRST_DAY, LAST_DAY)), everywhere
    if offset.unit == "years of age":
        return birthdays(days, offset.value), everywhere
    months = offset.value * (12 if offset.unit == "years" else 1)
    return add_months(days, months), everywhere


def add_months(days: Days, months: int) -> Days:
    """`months` later: the same day of the month, or the last that the month has."""
    dates = days.astype("datetime64[D]")
    month = dates.astype("datetime64[M]")
    of_month = (dates - month.astype("datetime64[D]")).astype(np.int64)
    number = month.astype(np.int64) + months
    first = number.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    after = (number + 1).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    due = np.clip(np.minimum(first + of_month, after - 1), FIRST_DAY, LAST_DAY)
    return as_days(due)


def birthdays(born: Days, age: int) -> Days:
    """The day on which each reaches `age`: 29 February falls on 1 March."""
    reached = add_months(born, 12 * age)
    moved = (_of_month(reached) != _of_month(born)) & (reached > FIRST_DAY) & (reached < LAST_DAY)
    return as_days(reached + moved)


def _of_month(days: Days) -> NDArray[np.int64]:
    dates = days.astype("datetime64[D]")
    first = dates.astype("datetime64[M]").astype("datetime64[D]")
    found: NDArray[np.int64] = (dates - first).astype(np.int64)
    return found


def as_days(values: NDArray[Any]) -> Days:
    """Whole numbers as days."""
    days: Days = values.astype(np.int32)
    return days


@lru_cache(maxsize=16)
def working_days(calendar: Calendar) -> tuple[Days, NDArray[np.int64]]:
    """Every working day of the table in order, and how many come before each of its days."""
    days = np.arange(WORKING_FROM, WORKING_TO)
    working = (days + 3) % 7 < 5  # 1970-01-01 was a Thursday
    first = max(to_day(calendar.first), WORKING_FROM)
    last = min(to_day(calendar.proclaimed_to), WORKING_TO - 1)
    years = range(from_day(WORKING_FROM).year, from_day(WORKING_TO).year)
    ordinary = {to_day(day) for year in years for day in ordinary_holidays(year)}
    proclaimed = {to_day(day) for day in calendar.holidays}
    off = [day for day in ordinary if not first <= day <= last]
    off += [day for day in proclaimed if first <= day <= last]
    working[np.array(off, dtype=np.int64) - WORKING_FROM] = False
    before = np.concatenate(([0], np.cumsum(working)))
    return days[working].astype(np.int32), before


def _add_working(days: Days, n: int, calendar: Calendar) -> tuple[Days, NDArray[np.bool_]]:
    """The nth working day after each day, or before it where n is negative."""
    working, before = working_days(calendar)
    if n == 0:
        return days, np.ones(len(days), bool)
    place = np.clip(days.astype(np.int64) - WORKING_FROM, 0, WORKING_TO - WORKING_FROM - 1)
    wanted = before[place + 1] + n - 1 if n > 0 else before[place] + n
    known = (wanted >= 0) & (wanted < len(working))
    known &= (days >= WORKING_FROM) & (days < WORKING_TO)
    return working[np.where(known, wanted, 0)], known


def _rolled(days: Days, roll: Roll, calendar: Calendar) -> tuple[Days, NDArray[np.bool_]]:
    """Each day, moved to the next or the previous working day where it is not one."""
    if roll == "next working day":
        return _add_working(as_days(days - 1), 1, calendar)
    return _add_working(as_days(days + 1), -1, calendar)


def _is_provisional(days: Days, calendar: Calendar) -> NDArray[np.bool_]:
    first, last = to_day(calendar.first), to_day(calendar.proclaimed_to)
    return (days < first) | (days > last)


def _range(anchors: Days, inside: NDArray[np.bool_]) -> tuple[int, int]:
    if not inside.any():
        return TABLE_FROM, TABLE_FROM + 1
    held = anchors[inside]
    return int(held.min()), int(held.max()) + 1


def _blank(count: int) -> Dues:
    return Dues(
        np.zeros(count, np.int8), np.zeros(count, np.int32),
        np.zeros(count, np.int64), np.zeros(count, bool),
    )  # fmt: skip
