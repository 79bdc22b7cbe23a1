"""One call compares every group, and each thing that cannot be answered is named."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from evenhand.analytics.disparity import Cells, Settings, chance, compare
from evenhand.analytics.intervals import wilson
from evenhand.analytics.ratios import relative_rate
from evenhand.analytics.reasons import Reason
from evenhand.analytics.tests import holm

SETTINGS = Settings(
    confidence=0.95, correction="holm", significance=0.05, band=(4, 5), exact_under=5,
    score_under=5, threshold=5,
)  # fmt: skip


def test_a_planted_difference_is_flagged_and_its_numbers_are_those_of_the_measures() -> None:
    found = compare([300, 100, 122], [1000, 500, 500], [0, 1, 2], SETTINGS)
    assert found.flag.tolist() == [True, True, False]
    assert found.with_.events.tolist() == [222, 422, 400]
    assert found.rate.tolist() == [0.3, 0.2, 0.244]
    np.testing.assert_array_equal(found.interval.low, wilson([300, 100, 122], found.of, 0.95).low)
    ratio = relative_rate([300, 100, 122], found.of, [222, 422, 400], [1000, 1500, 1500], 0.95)
    np.testing.assert_array_equal(found.ratio.high, ratio.high)
    theirs = stats.chi2_contingency([[300, 700], [222, 778]], correction=False).pvalue
    assert found.p[0] == pytest.approx(theirs, rel=1e-9)
    np.testing.assert_array_equal(found.corrected, holm(found.p))


def test_a_difference_inside_the_band_is_no_flag_however_unlikely() -> None:
    found = compare([50_000, 45_000], [100_000, 100_000], [0, 1], SETTINGS)
    assert found.beyond_chance.all()
    assert found.inside.all()
    assert not found.flag.any()


def test_a_great_difference_among_few_is_no_flag() -> None:
    found = compare([2, 30], [3, 100], [0, 1], SETTINGS)
    assert not found.inside[0]
    assert not found.flag.any()


def test_few_take_fishers_test() -> None:
    found = chance([2, 300], [3, 1000], [30, 205], [100, 1000], 5)
    assert found[0] == pytest.approx(stats.fisher_exact([[2, 1], [30, 70]]).pvalue, rel=1e-9)
    theirs = stats.chi2_contingency([[300, 700], [205, 795]], correction=False).pvalue
    assert found[1] == pytest.approx(theirs, rel=1e-9)


def test_not_known_has_a_rate_and_is_compared_with_no_one() -> None:
    found = compare([30, 20, 9], [100, 100, 30], [0, 1, 2], SETTINGS, known=[True, True, False])
    assert found.rate[2] == 0.3
    assert found.ratio.reason.tolist() == [0, 0, Reason.NOT_COMPARED]
    assert np.isnan([found.ratio.ratio[2], found.p[2], found.corrected[2]]).all()
    assert found.with_.of.tolist() == [100, 100, 0]
    assert (found.bounds.low[0], found.bounds.high[0]) == (30 / 121, 39 / 109)
    assert not found.flag[2]


def test_a_family_of_tests_can_be_wider_than_a_set() -> None:
    counts = ([40, 20, 40, 20], [100] * 4, [0, 1, 0, 1])
    apart = compare(*counts, SETTINGS, sets=[0, 0, 1, 1])
    together = compare(*counts, SETTINGS, sets=[0, 0, 1, 1], families=[0, 0, 0, 0])
    np.testing.assert_allclose(together.corrected, apart.corrected * 2)


def test_compared_with_a_named_group() -> None:
    found = compare([40, 20, 30], [100, 100, 100], [0, 1, 2], SETTINGS, reference=1)
    assert found.with_.events.tolist() == [20, 0, 20]
    assert found.ratio.ratio[[0, 2]].tolist() == [2.0, 1.5]
    assert found.ratio.reason[1] == Reason.NOBODY_ELSE


def test_screening_uses_benjamini_and_hochberg() -> None:
    screening = replace(SETTINGS, correction="benjamini-hochberg")
    counts = ([40, 20, 36, 38], [100] * 4, [0, 1, 2, 3])
    assert (compare(*counts, screening).corrected <= compare(*counts, SETTINGS).corrected).all()


def _answers(found: Cells) -> np.ndarray:
    parts = [
        found.rate,
        *found.interval,
        found.ratio.ratio,
        found.ratio.low,
        found.ratio.high,
        *found.difference,
        found.p,
        found.corrected,
        *found.bounds,
        *found.ratio_bounds,
    ]
    return np.array(parts)  # fmt: skip


@pytest.mark.parametrize(
    ("events", "of", "known"),
    [([], [], []), ([3], [10], [True]), ([0, 0], [0, 0], [True, True]),
     ([3, 4], [10, 10], [False, False]), ([0, 0], [10, 10], [True, True]),
     ([10, 10], [10, 10], [True, True]), ([12, 3], [10, 10], [True, True])],
)  # fmt: skip
def test_what_cannot_be_compared_is_named_and_never_infinite(
    events: list[int], of: list[int], known: list[bool]
) -> None:
    found = compare(events, of, list(range(len(of))), SETTINGS, known=known)
    assert not np.isinf(_answers(found)).any()
    assert not found.flag.any()
    np.testing.assert_array_equal(np.isnan(found.ratio.ratio), found.ratio.reason != 0)
    np.testing.assert_array_equal(np.isnan(found.rate), found.rate_reason != 0)


def test_what_contradicts_itself_has_no_rate() -> None:
    found = compare([12, 3], [10, 10], [0, 1], SETTINGS)
    assert np.isnan([found.rate[0], found.bounds.low[0], found.bounds.high[0]]).all()
    assert found.rate_reason.tolist() == [Reason.IMPOSSIBLE, Reason.ANSWERED]


GROUPS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=1, max_size=8)


@settings(max_examples=60, deadline=None)
@given(GROUPS, st.lists(st.booleans(), min_size=8, max_size=8))
def test_bounds_hold_the_rate_and_the_ratio(
    groups: list[tuple[int, int]], drawn: list[bool]
) -> None:
    x, without = np.array(groups).T
    found = compare(x, x + without, np.arange(len(x)), SETTINGS, known=drawn[: len(x)])
    some = ~np.isnan(found.rate)
    assert (found.bounds.low[some] <= found.rate[some]).all()
    assert (found.rate[some] <= found.bounds.high[some]).all()
    both = ~np.isnan(found.ratio_bounds.high) & ~np.isnan(found.ratio.ratio)
    ratio = found.ratio.ratio[both]
    assert (found.ratio_bounds.low[both] <= ratio * (1 + 1e-12)).all()
    assert (ratio <= found.ratio_bounds.high[both] * (1 + 1e-12)).all()
