"""Working days: Monday to Friday, less the bank holidays proclaimed.

Outside the years that the calendar holds, the ordinary bank holidays are worked out by rule and
whatever rests on them is provisional. Source: Banking and Financial Dealings Act 1971, Schedule 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

DAY = timedelta(days=1)
SATURDAY = 5
MONDAY = 0


@dataclass(frozen=True)
class Calendar:
    """The bank holidays from `first` to `proclaimed_to`, both days included."""

    holidays: frozenset[date]
    first: date
    proclaimed_to: date

    def is_provisional(self, day: date) -> bool:
        """Whether the bank holidays of `day` have not been proclaimed (or lie before our list)."""
        return not self.first <= day <= self.proclaimed_to

    def is_holiday(self, day: date) -> bool:
        """Whether `day` is a bank holiday: proclaimed, or by the ordinary rule where unknown."""
        known = ordinary_holidays(day.year) if self.is_provisional(day) else self.holidays
        return day in known

    def is_working(self, day: date) -> bool:
        """Whether `day` is a Monday to Friday that is not a bank holiday."""
        return day.weekday() < SATURDAY and not self.is_holiday(day)

    def add_working_days(self, day: date, n: int) -> date:
        """The nth working day after `day` (before it, where n is negative); day 1 is the first."""
        step = DAY if n > 0 else -DAY
        for _ in range(abs(n)):
            day = self._next_working(day, step)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days lie after `start` up to and including `end`; negative if before."""
        if end < start:
            return -self.working_days_between(end, start)
        count = 0
        while start < end:
            start += DAY
            count += self.is_working(start)
        return count

    def rolled(self, day: date, step: int) -> date:
        """`day` itself where it is a working day, else the next (1) or the previous (-1) one."""
        if self.is_working(day):
            return day
        return self._next_working(day, step * DAY)

    def _next_working(self, day: date, step: timedelta) -> date:
        edge = date.max if step > timedelta(0) else date.min
        while day != edge:
            day += step
            if self.is_working(day):
                return day
        return edge


@cache
def ordinary_holidays(year: int) -> frozenset[date]:
    """The bank holidays of England and Wales in a year with no change by proclamation."""
    easter = easter_sunday(year)
    days = {
        _in_lieu(date(year, 1, 1)),
        _monday_on_or_after(date(year, 5, 1)),
        _monday_on_or_after(date(year, 5, 25)),
        _monday_on_or_after(date(year, 8, 25)),
        easter - 2 * DAY,
        easter + DAY,
    }
    return frozenset(days | _christmas(year))


def _christmas(year: int) -> set[date]:
    """Christmas and Boxing Day, each moved off a weekend without landing on the other."""
    christmas, boxing = date(year, 12, 25), date(year, 12, 26)
    if christmas.weekday() == SATURDAY:
        return {date(year, 12, 27), date(year, 12, 28)}
    if christmas.weekday() > SATURDAY:
        return {boxing, date(year, 12, 27)}
    return {christmas, _in_lieu(boxing)}


def _in_lieu(day: date) -> date:
    return day if day.weekday() < SATURDAY else _monday_on_or_after(day)


def _monday_on_or_after(day: date) -> date:
    return day + (MONDAY - day.weekday()) % 7 * DAY


def easter_sunday(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher's method)."""
    century, of_century = divmod(year, 100)
    golden = year % 19
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - century // 4 - correction + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - epact - of_century % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
