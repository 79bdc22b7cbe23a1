"""Where a table falls silent before the extract's last day.

A steady table (one with rows on most working days) that suddenly has none for far longer than it
ever had none before was not supplied to the end: what fell due in the silence is not known, and is
not late. A table with few rows may be quiet for long, and is taken at the extract's word.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from evenhand.design.wording import day

LOOKED_BACK = timedelta(days=400)
FEWEST_DAYS = 60  # with rows, in the days looked back, for a table to be called steady
TIMES_LONGER = 2  # than the longest silence before


class Silence(NamedTuple):
    """A table whose rows stop on a day, and the longest it was silent before, in days."""

    table: str
    last_day: date
    longest_before: int

    @property
    def sentence(self) -> str:
        """What a data officer should know and do."""
        return (
            f"{self.table} has no rows after {day(self.last_day)}; before that it was never "
            f"without for more than {self.longest_before} days. What fell due later is shown as "
            "not known. If rows are missing, send the file again whole."
        )


def silence(table: str, days: Iterable[date], as_at: date) -> Silence | None:
    """Return where a table stops before ``as_at``; None where it does not, or is not steady."""
    seen = sorted({one for one in days if as_at - LOOKED_BACK <= one <= as_at})
    if len(seen) < FEWEST_DAYS:
        return None
    longest = max((b - a).days for a, b in pairwise(seen))
    if (as_at - seen[-1]).days <= longest * TIMES_LONGER:
        return None
    return Silence(table, seen[-1], longest)
