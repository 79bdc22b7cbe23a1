"""Suppression of one two-way table, for each hidden cell, by size of table.

The bound is in microseconds, so ``ratio`` is too. Agreement with a linear programme is a matter of
``tests/analytics/test_suppression.py``; here the audit must find nothing exposed.
"""

from __future__ import annotations

import numpy as np

from benchmarks.timing import PAIRS, Row, seconds
from evenhand.analytics.suppression import exposed, suppress, with_totals

BOUND_MICROSECONDS = 20
THRESHOLD = 5
SHAPES = ((6, 5, 20), (18, 6, 40), (18, 18, 6), (153, 5, 20), (153, 18, 100))
CELLS = 4000


def tables(rows: int, columns: int, mean: int) -> list[np.ndarray]:
    """Made-up tables of that shape, about four thousand cells together, many of them small."""
    draw = np.random.default_rng(1)
    count = max(1, CELLS // (rows * columns))
    return [draw.poisson(draw.gamma(0.4, mean, (rows, columns))) for _ in range(count)]


def run() -> list[Row]:
    """A row for each shape."""
    return [_row(*shape) for shape in SHAPES]


def _row(rows: int, columns: int, mean: int) -> Row:
    made = tables(rows, columns, mean)
    done = [suppress(table, THRESHOLD) for table in made]
    hidden = sum(int(each.hidden.sum()) for each in done)
    for table, each in zip(made, done, strict=True):
        assert not exposed(with_totals(table), each.hidden).any()
    took = sorted(seconds(lambda: [suppress(table, THRESHOLD) for table in made])
                  for _ in range(PAIRS))[PAIRS // 2]  # fmt: skip
    each_cell = took / hidden * 1e6
    return {
        "name": f"suppression of a table of {rows} by {columns}, microseconds a hidden cell",
        "ratio": round(each_cell, 2), "bound": BOUND_MICROSECONDS,
        "holds": each_cell <= BOUND_MICROSECONDS,
        "detail": f"{hidden} hidden in {len(made)} tables, of them "
                  f"{sum(int(each.primary.sum()) for each in done)} small themselves",
    }  # fmt: skip
