"""Whether a share rises or falls over periods in a row by more than chance would explain."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from evenhand.analytics import special
from evenhand.analytics.arrays import Floats, floats
from evenhand.analytics.reasons import Reason, impossible


class TrendChance(NamedTuple):
    """Chi-squared on one degree of freedom, its probability, and whether the share rises.

    nan where `reason` is not `ANSWERED`.
    """

    statistic: float
    p: float
    rises: bool
    reason: Reason


def chance_of_trend(events: ArrayLike, of: ArrayLike) -> TrendChance:
    """Test for a straight trend of events out of people over periods evenly apart, oldest first.

    T = sum of t (x - n R), R the rate of all periods together; T2 over R (1 - R) (sum of n t2 -
    (sum of n t)2 / N). Armitage (1955), Biometrics 11:375-386; Agresti (2013), Categorical Data
    Analysis, 5.3.5. A period of nobody says nothing.
    """
    x, n = np.broadcast_arrays(floats(events), floats(of))
    reason = _why(x, n)
    if reason != Reason.ANSWERED:
        return TrendChance(np.nan, np.nan, rises=False, reason=reason)
    period, people = np.arange(len(n)), n.sum()
    rate = x.sum() / people
    rise = float((period * (x - n * rate)).sum())
    spread = (n * period**2).sum() - (n * period).sum() ** 2 / people
    statistic = rise**2 / float(rate * (1 - rate) * spread)
    p = float(special.chi_squared_upper(statistic, 1))
    return TrendChance(statistic, p, rises=rise > 0, reason=reason)


def _why(x: Floats, n: Floats) -> Reason:
    if impossible(x, n).any():
        return Reason.IMPOSSIBLE
    if np.count_nonzero(n) == 0:
        return Reason.NOBODY
    if np.count_nonzero(n) == 1:
        return Reason.ONE_GROUP
    if x.sum() in (0, n.sum()):
        return Reason.ALL_ALIKE
    return Reason.ANSWERED
