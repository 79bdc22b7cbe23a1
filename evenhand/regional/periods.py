"""The days that are counted: the months up to a day, and as many before them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from evenhand.rules import Horizon

YEAR, BEFORE = "year", "before"


class Span(NamedTuple):
    """The days of one period, both included."""

    since: date
    until: date


Spans = dict[str, Span]


def spans_to(until: date, months: int) -> Spans:
    """Return the months up to a day, and as many before them."""
    first, earlier = _months_back(until, months), _months_back(until, 2 * months)
    day = timedelta(1)
    return {YEAR: Span(first + day, until), BEFORE: Span(earlier + day, first)}


def of_step(as_at: date, horizon: Horizon, within: int, months: int) -> Spans:
    """Return the periods of a step, all of whose events had the same time to be followed.

    A period that begins before what would follow is held is left out.
    """
    until = min(as_at, horizon.complete_to or as_at) - timedelta(within)
    first = horizon.complete_from
    spans = spans_to(until, months)
    return {name: span for name, span in spans.items() if first is None or first <= span.since}


def _months_back(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(1)).day
    return date(year, month + 1, min(day.day, last))
