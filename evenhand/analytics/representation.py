"""A group's share of a service beside its share of the population, and stage against stage.

A ratio to population describes. It does not say that anyone was treated differently, for groups
differ in need; nothing here tests it against chance.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from evenhand.analytics import reasons, special
from evenhand.analytics.arrays import Floats, Mask, divide, floats, ints
from evenhand.analytics.intervals import wilson
from evenhand.analytics.rates import against
from evenhand.analytics.ratios import Ratio, relative_rate
from evenhand.analytics.reasons import Reason, Reasons


class Representation(NamedTuple):
    """Each group's `share` of the service, that of the population, and what divides them.

    `disproportionality` is the index of the one over the other; it cannot exceed its `ceiling`, 1
    over the share of the population, so that a large group's is never large. `disparity` is the
    group's rate over that of all others, or of the group named, and has no ceiling. `gap` is the
    difference of the shares, between -1 and 1.
    """

    share: Floats
    population_share: Floats
    disproportionality: Ratio
    ceiling: Floats
    disparity: Ratio
    gap: Floats
    gap_low: Floats
    gap_high: Floats


_Others = tuple[Floats, Floats]


class Stages(NamedTuple):
    """Relative rates a row a stage, a column a group.

    `stage`: of those who reached the stage before; `so_far`: of those at the start, the product of
    the stages up to it.
    """

    stage: Ratio
    so_far: Ratio


def representation(
    count: ArrayLike,
    population: ArrayLike,
    confidence: float,
    *,
    population_total: float | None = None,
    reference: int | None = None,
) -> Representation:
    """Compare the groups of a service with those of the population, taken as known.

    `count` is how many of each group are in the service, known groups only; `population` how many
    live here, or percentages with a `population_total` of 100; nan where the benchmark lacks a
    group, whose children are then in no share unless the total is given. Wilson's interval of the
    share, carried over. Hill (2006), Synthesis of Research on Disproportionality in Child Welfare;
    Shaw, Putnam-Hornstein, Magruder and Needell (2008), Child Welfare 87(2):23-36, who prefer the
    disparity index for want of a ceiling.
    """
    x, n = np.broadcast_arrays(floats(count), floats(population))
    has = np.isfinite(n)
    n = np.where(has, n, np.nan)
    total = float(n[has].sum()) if population_total is None else population_total
    all_of_it = float(x[has].sum() if population_total is None else x.sum())
    why = _reasons(x, n, total, all_of_it)
    answered = why == Reason.ANSWERED
    share, there = divide(x, all_of_it), divide(n, total)
    ends = wilson(x, np.full(x.shape, all_of_it), confidence)
    ours, low, high = (np.where(answered, part, np.nan) for part in (share, *ends))
    others = _compared(x, n, (all_of_it, total), reference)
    return Representation(
        share=ours,
        population_share=there,
        disproportionality=Ratio(divide(ours, there), divide(low, there), divide(high, there), why),
        ceiling=divide(1, there),
        disparity=_disparity(x, n, others, why, confidence),
        gap=ours - there,
        gap_low=low - there,
        gap_high=high - there,
    )


def rate_ratio(
    events: ArrayLike,
    population: ArrayLike,
    events_ref: ArrayLike,
    population_ref: ArrayLike,
    confidence: float,
) -> Ratio:
    """One group's events for each of its people over another's, the populations taken as known.

    Counts are taken as Poisson. The ends are the ratios r with (x - r y)2 = z2 r (x + y), times
    that of the populations: the score interval, which is Wilson's of x among x + y. Przyborowski
    and Wilenski (1940), Biometrika 31:313-323; Graham, Mengersen and Morton (2003), Statistics in
    Medicine 22:2071-2083.
    """
    x, n, y, m = np.broadcast_arrays(
        *(floats(part) for part in (events, population, events_ref, population_ref))
    )
    why = np.where(y == 0, Reason.NONE_ELSEWHERE, Reason.ANSWERED)
    why = np.where(m == 0, Reason.NOBODY_ELSE, why)
    why = np.where(n == 0, Reason.NOBODY, why)
    wrong = [reasons.of_population(*pair) == Reason.IMPOSSIBLE for pair in ((x, n), (y, m))]
    why = np.where(wrong[0] | wrong[1], Reason.IMPOSSIBLE, why)
    return _rate_ratio(x, n, (y, m), why, confidence)


def relative_rate_index(
    reached: ArrayLike,
    confidence: float,
    *,
    reference: int | None = None,
    known: ArrayLike | None = None,
    score_under: int = 5,
) -> Stages:
    """Where along the way a difference arises: each stage's relative rate, and that so far.

    `reached` has a row for the start and one for each stage, a column for each group: how many
    reached it, of those who reached the one before. Against all other `known` groups, or the group
    `reference`. Feyerherm, Snyder and Villarruel (2009), Disproportionate Minority Contact
    Technical Assistance Manual, 4th edition, chapter 1 (Office of Juvenile Justice and Delinquency
    Prevention).
    """
    counts = np.atleast_2d(ints(reached))
    taken = np.ones(counts.shape[1], bool) if known is None else np.asarray(known, bool)
    before, start = counts[:-1], np.broadcast_to(counts[:1], counts[1:].shape)
    return Stages(
        *(
            _against_others(counts[1:], of, reference, taken, (confidence, score_under))
            for of in (before, start)
        )
    )


def _against_others(
    events: ArrayLike,
    of: ArrayLike,
    reference: int | None,
    taken: Mask,
    how: tuple[float, int],
) -> Ratio:
    x, n = ints(events), ints(of)
    stages, groups = x.shape
    sets, numbers = np.divmod(np.arange(x.size), max(groups, 1))
    known = np.tile(taken, stages)
    other = against(x.ravel(), n.ravel(), numbers, reference, sets=sets, known=known)
    found = relative_rate(x.ravel(), n.ravel(), *other, *how)
    outside = ~known if reference is None else ~known & (numbers != reference)
    ratio, low, high = (np.where(outside, np.nan, part) for part in found[:3])
    why = np.where(outside, Reason.NOT_COMPARED, found.reason).astype(np.int8)
    return Ratio(ratio, low, high, why).reshape(x.shape)


def _compared(x: Floats, n: Floats, totals: tuple[float, float], reference: int | None) -> _Others:
    """Those not of each group, or those of the group named: in the service, and in all."""
    if reference is None:
        return totals[0] - x, totals[1] - n
    own = np.arange(len(x)) == reference
    return np.where(own, 0.0, x[own].sum()), np.where(own, 0.0, n[own].sum())


def _disparity(x: Floats, n: Floats, others: _Others, why: Reasons, confidence: float) -> Ratio:
    reason = np.where(others[0] == 0, Reason.NONE_ELSEWHERE, Reason.ANSWERED)
    reason = np.where(np.isnan(others[1]), Reason.NO_BENCHMARK, reason)
    reason = np.where(others[1] == 0, Reason.NOBODY_ELSE, reason)
    reason = np.where(why == Reason.ANSWERED, reason, why)
    return _rate_ratio(x, n, others, reason, confidence)


def _rate_ratio(
    x: Floats, n: Floats, others: _Others, reason: ArrayLike, confidence: float
) -> Ratio:
    x, y = (np.where(np.isfinite(part) & (part >= 0), part, 0.0) for part in (x, others[0]))
    m = others[1]
    why = np.asarray(reason).astype(np.int8)
    answered = why == Reason.ANSWERED
    scale = divide(m, n)
    spread = special.normal_quantile(confidence) ** 2 * (x + y)
    whole = 2 * x * y + spread + np.sqrt(np.maximum(spread * (4 * x * y + spread), 0))
    low, high = scale * divide(2 * x**2, whole), scale * divide(whole, 2 * y**2)
    bounded = answered | ((why == Reason.NONE_ELSEWHERE) & (x > 0))
    ratio = np.where(answered, divide(x, y) * scale, np.nan)
    return Ratio(ratio, np.where(bounded, low, np.nan), np.where(answered, high, np.nan), why)


def _reasons(x: Floats, n: Floats, total: float, all_of_it: float) -> Reasons:
    why = np.where(n == 0, Reason.BENCHMARK_ZERO, Reason.ANSWERED)
    why = np.where(all_of_it == 0, Reason.NOBODY, why)
    why = np.where(np.isnan(n) | (total <= 0), Reason.NO_BENCHMARK, why)
    wrong = not np.isfinite(x).all() or (x < 0).any() or (n < 0).any()
    return np.where(wrong | (n > total), Reason.IMPOSSIBLE, why).astype(np.int8)
