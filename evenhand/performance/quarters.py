"""Quarters of the financial year, as the authority names them: Q2 2026-27."""

from __future__ import annotations

from datetime import date

from evenhand.design.wording import quarter as months_of
from evenhand.rules.periods import QUARTER, Span, quarter_of

APRIL = 4
CENTURY = 100


def name_of(starts_on: date) -> str:
    """Return a quarter's name: ``Q2 2026-27``."""
    year = starts_on.year - (starts_on.month < APRIL)
    number = (starts_on.month - APRIL) % 12 // QUARTER + 1
    return f"Q{number} {year}-{(year + 1) % CENTURY:02d}"


def long_name(starts_on: date) -> str:
    """Return a quarter's name with its months: ``Q2 2026-27 (July to September 2026)``."""
    return f"{name_of(starts_on)} ({months_of(starts_on, full=True)})"


def slug_of(starts_on: date) -> str:
    """Return a quarter as an address has it: ``2026-07``."""
    return f"{starts_on:%Y-%m}"


def quarter_called(slug: str) -> Span | None:
    """Return the quarter of an address, or None where there is none of it."""
    try:
        starts_on = date.fromisoformat(f"{slug}-01")
    except ValueError:
        return None
    found = quarter_of(starts_on)
    return found if found.since == starts_on else None


def last_day(starts_on: date) -> date:
    """Return the last day of the quarter that begins on a day."""
    return quarter_of(starts_on).until
