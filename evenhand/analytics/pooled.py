"""Like beside like: one ratio pooled over strata, such as bands of age, after Mantel and Haenszel.

Strata lie along the last axis. Where a stratum has people of one group only it says nothing of the
difference, and is left out; `covered` says how much of the group is left in.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from evenhand.analytics import special
from evenhand.analytics.arrays import Floats, Mask, divide, floats
from evenhand.analytics.reasons import Reason, Reasons, impossible


class Pooled(NamedTuple):
    """A ratio that allows for the strata, its interval, and the `crude` one that does not.

    `covered` is the share of the group in strata that have both groups. `reason` says why there is
    no ratio, `ends_reason` why an end is missing.
    """

    ratio: Floats
    low: Floats
    high: Floats
    crude: Floats
    covered: Floats
    reason: Reasons
    ends_reason: Reasons


class Chance(NamedTuple):
    """Chi-squared, its degrees of freedom and probability, and why there is none."""

    statistic: Floats
    degrees: Floats
    p: Floats
    reason: Reasons


class _Tables(NamedTuple):
    """Events and people of the group and the others, and all the people, of shared strata only."""

    x: Floats
    n: Floats
    y: Floats
    m: Floats
    all: Floats


def risk_ratio(
    events: ArrayLike,
    of: ArrayLike,
    events_ref: ArrayLike,
    of_ref: ArrayLike,
    confidence: float,
    effect: ArrayLike = 1.0,
) -> Pooled:
    """The rate of the group over that of the others, pooled over the strata.

    `effect` is by how much the variance is greater for brothers and sisters; see
    `dependent.effect_of_families`.

    Sum of x m/N over sum of y n/N; variance of its logarithm: sum of (n m (x+y) - x y N)/N2 over
    the product of both sums. Mantel and Haenszel (1959), J. Nat. Cancer Inst. 22:719-748;
    Greenland and Robins (1985), Biometrics 41:55-68.
    """
    given = _given(events, of, events_ref, of_ref)
    t = _shared(*given)
    top, bottom = _sum(t.x * t.m / t.all), _sum(t.y * t.n / t.all)
    spread = _sum((t.n * t.m * (t.x + t.y) - t.x * t.y * t.all) / t.all**2)
    crude = divide(_rate(*given[:2]), _rate(*given[2:]))
    variance = divide(spread, top * bottom) * floats(effect)
    return _pooled(given, (top, bottom), variance, crude, confidence)


def odds_ratio(
    events: ArrayLike, of: ArrayLike, events_ref: ArrayLike, of_ref: ArrayLike, confidence: float
) -> Pooled:
    """The odds of the group over those of the others, pooled over the strata.

    Sum of x (m-y)/N over sum of (n-x) y/N; the variance of its logarithm is Robins, Breslow and
    Greenland's (1986), Biometrics 42:311-323. Mantel and Haenszel (1959).
    """
    given = _given(events, of, events_ref, of_ref)
    t = _shared(*given)
    r, s = t.x * (t.m - t.y) / t.all, (t.n - t.x) * t.y / t.all
    p = (t.x + t.m - t.y) / t.all
    top, bottom = _sum(r), _sum(s)
    variance = divide(_sum(p * r), 2 * top**2)
    variance += divide(_sum(p * s + (1 - p) * r), 2 * top * bottom)
    variance += divide(_sum((1 - p) * s), 2 * bottom**2)
    one, other = _rate(*given[:2]), _rate(*given[2:])
    crude = divide(one * (1 - other), (1 - one) * other)
    return _pooled(given, (top, bottom), variance, crude, confidence)


def chance(
    events: ArrayLike,
    of: ArrayLike,
    events_ref: ArrayLike,
    of_ref: ArrayLike,
    effect: ArrayLike = 1.0,
) -> Chance:
    """How likely so great a difference is by chance once the strata are allowed for.

    Chi-squared of all events less those expected in each stratum, one degree of freedom, not
    corrected for continuity. Mantel and Haenszel (1959); Cochran (1954), Biometrics 10:417-451.
    """
    given = _given(events, of, events_ref, of_ref)
    t = _shared(*given)
    happened = t.x + t.y
    gap = _sum(t.x - t.n * happened / t.all)
    spread = t.n * t.m * happened * (t.all - happened) / (t.all**2 * np.maximum(t.all - 1, 1))
    variance = _sum(spread) * floats(effect)
    reason = _reason(given, t, np.where(variance > 0, Reason.ANSWERED, Reason.ALL_ALIKE))
    statistic = np.where(reason == Reason.ANSWERED, divide(gap**2, variance), np.nan)
    return Chance(
        statistic, np.ones_like(statistic), special.chi_squared_upper(statistic, 1), reason
    )


def alike_in_every_stratum(
    events: ArrayLike, of: ArrayLike, events_ref: ArrayLike, of_ref: ArrayLike
) -> Chance:
    """Whether one odds ratio fits every stratum; where it does not, look at each by itself.

    Breslow and Day's chi-squared with Tarone's correction, one degree of freedom fewer than the
    strata that can say anything. Breslow and Day (1980), Statistical Methods in Cancer Research I,
    p. 142; Tarone (1985), Biometrika 72:91-95.
    """
    given = _given(events, of, events_ref, of_ref)
    t = _shared(*given)
    odds = _sum(t.x * (t.m - t.y) / t.all), _sum((t.n - t.x) * t.y / t.all)
    fitted, variance, telling = _fitted(t, divide(*odds)[..., None])
    gap = np.where(telling, t.x - fitted, 0.0)
    statistic = _sum(np.nan_to_num(divide(gap**2, variance)))
    statistic -= np.nan_to_num(divide(_sum(gap) ** 2, _sum(variance)))
    degrees = np.maximum(telling.sum(axis=-1) - 1, 0)
    usable = (degrees > 0) & (odds[0] > 0) & (odds[1] > 0)
    why = np.where(telling.sum(axis=-1) == 1, Reason.ONE_STRATUM, Reason.ALL_ALIKE)
    reason = _reason(given, t, np.where(usable, Reason.ANSWERED, why))
    statistic = np.where(reason == Reason.ANSWERED, statistic, np.nan)
    return Chance(statistic, floats(degrees), special.chi_squared_upper(statistic, degrees), reason)


def _fitted(t: _Tables, odds: Floats) -> tuple[Floats, Floats, Mask]:
    """The events expected of the group in each stratum at these odds, and their variance."""
    happened = t.x + t.y
    telling: Mask = (t.n > 0) & (happened > 0) & (happened < t.all)
    b = t.m - happened + odds * (t.n + happened)
    with np.errstate(invalid="ignore", divide="ignore"):
        root = np.sqrt(b**2 + 4 * (1 - odds) * odds * t.n * happened)
        a = 2 * odds * t.n * happened / (b + root)
        parts = 1 / a + 1 / (t.n - a) + 1 / (happened - a) + 1 / (t.m - happened + a)
        variance = np.where(telling, 1 / parts, 0.0)
    return a, np.nan_to_num(variance), telling


Given = tuple[Floats, Floats, Floats, Floats]


def _given(*parts: ArrayLike) -> Given:
    x, n, y, m = np.broadcast_arrays(*(floats(part) for part in parts))
    return x, n, y, m


def _shared(x: Floats, n: Floats, y: Floats, m: Floats) -> _Tables:
    """The strata with both groups; nought, of one person, in the others."""
    both = (n > 0) & (m > 0)
    x, n, y, m = (np.where(both, part, 0.0) for part in (x, n, y, m))
    return _Tables(x, n, y, m, np.where(both, n + m, 1.0))


def _pooled(
    given: Given, odds: tuple[Floats, Floats], variance: Floats, crude: Floats, confidence: float
) -> Pooled:
    top, bottom = odds
    t = _shared(*given)
    none = np.where(_sum(t.y) == 0, Reason.NONE_ELSEWHERE, Reason.EVERYONE)
    reason = _reason(given, t, np.where(bottom > 0, Reason.ANSWERED, none))
    answered = reason == Reason.ANSWERED
    ratio = np.where(answered, divide(top, bottom), np.nan)
    reach = np.exp(
        special.normal_quantile(confidence) * np.sqrt(np.maximum(np.nan_to_num(variance), 0))
    )
    ends_reason = np.where(variance > 0, reason, Reason.ALL_ALIKE)
    ends_reason = np.where(top > 0, ends_reason, Reason.NONE_HERE)
    ends_reason = np.where(answered, ends_reason, reason).astype(np.int8)
    ended = ends_reason == Reason.ANSWERED
    low = np.where(ended, ratio / reach, np.where(answered & (top == 0), 0.0, np.nan))
    high = np.where(ended, ratio * reach, np.nan)
    wrong = reason == Reason.IMPOSSIBLE
    covered = np.where(wrong, np.nan, divide(_sum(t.n), _sum(given[1])))
    return Pooled(ratio, low, high, np.where(wrong, np.nan, crude), covered, reason, ends_reason)


def _reason(given: Given, t: _Tables, reason: ArrayLike) -> Reasons:
    """The first reason that holds, the last of them that given."""
    x, n, y, m = given
    answer = np.where(_sum(t.n) == 0, Reason.NO_SHARED_STRATUM, reason)
    answer = np.where(_sum(m) == 0, Reason.NOBODY_ELSE, answer)
    answer = np.where(_sum(n) == 0, Reason.NOBODY, answer)
    wrong = (impossible(x, n) | impossible(y, m)).any(axis=-1)
    return np.where(wrong, Reason.IMPOSSIBLE, answer).astype(np.int8)


def _rate(events: Floats, of: Floats) -> Floats:
    return divide(_sum(events), _sum(of))


def _sum(parts: Floats) -> Floats:
    return floats(parts.sum(axis=-1))
