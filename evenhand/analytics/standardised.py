"""Rates that allow for age, deprivation or another make-up: directly and indirectly standardised.

Strata, such as bands of age, lie along the last axis of every array.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from evenhand.analytics import special
from evenhand.analytics.arrays import Floats, Mask, divide, floats
from evenhand.analytics.intervals import Interval, poisson, wilson
from evenhand.analytics.reasons import Reason, Reasons, impossible


class Standardised(NamedTuple):
    """A rate as it would be with the standard's make-up, its interval, and the `crude` rate.

    nan where `reason` is not `ANSWERED`; the crude rate is nan only where there is no one.
    """

    rate: Floats
    low: Floats
    high: Floats
    crude: Floats
    reason: Reasons


def shared_strata(of: ArrayLike) -> Mask:
    """The strata in which each of the groups, a row each, has someone.

    Standardise over these where a group has an empty one, and say what share of the standard
    they hold.
    """
    people = floats(of)
    return np.asarray((people > 0).reshape(-1, people.shape[-1]).all(axis=0))


def direct_share(
    events: ArrayLike, of: ArrayLike, standard: ArrayLike, confidence: float
) -> Standardised:
    """The share to whom it would have happened, had the group the make-up of the `standard`.

    Sum of w x/n, w each stratum's share of the standard. Wilson's interval of as many people as
    have its variance, sum of w2 p(1-p)/n, and never of more than there are: Korn and Graubard
    (1998), Survey Methodology 24:193-201; Fleiss, Levin and Paik (2003), chapter 19.
    """
    x, n, weights = _together(events, of, standard)
    share = divide(x, n)
    rate = np.clip(_sum(weights * np.nan_to_num(share)), 0, 1)
    variance = _sum(weights**2 * np.nan_to_num(divide(share * (1 - share), n)))
    evenly = divide(1, _sum(weights**2 * np.nan_to_num(divide(1, n))))
    worth = np.where(variance > 0, divide(rate * (1 - rate), variance), evenly)
    worth = np.minimum(worth, n.sum(axis=-1))
    return _answered(x, n, weights, rate, wilson(rate * worth, worth, confidence))


def direct_rate(
    events: ArrayLike,
    population: ArrayLike,
    standard: ArrayLike,
    per: int,
    confidence: float,
    exact_under: int = 10,
) -> Standardised:
    """Events for each `per` people of a population that had the make-up of the `standard`.

    Dobson's interval, rate + sqrt(V / O) (limit of O - O), O the events and V = sum of w2 x/n2;
    Fay and Feuer's gamma interval where there are fewer than `exact_under`. Dobson and others
    (1991), Statistics in Medicine 10:457-462; Association of Public Health Observatories (2008),
    Technical Briefing 3; Fay and Feuer (1997), Statistics in Medicine 16:791-801.
    """
    x, n, weights = _together(events, population, standard)
    rate = _sum(weights * np.nan_to_num(divide(x, n)))
    variance = _sum(weights**2 * np.nan_to_num(divide(x, n**2)))
    most = np.nan_to_num(divide(weights, n)).max(axis=-1, initial=0)
    few = x.sum(axis=-1) < exact_under
    gamma = fay_feuer(rate, variance, most, confidence)
    usual = _dobson(rate, variance, x.sum(axis=-1), confidence)
    ends = Interval(*(np.where(few, *pair) for pair in zip(gamma, usual, strict=True)))
    found = _answered(x, n, weights, rate, ends)
    rate, low, high, crude = (part * per for part in found[:-1])
    return Standardised(rate, low, high, crude, found.reason)


def fay_feuer(rate: Floats, variance: Floats, most: Floats, confidence: float) -> Interval:
    """The gamma interval of a weighted sum of Poisson counts, `most` the greatest weight of one."""
    tail = (1 - confidence) / 2
    low = np.nan_to_num(divide(variance, rate))
    with np.errstate(invalid="ignore"):
        low = np.where(rate > 0, low * special.gamma_low(divide(rate**2, variance), tail), 0.0)
        up, spread = rate + most, variance + most**2
        high = divide(spread, up) * special.gamma_high(divide(up**2, spread), tail)
    return Interval(low, high)


def indirect_ratio(
    events: ArrayLike,
    of: ArrayLike,
    standard_rates: ArrayLike,
    confidence: float,
    exact_under: int = 10,
) -> Standardised:
    """Events over those expected had each stratum the standard's rate: for groups with few people.

    1 is as expected. Byar's interval of the events, exact where few; `crude` is the plain rate.
    Needs no one in any one stratum. Breslow and Day (1987), Statistical Methods in Cancer Research
    II, p. 65; Association of Public Health Observatories (2008), Technical Briefing 3.
    """
    x, n, rates = np.broadcast_arrays(floats(events), floats(of), floats(standard_rates))
    expected = (n * rates).sum(axis=-1)
    happened = x.sum(axis=-1)
    ends = poisson(happened, confidence, exact_under)
    reason = np.where(expected > 0, Reason.ANSWERED, Reason.NO_STANDARD)
    reason = _first_reason(x, n, np.where(n.sum(axis=-1) > 0, reason, Reason.NOBODY))
    ratio, low, high = (_where(reason, divide(part, expected)) for part in (happened, *ends))
    return Standardised(ratio, low, high, _crude(x, n), reason)


def _together(
    events: ArrayLike, of: ArrayLike, standard: ArrayLike
) -> tuple[Floats, Floats, Floats]:
    """The counts, and each stratum's share of the standard; nought of a standard of no one."""
    weights = floats(standard)
    total = weights.sum(axis=-1, keepdims=True)
    x, n, shares = np.broadcast_arrays(floats(events), floats(of), divide(weights, total))
    return x, n, np.nan_to_num(shares)


def _answered(x: Floats, n: Floats, weights: Floats, rate: Floats, ends: Interval) -> Standardised:
    empty = ((n == 0) & (weights > 0)).any(axis=-1)
    reason = np.where(empty, Reason.EMPTY_STRATUM, Reason.ANSWERED)
    fit = (weights.sum(axis=-1) > 0) & (weights >= 0).all(axis=-1)
    reason = np.where(fit, reason, Reason.NO_STANDARD)
    reason = _first_reason(x, n, np.where(n.sum(axis=-1) == 0, Reason.NOBODY, reason))
    rate, low, high = (_where(reason, part) for part in (rate, *ends))
    return Standardised(rate, low, high, _crude(x, n), reason)


def _dobson(rate: Floats, variance: Floats, events: Floats, confidence: float) -> Interval:
    scale = np.sqrt(divide(variance, events))
    ends = poisson(events, confidence, 0)
    return Interval(*(rate + scale * (end - events) for end in ends))


def _crude(x: Floats, n: Floats) -> Floats:
    wrong = impossible(x, n).any(axis=-1)
    return np.where(wrong, np.nan, divide(x.sum(axis=-1), n.sum(axis=-1)))


def _first_reason(x: Floats, n: Floats, reason: ArrayLike) -> Reasons:
    wrong = impossible(x, n).any(axis=-1)
    return np.where(wrong, Reason.IMPOSSIBLE, reason).astype(np.int8)


def _where(reason: Reasons, part: Floats) -> Floats:
    return np.where(reason == Reason.ANSWERED, part, np.nan)


def _sum(parts: Floats) -> Floats:
    return floats(parts.sum(axis=-1))
