"""Whether a share rises or falls by more than chance: against an independent library."""

from __future__ import annotations

import math

import numpy as np
import pytest
from statsmodels.stats.contingency_tables import Table

from evenhand.analytics.reasons import Reason
from evenhand.analytics.trends import chance_of_trend


@pytest.mark.parametrize("seed", range(5))
def test_equal_to_an_independent_library(seed: int) -> None:
    made = np.random.default_rng(seed)
    of = made.integers(5, 200, 8)
    events = made.binomial(of, np.linspace(0.2, 0.2 + seed / 20, 8))
    found = chance_of_trend(events, of)
    table = Table(np.column_stack([of - events, events]), shift_zeros=False)
    theirs = table.test_ordinal_association(
        row_scores=np.arange(len(of)), col_scores=np.array([0, 1])
    )
    n = of.sum()
    assert math.isclose(found.statistic, theirs.zscore**2 * n / (n - 1), rel_tol=1e-9)
    assert found.rises == (theirs.zscore > 0)


def test_worked_by_hand() -> None:
    """10, 20 and 30 of 100: T = 20, R = 0.2, spread 200; 400 / (0.16 x 200) = 12.5."""
    found = chance_of_trend([10, 20, 30], [100, 100, 100])
    assert math.isclose(found.statistic, 12.5)
    assert found.rises


@pytest.mark.parametrize(
    ("events", "of", "why"),
    [([], [], Reason.NOBODY), ([0, 0], [0, 0], Reason.NOBODY), ([3], [9], Reason.ONE_GROUP),
     ([0, 0], [9, 8], Reason.ALL_ALIKE), ([9, 8], [9, 8], Reason.ALL_ALIKE),
     ([9, 1], [8, 8], Reason.IMPOSSIBLE)],
)  # fmt: skip
def test_no_answer_has_a_reason(events: list[int], of: list[int], why: Reason) -> None:
    found = chance_of_trend(events, of)
    assert found.reason == why
    assert math.isnan(found.p)
