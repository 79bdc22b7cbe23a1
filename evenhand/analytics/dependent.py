"""Tests where brothers and sisters, or one child met again, are not separate evidence."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evenhand.analytics import special
from evenhand.analytics.arrays import Floats, Ints, divide, floats, ints
from evenhand.analytics.log_rank import AgainstOthers, each_against_others
from evenhand.analytics.reasons import Reason
from evenhand.analytics.waits import LifeTable, Waits, life_table


def each_against_others_by_family(
    waits: Waits, groups: ArrayLike, size: int, families: ArrayLike
) -> AgainstOthers:
    """Test each known group's waits against those of all others, families apart from each other.

    As `log_rank.each_against_others`, but its variance is the sum over families of the square of
    what each adds to done less expected, and never less than that of children who have nothing to
    do with one another. A wait adds done (own - p) less the sum over the days seen of (own - p)
    d/n, p the share of the group among the n waiting. Lee, Wei and Amato (1992), in Klein and Goel,
    Survival Analysis: State of the Art, 237-247; Lin and Wei (1989), J. Am. Stat. Assoc.
    84:1074-1078.
    """
    table = life_table(waits, groups, size)
    alone = each_against_others(table)
    gap = alone.done - alone.expected
    between = _between_families(waits, ints(groups), table, ints(families))
    variance = np.fmax(divide(gap**2, alone.statistic), between)
    statistic = np.where(gap == 0, alone.statistic, divide(gap**2, variance))
    return alone._replace(statistic=statistic, p=special.chi_squared_upper(statistic, 1))


def effect_of_families(
    happened: ArrayLike, ours: ArrayLike, strata: ArrayLike, families: ArrayLike
) -> float:
    """By how much families make the variance of the logarithm of `pooled.risk_ratio` greater.

    A row an event: whether it `happened`, whether it is `ours` or the others', the number of its
    stratum and its family. The square of what each family adds to the logarithm of the ratio over
    that of what each row adds alone; never under 1. Lin and Wei (1989); Rao and Scott (1992),
    Biometrics 48:577-585.
    """
    x, own, stratum = np.asarray(happened, bool), np.asarray(ours, bool), ints(strata)
    n, m = (np.bincount(stratum, weights=part, minlength=1) for part in (own, ~own))
    went = [np.bincount(stratum[part & x], minlength=len(n)) for part in (own, ~own)]
    others = (divide(m, n + m), divide(n, n + m))
    sums = [float(np.nansum(one * each)) for one, each in zip(went, others, strict=True)]
    rates = divide(went[0], n)[stratum], divide(went[1], m)[stratum]
    added = [
        divide(np.nan_to_num(each[stratum] * (x - rate)), total)
        for each, rate, total in zip(others, rates, sums, strict=True)
    ]
    both = np.nan_to_num(np.where(own, added[0], -added[1]))
    whose = np.unique(ints(families), return_inverse=True)[1]
    ratio = divide(_squares(both, whose), float((both**2).sum()))
    return max(1.0, float(np.nan_to_num(ratio, nan=1.0)))


def _between_families(waits: Waits, groups: Ints, table: LifeTable, families: Ints) -> Floats:
    """The sum over families of the squares of what they add, for each known group."""
    size = len(table.people) - 1
    counts = (waits.reason == Reason.ANSWERED) & (groups >= 0) & (groups < size)
    whose = np.unique(families[counts], return_inverse=True)[1]
    group, done = groups[counts], waits.done[counts]
    place = np.searchsorted(table.days, waits.days[counts])
    at_risk, waiting = table.at_risk[:-1], table.at_risk[:-1].sum(axis=0)
    share = np.nan_to_num(divide(at_risk, waiting))
    hazard = np.nan_to_num(divide(table.done[:-1].sum(axis=0), waiting))
    own, theirs = np.cumsum(hazard), np.cumsum(share * hazard, axis=1)
    return floats([
        _squares(np.where(group == each, done - own[place], 0.0)
                 - np.where(done, share[each, place], 0.0) + theirs[each, place], whose)
        for each in range(size)
    ])  # fmt: skip


def _squares(added: Floats, whose: Ints) -> float:
    return float((np.bincount(whose, weights=added) ** 2).sum())
