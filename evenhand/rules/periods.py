"""Periods that are counted: months up to a day, quarters of the calendar, and their first days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from evenhand.rules.arithmetic import add_months

YEAR, BEFORE = "year", "before"
QUARTER, HALF_YEAR = 3, 6  # months: what the words mean
_DAY = timedelta(1)


class Span(NamedTuple):
    """The days of one period, both included."""

    since: date
    until: date

    @property
    def is_quarter(self) -> bool:
        """Whether this is a whole quarter of the calendar, and not one that still runs."""
        return self == quarter_of(self.since)


Spans = dict[str, Span]


def spans_to(until: date, months: int) -> Spans:
    """Return the months up to a day (``YEAR``), and as many before them (``BEFORE``)."""
    first, earlier = add_months(until, -months), add_months(until, -2 * months)
    return {YEAR: Span(first + _DAY, until), BEFORE: Span(earlier + _DAY, first)}


def known_from(spans: Mapping[str, Span], first: date | None) -> Spans:
    """Leave out a period that begins before ``first``, from which all is held; None: always."""
    return {name: span for name, span in spans.items() if first is None or first <= span.since}


def first_of(day: date, months: int = 1) -> date:
    """Return the first day of the month that a day is in; of its quarter, with ``QUARTER``."""
    return date(day.year, day.month - (day.month - 1) % months, 1)


def months_before(day: date, months: int) -> date:
    """Return the first day of the month that lies so many months before."""
    return add_months(first_of(day), -months)


def quarter_of(day: date) -> Span:
    """Return the quarter that a day is in: January to March and so on, as financial years have."""
    first = first_of(day, QUARTER)
    return Span(first, add_months(first, QUARTER) - _DAY)


def quarter_before(quarter: Span) -> Span:
    """Return the whole quarter before one."""
    return quarter_of(quarter.since - _DAY)


def quarters_back(day: date, count: int) -> list[Span]:
    """Return so many whole quarters, the oldest first; the last is the one that ``day`` is in."""
    first = first_of(day, QUARTER)
    return [quarter_of(add_months(first, -QUARTER * back)) for back in reversed(range(count))]


def quarters_to(until: date, count: int) -> tuple[Span, ...]:
    """Return so many whole quarters, and the one in which ``until`` is.

    That one ends on ``until``, and is whole where its last day is.
    """
    *whole, last = quarters_back(until, count + 1)
    return (*whole, last._replace(until=until))
