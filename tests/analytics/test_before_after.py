"""Changes compared: against an independent library's least squares with clustered errors."""

from __future__ import annotations

import math

import numpy as np
import pytest
import statsmodels.api as sm

from evenhand.analytics.before_after import Followed, change_of, compare
from evenhand.analytics.reasons import Reason


def _made(seed: int, people: int) -> Followed:
    rng = np.random.default_rng(seed)
    of_before, of_after = rng.integers(1, 6, people), rng.integers(0, 6, people)
    chance = rng.uniform(0.3, 0.9, people)
    return Followed(
        rng.binomial(of_before, chance), of_before, rng.binomial(of_after, chance), of_after
    )


def _rows(followed: Followed, ours: int, first: int) -> list[tuple[int, int, int, int]]:
    rows = []
    for place, (x, n, y, m) in enumerate(zip(*followed, strict=True)):
        for after, happened, of in ((0, x, n), (1, y, m)):
            rows += [(int(k < happened), after, ours, first + place) for k in range(of)]
    return rows


@pytest.mark.parametrize("seed", range(4))
def test_equal_to_an_independent_library(seed: int) -> None:
    ours, others = _made(seed, 40), _made(seed + 100, 60)
    rows = np.array([*_rows(ours, 1, 0), *_rows(others, 0, 1000)])
    y, after, mine, whose = rows.T
    design = np.column_stack([np.ones(len(y)), after, mine, after * mine])
    theirs = sm.OLS(y, design).fit(
        cov_type="cluster", cov_kwds={"groups": whose, "use_correction": False}
    )
    found = compare(ours, others, 0.95)
    low, high = theirs.conf_int()[3]
    assert math.isclose(found.difference, theirs.params[3], rel_tol=1e-9, abs_tol=1e-12)
    assert math.isclose(found.low, low, rel_tol=1e-6)
    assert math.isclose(found.high, high, rel_tol=1e-6)


def test_worked_by_hand() -> None:
    """From 2 of 4 to 3 of 4, each person once: a quarter more."""
    change = change_of(Followed([1, 1, 0, 0], [1] * 4, [1, 1, 1, 0], [1] * 4))
    assert (change.before, change.after, change.change) == (0.5, 0.75, 0.25)


def test_no_answer_has_a_reason() -> None:
    some, nothing = Followed([1], [2], [1], [2]), Followed([0], [0], [0], [0])
    assert compare(nothing, some, 0.95).reason == Reason.NOBODY
    assert compare(some, nothing, 0.95).reason == Reason.NOBODY_ELSE
    assert compare(Followed([3], [2], [1], [2]), some, 0.95).reason == Reason.IMPOSSIBLE
    assert math.isnan(compare(some, nothing, 0.95).difference)
