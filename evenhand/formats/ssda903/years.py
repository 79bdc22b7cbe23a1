"""Which return a file is of: by its YEAR column, a year in its name, and the days it holds.

A return is of the year from 1 April to 31 March, called here by the calendar year it ends in.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

FIRST_MONTH: Final = 4
SURE: Final = 0.6
"""How much of a file's days must lie in one year for the file to be taken as that year's."""

_YEAR: Final = re.compile(r"(?<!\d)(20\d{2})(?:[-_/](\d{2}|20\d{2}))?(?!\d)")


def year_of(day: date) -> int:
    """The year of the return that a day falls in, by its last calendar year."""
    return day.year + 1 if day.month >= FIRST_MONTH else day.year


def first_day(year: int) -> date:
    """The first day of a return's year."""
    return date(year - 1, FIRST_MONTH, 1)


def last_day(year: int) -> date:
    """The last day of a return's year."""
    return date(year, FIRST_MONTH - 1, 31)


def named(name: str) -> str:
    """The year in a file's name, nearest its end: '2017' in 2017-header.csv, or ''."""
    found = [match[1] for match in _YEAR.finditer(name)]
    return found[-1] if found else ""


def counted(days: Iterable[date]) -> Counter[int]:
    """How many days fall in each year."""
    return Counter(map(year_of, days))


def shown_by(counts: Mapping[int, int]) -> int | None:
    """The one year that nearly all days fall in, or None."""
    if not counts:
        return None
    year = max(counts, key=lambda one: (counts[one], one))
    return year if counts[year] >= SURE * sum(counts.values()) else None


def year_of_return(counts: Mapping[int, int], of: str) -> int | None:
    """The year a return ends in: as its days show, else one of the two that its name can mean."""
    shown = shown_by(counts)
    if shown is not None or not of.isdecimal():
        return shown
    return max(int(of), int(of) + 1, key=lambda year: counts.get(year, 0)) if counts else None
