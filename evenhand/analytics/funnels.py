"""Teams, homes or authorities of many sizes: which differ from the whole by more than chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from evenhand.analytics import special
from evenhand.analytics.arrays import Floats, Ints, Mask, divide, floats, ints
from evenhand.analytics.reasons import Reason, Reasons, impossible


@dataclass(frozen=True)
class FunnelSettings:
    """How to judge units; every number comes from the pack.

    `levels`: the shares of chance that each pair of limits holds, the narrowest first, such as
    0.95 and 0.998. `winsorised`: the share at either end that may not sway the spread, such as
    0.1. `significance`: units are spread by more than chance where its probability is at most
    this; not judged of fewer than `spread_from` units, among which one that stands out would be
    taken for a spread and hide itself.
    """

    levels: tuple[float, ...]
    winsorised: float
    significance: float
    spread_from: int


class Spread(NamedTuple):
    """How much units differ among themselves.

    `phi`: the mean of the squared z, extremes drawn in; about 1 where chance alone is at work.
    `between`: the variance of the units' own rates; 0 unless the spread is `over` what chance
    gives, by its probability `p`. nan where it was not `judged`, for there are too few units.
    """

    phi: float
    between: float
    p: float
    over: bool
    judged: bool


class Limits(NamedTuple):
    """The limits at each size, a row a level: a unit between them does not stand out."""

    low: Floats
    high: Floats


class Funnel(NamedTuple):
    """Each unit's share, and its `place`: how many limits it lies beyond, below 0 if under.

    `can_tell` is False for a unit so small that no outcome could lie outside the first limits.
    """

    target: float
    share: Floats
    place: Ints
    can_tell: Mask
    spread: Spread
    reason: Reasons


def funnel(
    events: ArrayLike, of: ArrayLike, settings: FunnelSettings, target: float | None = None
) -> Funnel:
    """Place each unit against the `target`, that of all units together when not given.

    A unit is beyond a limit where the exact binomial probability of so few or so many is at most
    half of what the limits leave out, and, where units are spread by more than chance, where its z
    widened by the variance between units is beyond too. Spiegelhalter (2005), Statistics in
    Medicine 24:1185-1202.
    """
    x, n = np.broadcast_arrays(floats(events), floats(of))
    reason = _reasons(x, n, target)
    here = (reason == Reason.ANSWERED) | (reason == Reason.ONE_GROUP)
    aim = target if target is not None else float(divide(x[here].sum(), n[here].sum()))
    usable = reason == Reason.ANSWERED
    spread = dispersion(x[usable], n[usable], aim, settings)
    place, can_tell = np.zeros(x.shape, np.int64), np.zeros(x.shape, bool)
    place[usable] = _place(x[usable], n[usable], aim, spread, settings.levels)
    can_tell[usable] = _can_tell(n[usable], aim, settings.levels[0])
    share = np.where(here, divide(x, n), np.nan)
    return Funnel(aim, share, place, can_tell, spread, reason)


def limits(of: ArrayLike, target: float, levels: Sequence[float], between: float = 0.0) -> Limits:
    """The limits to draw for units of sizes `of`, between 0 and 1.

    Exact binomial, interpolated: (r - a)/n, r the least count of cumulative probability at least
    p, a = (P(r) - p) / (P(r) - P(r - 1)); Spiegelhalter (2005), A.1.1. Where units vary by
    `between` besides: target -+ z sqrt(target(1 - target)/n + between), A.3.2.
    """
    n = floats(of)
    tails = (1 - floats(levels)[:, None]) / 2
    if between > 0:
        far = np.array([[special.normal_quantile(level)] for level in levels])
        reach = far * np.sqrt(divide(target * (1 - target), n) + between)
        return Limits(np.maximum(target - reach, 0), np.minimum(target + reach, 1))
    return Limits(_interpolated(tails, n, target), _interpolated(1 - tails, n, target))


def dispersion(events: ArrayLike, of: ArrayLike, target: float, settings: FunnelSettings) -> Spread:
    """How much more the units are spread than chance gives; every unit must have people.

    z = (share - target) / s, drawn in to its quantiles at `winsorised` and its complement; phi its
    mean square over I units, I phi against chi-squared of I degrees; between = (I phi - (I - 1)) /
    (W - sum of w2 / W), w = 1/s2, W their sum. Spiegelhalter (2005), A.3.
    """
    x, n = floats(events), floats(of)
    if len(x) < max(settings.spread_from, 2) or not 0 < target < 1:
        return Spread(np.nan, 0.0, np.nan, over=False, judged=False)
    weights = n / (target * (1 - target))
    z = (x / n - target) * np.sqrt(weights)
    ends = np.quantile(z, [settings.winsorised, 1 - settings.winsorised])
    squares = float((np.clip(z, *ends) ** 2).sum())
    p = float(special.chi_squared_upper(squares, len(x)))
    total = weights.sum()
    between = (squares - (len(x) - 1)) / (total - (weights**2).sum() / total)
    over = p <= settings.significance and between > 0
    kept = float(between) if over else 0.0
    return Spread(squares / len(x), kept, p, over=bool(over), judged=True)


def _place(x: Floats, n: Floats, target: float, spread: Spread, levels: Sequence[float]) -> Ints:
    """The limits passed, by the exact test and, where spread is over, by the widened z too."""
    tails = (1 - floats(levels)[:, None]) / 2
    under = (special.binomial_at_most(x, n, target) <= tails).sum(axis=0)
    beyond = (special.binomial_at_least(x, n, target) <= tails).sum(axis=0)
    if spread.over:
        z = (x / n - target) / np.sqrt(target * (1 - target) / n + spread.between)
        far = np.array([[special.normal_quantile(level)] for level in levels])
        under = np.minimum(under, (z < -far).sum(axis=0))
        beyond = np.minimum(beyond, (z > far).sum(axis=0))
    return ints(beyond - under)


def _can_tell(n: Floats, target: float, level: float) -> Mask:
    """Whether none of them, or all of them, would lie outside the limits of this level."""
    least = np.minimum(
        special.binomial_at_most(0, n, target), special.binomial_at_least(n, n, target)
    )
    possible: Mask = least <= (1 - level) / 2
    return possible


def _interpolated(p: Floats, n: Floats, target: float) -> Floats:
    """The quantile of the share as if the binomial were smooth."""
    if not 0 < target < 1:
        return np.broadcast_to(target, np.broadcast_shapes(p.shape, n.shape)).astype(float)
    r = _quantile(p, n, target)
    here, before = (special.binomial_at_most(r - k, n, target) for k in (0, 1))
    return np.clip(divide(r - divide(here - p, here - before), n), 0, 1)


def _quantile(p: Floats, n: Floats, target: float) -> Floats:
    """The least count whose cumulative probability is at least `p`, by halving."""
    low, high = (np.broadcast_to(part, np.broadcast(p, n).shape) for part in (-1.0, n))
    for _ in range(int(n.max(initial=1)).bit_length() + 1):
        middle = np.floor((low + high) / 2)
        enough = special.binomial_at_most(middle, n, target) >= p
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    return high


def _reasons(x: Floats, n: Floats, target: float | None) -> Reasons:
    wrong = impossible(x, n)
    reason = np.where(n == 0, Reason.NOBODY, Reason.ANSWERED)
    reason = np.where(wrong, Reason.IMPOSSIBLE, reason).astype(np.int8)
    if target is None and np.count_nonzero(reason == Reason.ANSWERED) < 2:
        reason[reason == Reason.ANSWERED] = Reason.ONE_GROUP
    return reason
