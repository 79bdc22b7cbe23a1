"""The age band of a child on a day."""

from __future__ import annotations

import numpy as np

from evenhand.equality.dimensions import Band
from evenhand.facts.holding import NOTHING, Integers

MONTHS = 12


def of_ages(bands: tuple[Band, ...], born: Integers, days: Integers, unknown: int) -> Integers:
    """Return the place of each band, or ``unknown``: no day of birth, or an age in no band.

    Whole years on the day; a birthday on 29 February is reached on 1 March.
    """
    found = np.full(len(days), unknown, np.int64)
    known = (born != NOTHING) & (days != NOTHING)
    years = years_on(np.where(known, born, 0), np.where(known, days, 0))
    for place, band in enumerate(bands):
        found[known & (years >= band.starts) & (years < band.ends)] = place
    return found


def years_on(born: Integers, days: Integers) -> Integers:
    """Return completed years from birth to a day; -1 in the year before birth, and so on back."""
    birth, on = born.astype("datetime64[D]"), days.astype("datetime64[D]")
    months = _month(on) - _month(birth)
    months -= _day_of_month(on) < _day_of_month(birth)
    years: Integers = months // MONTHS
    return np.where((days < born) & (years >= 0), -1, years)


def _month(days: np.ndarray) -> Integers:
    return days.astype("datetime64[M]").astype(np.int64)


def _day_of_month(days: np.ndarray) -> Integers:
    return (days - days.astype("datetime64[M]")).astype(np.int64)
