"""From a day and an offset to a day: one step at a time, for the reference engine."""

from __future__ import annotations

import calendar as months_of
from datetime import date, datetime, timedelta

from evenhand.rules.calendar import Calendar
from evenhand.rules.london import FIRST_MOMENT, LAST_MOMENT
from evenhand.rules.values import Offset


def add_offset(day: date, offset: Offset, calendar: Calendar) -> date:
    """The day that lies `offset` from `day`, for units of a day or longer.

    Months keep the day of the month or take the last; 4 weeks are 28 days; years of age put a
    29 February birthday on 1 March. A result beyond what a date can hold stops at its edge.
    """
    n, unit = offset
    if unit == "working days":
        return calendar.add_working_days(day, n)
    if unit in ("days", "weeks"):
        return add_days(day, n * (7 if unit == "weeks" else 1))
    if unit == "years of age":
        return birthday(day, n)
    if unit in ("months", "years"):
        return add_months(day, n * (12 if unit == "years" else 1))
    raise ValueError(f"{offset} needs a time of day, not a date")


def add_days(day: date, n: int) -> date:
    """`n` calendar days later, stopping at the first or last day that a date can hold."""
    ordinal = min(max(day.toordinal() + n, date.min.toordinal()), date.max.toordinal())
    return date.fromordinal(ordinal)


def add_months(day: date, n: int) -> date:
    """`n` months later: the same day of the month, or the month's last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + n, 12)
    if year < date.min.year or year > date.max.year:
        return date.min if year < date.min.year else date.max
    last = months_of.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def birthday(born: date, age: int) -> date:
    """The day on which somebody born on `born` reaches `age`; 29 February falls on 1 March."""
    reached = add_months(born, 12 * age)
    if reached.day == born.day or reached in (date.min, date.max):
        return reached
    return add_days(reached, 1)


def add_time(moment: datetime, offset: Offset) -> datetime:
    """The moment that lies `offset` minutes or hours of elapsed time away."""
    length = timedelta(minutes=offset.value * (60 if offset.unit == "hours" else 1))
    try:
        return moment + length
    except OverflowError:
        return FIRST_MOMENT if offset.value < 0 else LAST_MOMENT
