"""One group's rate against another's: relative rate, odds ratio and the four-fifths test."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from evenhand.analytics import reasons, special
from evenhand.analytics.arrays import Column, Floats, Mask, floats, in_blocks, ints
from evenhand.analytics.koopman import koopman
from evenhand.analytics.reasons import Reason, Reasons


class Ratio(NamedTuple):
    """A ratio, the ends of its interval and why it has none; nan where there is no such number.

    Where none of the comparison group had the event there is no ratio and no high end, but `low`
    still says what it is at least.
    """

    ratio: Floats
    low: Floats
    high: Floats
    reason: Reasons

    def reshape(self, shape: tuple[int, ...]) -> Ratio:
        """The same cells laid out as `shape`."""
        ends = (self.low.reshape(shape), self.high.reshape(shape))
        return Ratio(self.ratio.reshape(shape), *ends, self.reason.reshape(shape))


Counts = tuple[Floats, Floats, Floats, Floats]


def relative_rate(
    events: ArrayLike,
    of: ArrayLike,
    events_ref: ArrayLike,
    of_ref: ArrayLike,
    confidence: float,
    score_under: int = 5,
) -> Ratio:
    """The rate `events / of` over the rate `events_ref / of_ref`, and its interval.

    Katz's logarithmic interval, exp(log RR -+ z sqrt(1/x - 1/n + 1/y - 1/m)); Koopman's score
    interval where either group has fewer than `score_under` events, or fewer without the event,
    for there Katz's is too narrow or has no value. Katz and others (1978), Biometrics 34:469-474.
    """
    shape, counts = _flat(events, of, events_ref, of_ref)
    z = special.normal_quantile(confidence)
    ratio, low, high, few, why = in_blocks(partial(_katz, z, score_under), _KATZ, *counts)
    places = np.flatnonzero(few)
    if len(places):
        x, n, y, m = (part[places] for part in counts)
        low[places], high[places] = koopman(x, n, y, m, confidence)
    return Ratio(ratio, low, high, why).reshape(shape)


def odds_ratio(
    events: ArrayLike,
    of: ArrayLike,
    events_ref: ArrayLike,
    of_ref: ArrayLike,
    confidence: float,
) -> Ratio:
    """The odds of the event in one group over the odds in the other, with Woolf's interval.

    exp(log OR -+ z sqrt(1/a + 1/b + 1/c + 1/d)). No odds where all of either group had the event
    or none of the comparison group did. Where none of the group did, the ratio is 0 and the
    interval is that of a half added to each count. Woolf (1955), Annals of Human Genetics
    19:251-253; Gart (1966), Biometrika 53:117-125.
    """
    shape, (x, n, y, m) = _flat(events, of, events_ref, of_ref)
    why = reasons.of_ratio(x, n, y, m)
    all_in = (why == Reason.ANSWERED) & ((x == n) | (y == m))
    why = np.where(all_in, Reason.EVERYONE, why).astype(np.int8)
    half = np.where(x == 0, 0.5, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        a, b, c, d = x + half, n - x + half, y + half, m - y + half
        centre = np.log(a) - np.log(b) - np.log(c) + np.log(d)
        reach = special.normal_quantile(confidence) * np.sqrt(1 / a + 1 / b + 1 / c + 1 / d)
        ratio = np.where(x == 0, 0.0, np.exp(centre))
        ends = [np.exp(centre - reach), np.exp(centre + reach)]
    parts = [np.where(why == Reason.ANSWERED, part, np.nan) for part in (ratio, *ends)]
    return Ratio(parts[0], parts[1], parts[2], why).reshape(shape)


def four_fifths(
    events: ArrayLike,
    of: ArrayLike,
    events_ref: ArrayLike,
    of_ref: ArrayLike,
    num: int,
    den: int,
) -> Mask:
    """Whether the relative rate lies from `num/den` to `den/num`, ends included, in integers.

    8 of 100 against 10 of 100 is exactly four fifths, and inside. Nobody in either group, or no
    event in both, is inside, for it shows nothing; look at the ratio's reason. Ministry of
    Justice (2024), Ethnicity and the Criminal Justice System, technical guide: relative rates
    from 0.8 to 1.25 are taken as parity; 29 CFR 1607.4 D. Never the only ground for a flag.
    """
    one, other = ints(events) * ints(of_ref), ints(events_ref) * ints(of)
    inside: Mask = (one * den >= other * num) & (one * num <= other * den)
    return inside


def _flat(*parts: ArrayLike) -> tuple[tuple[int, ...], Counts]:
    """The counts' common shape, and each as one row of floats."""
    x, n, y, m = np.broadcast_arrays(*(floats(part) for part in parts))
    return x.shape, (x.ravel(), n.ravel(), y.ravel(), m.ravel())


_KATZ = (np.float64, np.float64, np.float64, np.bool_, np.int8)


def _katz(z: float, score_under: int, counts: Sequence[Floats], answers: Sequence[Column]) -> None:
    """Write the ratio and Katz's interval, nan where they have no value; where few; why none."""
    (x, n, y, m), (ratio, low, high, few, why) = counts, answers
    others, others_ref = n - x, m - y
    least = np.minimum(x, np.minimum(others, np.minimum(y, others_ref)))
    np.less(least, score_under, out=few)
    np.multiply(x, m, out=ratio)
    ratio /= np.multiply(n, y, out=low)
    # 1/x - 1/n is (n - x)/xn, with nothing taken from what is nearly as large.
    factor = np.divide(others, np.multiply(x, n, out=low), out=high)
    factor += np.divide(others_ref, np.multiply(y, m, out=low), out=low)
    np.sqrt(factor, out=factor)
    factor *= z
    np.exp(factor, out=factor)
    np.divide(ratio, factor, out=low)
    high *= ratio
    why[...] = Reason.ANSWERED
    if least.min() > 0:  # Then each count is possible and none is nought.
        return
    why[...] = reasons.of_ratio(x, n, y, m)
    few &= (why == Reason.ANSWERED) | (why == Reason.NONE_ELSEWHERE)
    none = why != Reason.ANSWERED
    ratio[none] = np.nan
    none |= ~np.isfinite(high)
    low[none] = high[none] = np.nan
