"""Koopman's score interval of a ratio of two proportions: right where events are few or none."""

from __future__ import annotations

import numpy as np

from evenhand.analytics import special
from evenhand.analytics.arrays import Floats, Mask
from evenhand.analytics.intervals import Interval

_STEPS = 80
_FARTHEST = 60.0  # e to the 60: farther than any ratio of two counts of people.


def koopman(x: Floats, n: Floats, y: Floats, m: Floats, confidence: float) -> Interval:
    """The ratios of x/n to y/m that the score test does not refuse; one dimension, n and m over 0.

    Low is 0 where x is 0. High is nan where y is 0, for then there is no upper end. Both are nan
    where x and y are 0. Found by halving the interval of the logarithm, for every cell at once.
    Koopman (1984), Biometrics 40:513-517; Nam (1995), Biometrical Journal 37:211-220.
    """
    limit = special.normal_quantile(confidence) ** 2
    middle = _log_ratio(x, n, y, m)
    low = _solve(np.full_like(x, -_FARTHEST), middle, (x, n, y, m), limit)
    high = _solve(np.full_like(x, _FARTHEST), middle, (x, n, y, m), limit)
    neither = (x == 0) & (y == 0)
    low_end = np.where(x == 0, 0.0, np.exp(low))
    high_end = np.where(y == 0, np.nan, np.exp(high))
    return Interval(np.where(neither, np.nan, low_end), np.where(neither, np.nan, high_end))


Counts = tuple[Floats, Floats, Floats, Floats]


def _log_ratio(x: Floats, n: Floats, y: Floats, m: Floats) -> Floats:
    """The logarithm of the ratio seen, and of the far end where one of the two is none."""
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.log(x) - np.log(n) - np.log(y) + np.log(m)
    return np.where(np.isnan(ratio), 0.0, np.clip(ratio, -_FARTHEST, _FARTHEST))


def _solve(outside: Floats, inside: Floats, counts: Counts, limit: float) -> Floats:
    """The logarithm between `outside`, refused, and `inside`, not refused, where refusal begins."""
    for _ in range(_STEPS):
        half = (outside + inside) / 2
        refused = _refused(np.exp(half), counts, limit)
        outside, inside = np.where(refused, half, outside), np.where(refused, inside, half)
    return (outside + inside) / 2


def _refused(ratio: Floats, counts: Counts, limit: float) -> Mask:
    """Whether the score test refuses each ratio: Pearson's chi-squared at the likeliest rates.

    p2 = 2(x+y) / (b + sqrt(b^2 - 4 ratio (n+m)(x+y))), b = ratio(n+y) + x + m, is the smaller
    root, written so that no two large numbers are taken from each other.
    """
    x, n, y, m = counts
    b = ratio * (n + y) + x + m
    root = np.sqrt(np.maximum(b * b - 4 * ratio * (n + m) * (x + y), 0.0))
    with np.errstate(divide="ignore", invalid="ignore"):
        rate_ref = 2 * (x + y) / (b + root)
        rate = ratio * rate_ref
        score = _term(x, n, rate) + _term(y, m, rate_ref)
    refused: Mask = ~(score <= limit)
    return refused


def _term(events: Floats, of: Floats, rate: Floats) -> Floats:
    """What one group adds to chi-squared; nothing where the rate is just what was seen."""
    expected = of * rate
    gap = events - expected
    return np.where(np.abs(gap) <= 1e-12 * of, 0.0, gap * gap / (expected * (1 - rate)))
