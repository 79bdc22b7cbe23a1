"""What the unknowns could change: the lowest and highest that a rate or ratio could really be."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evenhand.analytics.arrays import divide, floats
from evenhand.analytics.intervals import Interval
from evenhand.analytics.reasons import impossible


def of_rate(
    events: ArrayLike, of: ArrayLike, events_unknown: ArrayLike, of_unknown: ArrayLike
) -> Interval:
    """The lowest and highest rate of a group if any of those not known belonged to it.

    Lowest: all not known without the event belong, x / (n + m - y). Highest: all with it belong,
    (x + y) / (n + y). No other share of them gives less or more. nan where no one could belong.
    Manski (1989), Journal of Human Resources 24:343-360; Horowitz and Manski (1995).
    """
    x, n, y, m = _together(events, of, events_unknown, of_unknown)
    n = np.where(impossible(x, n) | impossible(y, m), np.nan, n)
    return Interval(divide(x, n + m - y), divide(x + y, n + y))


def of_ratio(
    group: tuple[ArrayLike, ArrayLike],
    others: tuple[ArrayLike, ArrayLike],
    unknown: tuple[ArrayLike, ArrayLike],
) -> Interval:
    """The lowest and highest relative rate if each not known belonged to the group or the others.

    Each pair is (events, of). Lowest: those not known with the event are all of the others, those
    without all of the group; highest: the other way. nan where the others' rate could be 0.
    """
    x, n, y, m = _together(*group, *unknown)
    ours, theirs = of_rate(x, n, y, m), of_rate(*others, y, m)
    return Interval(divide(ours.low, theirs.high), divide(ours.high, theirs.low))


def _together(*parts: ArrayLike) -> list[np.ndarray[tuple[int, ...], np.dtype[np.float64]]]:
    return list(np.broadcast_arrays(*(floats(part) for part in parts)))
