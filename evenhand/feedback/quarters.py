"""Quarters of a year: January to March and so on, which are those of the financial year too."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

MONTHS = 3
SHOWN = 8
"""How many a page offers to look back at: two years."""


class Quarter(NamedTuple):
    """One quarter, by its first and its last day."""

    first: date
    last: date

    @property
    def words(self) -> str:
        """Return ``July to September 2026``."""
        return f"{self.first:%B} to {self.last:%B} {self.first.year}"

    @property
    def before(self) -> Quarter:
        """Return the quarter before."""
        return quarter_of(self.first - timedelta(days=1))


def quarter_of(day: date) -> Quarter:
    """Return the quarter that a day lies in."""
    month = (day.month - 1) // MONTHS * MONTHS + 1
    after = date(day.year + month // 10, (month + MONTHS - 1) % 12 + 1, 1)
    return Quarter(date(day.year, month, 1), after - timedelta(days=1))


def latest(today: date) -> list[Quarter]:
    """Return the running quarter and those before it, newest first."""
    found = [quarter_of(today)]
    while len(found) < SHOWN:
        found.append(found[-1].before)
    return found
