"""Wilson, Katz, z and Benjamini-Hochberg over 55,000 cells, against one logarithm and square root.

Small cells are apart, as the bound has them: Koopman's interval and Fisher's test for those with
fewer than five, in microseconds a cell. Waits, pooled ratios and funnels are told beside, each
against the least that must be done to the same numbers: they have no bound.
"""

from __future__ import annotations

import numpy as np

from benchmarks.timing import Row, pairs, row, seconds
from evenhand.analytics.funnels import FunnelSettings, funnel
from evenhand.analytics.intervals import wilson
from evenhand.analytics.log_rank import each_against_others
from evenhand.analytics.pooled import risk_ratio
from evenhand.analytics.ratios import relative_rate
from evenhand.analytics.survival import kaplan_meier
from evenhand.analytics.tests import benjamini_hochberg, fisher_exact, two_proportion_z
from evenhand.analytics.waits import between, life_table

CELLS, SMALL = 55_000, 5_000
BOUND = 10
WAITS, GROUPS, UNITS = 1_000_000, 20, 5_000


def cells(count: int, seed: int = 3) -> tuple[np.ndarray, ...]:
    """Made-up groups of 60 to 2,000 people against 5,000, with at least five of everything."""
    draw = np.random.default_rng(seed)
    of = draw.integers(60, 2000, count).astype(float)
    events = np.clip(draw.binomial(of.astype(int), 0.2), 5, of - 5).astype(float)
    return events, of, np.full(count, 1000.0), np.full(count, 5000.0)


def measured(counts: tuple[np.ndarray, ...]) -> np.ndarray:
    """All four measures of every cell."""
    wilson(counts[0], counts[1], 0.95)
    relative_rate(*counts, 0.95, score_under=0)
    return benjamini_hochberg(two_proportion_z(*counts).p)


def run() -> list[Row]:
    """The bound's row, and what the small cells cost."""
    counts = cells(CELLS)
    ours, floor = pairs(
        lambda: measured(counts), lambda: (np.log(counts[0]), np.sqrt(counts[0])), 41
    )
    name = "statistics of 55,000 cells / one logarithm and square root"
    return [row(name, ours, floor, BOUND, f"{_small()}; {_waits()}; {_pooled()}; {_units()}")]


def _small() -> str:
    few = cells(SMALL)
    few[0][:] = np.arange(SMALL) % 5
    score = seconds(lambda: relative_rate(*few, 0.95, score_under=5)) / SMALL * 1e6
    exact = seconds(lambda: fisher_exact(*few)) / SMALL * 1e6
    return f"small cells: Koopman {score:.0f}, Fisher {exact:.0f} microseconds a cell"


def _waits() -> str:
    """Curves and log-rank tests of a million waits of 20 groups; the floor counts them once."""
    draw = np.random.default_rng(5)
    began, took = draw.integers(20_000, 20_365, WAITS), draw.geometric(0.03, WAITS)
    groups = draw.integers(0, GROUPS, WAITS)

    def work() -> None:
        table = life_table(between(began, began + took, 20_400), groups, GROUPS)
        kaplan_meier(table, 0.95), each_against_others(table)

    ours, floor = pairs(work, lambda: np.bincount(groups * 500 + took))
    return f"a million waits {ours / floor:.1f} times one count of them"


def _pooled() -> str:
    """Ratios of 5,000 pairs of groups over eleven strata; the floor takes their logarithms."""
    x, n, y, m = (part[: 11 * SMALL].reshape(-1, 11) for part in cells(11 * SMALL))
    ours, floor = pairs(lambda: risk_ratio(x, n, y, m, 0.95), lambda: (np.log(x), np.log(y)))
    return f"pooled ratios {ours / floor:.1f} times their logarithms"


def _units() -> str:
    """5,000 units placed in a funnel; the floor takes logarithms and square roots."""
    events, of, _, _ = cells(UNITS)
    how = FunnelSettings((0.95, 0.998), winsorised=0.1, significance=0.05, spread_from=10)
    ours, floor = pairs(lambda: funnel(events, of, how), lambda: (np.log(events), np.sqrt(of)))
    return f"a funnel {ours / floor:.0f} times a logarithm and a square root"
