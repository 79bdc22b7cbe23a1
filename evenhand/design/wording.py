"""Dates, moments, numbers and names as Evenhand says them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from evenhand.rules.periods import quarter_of

LONDON = ZoneInfo("Europe/London")
NAME_NOT_RECORDED = "Name not recorded"


def as_day(value: date | datetime) -> date:
    """Return the day in London on which a date or an aware moment falls."""
    if isinstance(value, datetime):
        return value.astimezone(LONDON).date() if value.tzinfo else value.date()
    return value


def day(value: date | datetime) -> str:
    """Return ``Fri 20 November 2026``."""
    on = as_day(value)
    return f"{on:%a} {on.day} {on:%B %Y}"


def day_month(value: date | datetime) -> str:
    """Return ``20 November``."""
    on = as_day(value)
    return f"{on.day} {on:%B}"


def month(value: date | datetime) -> str:
    """Return ``Nov 2026``."""
    return f"{as_day(value):%b %Y}"


def quarter(value: date | datetime, *, full: bool = False) -> str:
    """Return the quarter a day is in: ``Oct to Dec 2026``, or ``October to December 2026``."""
    since, until = quarter_of(as_day(value))
    name = "%B" if full else "%b"
    return f"{since.strftime(name)} to {until.strftime(name)} {until.year}"


def moment(value: datetime) -> str:
    """Return ``Fri 20 November 2026 at 2:30pm``, by the clock in London."""
    there = value.astimezone(LONDON) if value.tzinfo else value
    hour = there.hour % 12 or 12
    half = "am" if there.hour < 12 else "pm"
    return f"{day(there)} at {hour}:{there:%M}{half}"


def ago(value: date | datetime, today: date | datetime) -> str:
    """Return ``today``, ``yesterday``, ``3 days ago``, ``tomorrow`` or ``in 3 days``.

    Both are read as days in London. From 60 days on it speaks in months, from 2 years in years.
    """
    days = (as_day(value) - as_day(today)).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    if days in near:
        return near[days]
    length = _length(abs(days))
    return f"in {length}" if days > 0 else f"{length} ago"


def _length(days: int) -> str:
    for least, size, unit in ((730, 365.25, "years"), (60, 30.44, "months")):
        if days >= least:
            return f"{int(days / size)} {unit}"
    return f"{days} days"


def number(value: float) -> str:
    """Return a number with commas at the thousands, and at most one decimal."""
    if isinstance(value, int) or float(value).is_integer():
        return f"{int(value):,}"
    return f"{value:,.1f}"


def percent(part: float, whole: float, places: int = 0) -> str:
    """Return ``67%``; never 0% or 100% unless it is exactly so; ``none yet`` of nothing.

    ``places`` is the number of decimal places.
    """
    if not whole:
        return "none yet"
    share, least = 100 * part / whole, 10**-places
    if 0 < share < least:
        return f"under {least:.{places}f}%"
    if 100 - least < share < 100:
        return f"over {100 - least:.{places}f}%"
    return f"{share:.{places}f}%"


def child_name(child: Any, surname_first: bool = False) -> str:
    """Return a child's name as people say it, or that no name is recorded.

    ``child`` has ``forename`` and ``surname``, or is the name itself. ``surname_first`` is for
    lists sorted by surname.
    """
    if child is None or isinstance(child, str):
        return (child or "").strip() or NAME_NOT_RECORDED
    parts = (getattr(child, "forename", "") or "", getattr(child, "surname", "") or "")
    given, family = (part.strip() for part in parts)
    if surname_first and given and family:
        return f"{family}, {given}"
    return f"{given} {family}".strip() or NAME_NOT_RECORDED
