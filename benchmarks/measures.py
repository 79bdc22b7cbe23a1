"""Wilson, Katz, z and Benjamini-Hochberg over 55,000 cells, against one logarithm and square root.

Small cells are apart, as the bound has them: Koopman's interval and Fisher's test for those with
fewer than five, in microseconds a cell.
"""

from __future__ import annotations

import numpy as np

from benchmarks.timing import Row, pairs, row, seconds
from evenhand.analytics.intervals import wilson
from evenhand.analytics.ratios import relative_rate
from evenhand.analytics.tests import benjamini_hochberg, fisher_exact, two_proportion_z

CELLS, SMALL = 55_000, 5_000
BOUND = 10


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
    return [row(name, ours, floor, BOUND, _small())]


def _small() -> str:
    few = cells(SMALL)
    few[0][:] = np.arange(SMALL) % 5
    score = seconds(lambda: relative_rate(*few, 0.95, score_under=5)) / SMALL * 1e6
    exact = seconds(lambda: fisher_exact(*few)) / SMALL * 1e6
    return f"small cells: Koopman {score:.0f}, Fisher {exact:.0f} microseconds a cell"
