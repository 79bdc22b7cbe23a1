"""Intervals of proportions, of counts and of differences."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from evenhand.analytics import special
from evenhand.analytics.arrays import Floats, divide, floats, in_blocks
from evenhand.analytics.reasons import impossible


class Interval(NamedTuple):
    """The ends of an interval, cell by cell; nan where there is none."""

    low: Floats
    high: Floats


class Difference(NamedTuple):
    """A difference of two proportions and the ends of its interval, each between -1 and 1."""

    difference: Floats
    low: Floats
    high: Floats


def wilson(events: ArrayLike, of: ArrayLike, confidence: float) -> Interval:
    """The score interval of a proportion `events / of`, from 0 to 1; nan where `of` is 0.

    (p + z2/2n -+ z sqrt(p(1-p)/n + z2/4n2)) / (1 + z2/n). Exactly 0 at no events and exactly 1
    where all are events. Wilson (1927), J. Am. Stat. Assoc. 22:209-212; Newcombe (1998),
    Statistics in Medicine 17:857-872, method 3.
    """
    z = special.normal_quantile(confidence)
    return Interval(*in_blocks(partial(_wilson, z), [np.float64] * 2, events, of))


def _wilson(z: float, counts: Sequence[Floats], ends: Sequence[Floats]) -> None:
    """Write the ends; what is half done stands in them too: new arrays cost more than sums."""
    (x, n), (low, high) = counts, ends
    others = n - x
    reach = np.multiply(x, others, out=low)
    reach /= n
    reach += z * z / 4
    np.sqrt(reach, out=reach)
    under = n + z * z
    reach *= np.divide(z, under, out=high)
    middle = np.add(x, z * z / 2, out=high)
    middle /= under
    below = np.subtract(middle, reach, out=under)
    high += reach
    low[...] = below
    if np.minimum(x, others, out=others).min() > 0:
        return
    low[x == 0], high[x == n] = 0.0, 1.0
    none = (n <= 0) | (x < 0) | (x > n)
    low[none] = high[none] = np.nan


def byar(events: ArrayLike, confidence: float) -> Interval:
    """Byar's interval of a count taken as Poisson, in events; low is 0 where there are none.

    low = x(1 - 1/9x - z/3sqrt(x))^3, high = (x+1)(1 - 1/9(x+1) + z/3sqrt(x+1))^3. Good from
    about ten events. Breslow and Day (1987), Statistical Methods in Cancer Research II, p. 69;
    Public Health England (2018), Commonly used public health statistics.
    """
    x = floats(events)
    z = special.normal_quantile(confidence)
    with np.errstate(divide="ignore", invalid="ignore"):
        low = x * (1 - 1 / (9 * x) - z / (3 * np.sqrt(x))) ** 3
        above = x + 1
        high = above * (1 - 1 / (9 * above) + z / (3 * np.sqrt(above))) ** 3
    return _counts(x, low, high)


def exact_poisson(events: ArrayLike, confidence: float) -> Interval:
    """The exact interval of a count taken as Poisson, in events; low is 0 where there are none.

    The means at which so many or more, and so few or fewer, have half the rest of `confidence`:
    quantiles of the gamma distribution. Garwood (1936), Biometrika 28:437-442.
    """
    x = floats(events)
    tail = (1 - confidence) / 2
    special.normal_quantile(confidence)
    with np.errstate(invalid="ignore"):
        low, high = special.poisson_mean_low(x, tail), special.poisson_mean_high(x, tail)
    return _counts(x, low, high)


def poisson(events: ArrayLike, confidence: float, exact_under: int) -> Interval:
    """The exact interval where there are fewer than `exact_under` events, Byar's elsewhere."""
    x = np.atleast_1d(floats(events))
    low, high = byar(x, confidence)
    few = x < exact_under
    if few.any():
        exact = exact_poisson(x[few], confidence)
        low[few], high[few] = exact.low, exact.high
    shape = np.shape(events)
    return Interval(low.reshape(shape), high.reshape(shape))


def newcombe(
    events: ArrayLike, of: ArrayLike, events_ref: ArrayLike, of_ref: ArrayLike, confidence: float
) -> Difference:
    """The first proportion less the second, with Newcombe's interval; nan where either has none.

    Squares and adds the Wilson distances. Newcombe (1998), Statistics in Medicine 17:873-890,
    method 10.
    """
    first, second = divide(*_possible(events, of)), divide(*_possible(events_ref, of_ref))
    one, two = wilson(events, of, confidence), wilson(events_ref, of_ref, confidence)
    down = np.hypot(first - one.low, two.high - second)
    up = np.hypot(one.high - first, second - two.low)
    gap = first - second
    return Difference(gap, gap - down, gap + up)


def _possible(events: ArrayLike, of: ArrayLike) -> tuple[Floats, Floats]:
    """The counts as floats of one shape, nan where they contradict each other."""
    x, n = np.broadcast_arrays(floats(events), floats(of))
    wrong = impossible(x, n)
    return np.where(wrong, np.nan, x), np.where(wrong, np.nan, n)


def _counts(x: Floats, low: Floats, high: Floats) -> Interval:
    """No events give a low end of 0; a count below nought has no interval."""
    return Interval(
        np.where(x == 0, 0.0, np.where(x < 0, np.nan, low)), np.where(x < 0, np.nan, high)
    )
