"""The months, half-years, years or named months in which a rule is in force, in a table."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenhand.rules import moments
from evenhand.rules.due_table import as_days
from evenhand.rules.standards import Period, PerPeriod

LENGTHS = {"month": 1, "half-year": 6, "year": 12}


@dataclass(frozen=True)
class PeriodTable:
    """Each period's first and last day, and the number to be reached in it, in order."""

    first: NDArray[np.int32]
    last: NDArray[np.int32]
    at_least: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.first)

    @classmethod
    def of(cls, standard: PerPeriod, today: int) -> PeriodTable:
        """The periods, up to today's, on whose first day a value is in force."""
        begins = [entry.from_ for entry in standard.at_least.entries if entry.from_]
        if not begins:
            return cls(np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.int64))
        first, last = _periods(standard.period, min(begins).year, moments.from_day(today).year)
        at_least = np.zeros(len(first), np.int64)
        for entry in standard.at_least.entries:
            if entry.from_:
                to = moments.to_day(entry.to or moments.LAST_DATE)
                held = (first >= moments.to_day(entry.from_)) & (first <= to)
                at_least[held] = entry.value
        kept = (at_least > 0) & (first <= today)
        return cls(first[kept], last[kept], at_least[kept])


def _periods(
    period: Period, first_year: int, last_year: int
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    length = 1 if isinstance(period, tuple) else LENGTHS[period]
    named = period if isinstance(period, tuple) else tuple(range(1, 13, length))
    years = np.arange(first_year, last_year + 1) - 1970
    months = (years[:, None] * 12 + np.array(sorted(named)) - 1).ravel()
    first = months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    after = (months + length).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    return as_days(first), as_days(after - 1)
