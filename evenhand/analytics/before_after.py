"""Whether a share changed more for some than for others, each followed before and after a day."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from evenhand.analytics import special
from evenhand.analytics.arrays import Floats, floats
from evenhand.analytics.reasons import Reason, impossible


class Followed(NamedTuple):
    """Events of so many before and after a day, one cell for each person followed."""

    before: ArrayLike
    of_before: ArrayLike
    after: ArrayLike
    of_after: ArrayLike


class Change(NamedTuple):
    """The shares before and after, from 0 to 1, and their difference with its variance."""

    before: float
    after: float
    change: float
    variance: float


class Compared(NamedTuple):
    """Both changes, and by how much the first is greater, with the ends of its interval.

    nan where `reason` is not `ANSWERED`.
    """

    ours: Change
    others: Change
    difference: float
    low: float
    high: float
    reason: Reason


def compare(ours: Followed, others: Followed, confidence: float) -> Compared:
    """Return the difference of two changes, with events of one person not taken for separate.

    Variance by the sum over people of the squares of what each adds to the change: as least
    squares with a saturated design and errors clustered by person, without correction for few.
    Liang and Zeger (1986), Biometrika 73:13-22. Both groups are large or the interval is too
    narrow. Describes what happened beside each other; it does not say that the one caused it.
    """
    one, other = change_of(ours), change_of(others)
    reason = _why(ours, others, one, other)
    if reason != Reason.ANSWERED:
        nan = float("nan")
        return Compared(one, other, nan, nan, nan, reason)
    gap = one.change - other.change
    reach = special.normal_quantile(confidence) * float(np.sqrt(one.variance + other.variance))
    return Compared(one, other, gap, gap - reach, gap + reach, reason)


def change_of(followed: Followed) -> Change:
    """Return the shares before and after and their difference; nan where nothing is counted."""
    x, n, y, m = (floats(part) for part in followed)
    if not n.sum() or not m.sum():
        nan = float("nan")
        return Change(_share(x, n), _share(y, m), nan, nan)
    before, after = _share(x, n), _share(y, m)
    added = (y - after * m) / m.sum() - (x - before * n) / n.sum()
    return Change(before, after, after - before, float((added**2).sum()))


def _share(events: Floats, of: Floats) -> float:
    return float(events.sum() / of.sum()) if of.sum() else float("nan")


def _why(ours: Followed, others: Followed, one: Change, other: Change) -> Reason:
    for x, n, y, m in (ours, others):
        if impossible(x, n).any() or impossible(y, m).any():
            return Reason.IMPOSSIBLE
    if np.isnan(one.change):
        return Reason.NOBODY
    return Reason.NOBODY_ELSE if np.isnan(other.change) else Reason.ANSWERED
