"""Shares beside shares of the population, and stage beside stage, against published examples."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.rates import confint_poisson_2indep

from evenhand.analytics.ratios import relative_rate
from evenhand.analytics.reasons import Reason
from evenhand.analytics.representation import rate_ratio, relative_rate_index, representation


def test_eighteen_of_a_hundred_where_nine_in_a_hundred_live_here() -> None:
    found = representation([18, 82], [9, 91], 0.95, population_total=100)
    assert found.disproportionality.ratio[0] == pytest.approx(2.0)
    low, high = proportion_confint(18, 100, method="wilson")
    assert found.disproportionality.low[0] == pytest.approx(low / 0.09, rel=1e-9)
    assert found.disproportionality.high[0] == pytest.approx(high / 0.09, rel=1e-9)
    assert found.gap[0] == pytest.approx(0.09)
    assert (found.gap_low[0], found.gap_high[0]) == pytest.approx((low - 0.09, high - 0.09))
    assert found.disparity.ratio[0] == pytest.approx((18 / 9) / (82 / 91))


def test_the_index_is_that_of_the_judges_bulletin() -> None:
    """National Council of Juvenile and Family Court Judges (2011), Technical Assistance Bulletin:
    40% of those entering care where 20% of children live is 2.0."""
    found = representation([40, 60], [200, 800], 0.95)
    assert found.disproportionality.ratio[0] == pytest.approx(2.0)


def test_the_index_has_a_ceiling_and_the_disparity_has_none() -> None:
    """Shaw and others (2008): where 60% of children are of a group it can reach 1.67 only."""
    found = representation([99, 1], [60, 40], 0.95)
    assert found.ceiling[0] == pytest.approx(1 / 0.6)
    assert found.disproportionality.ratio[0] < found.ceiling[0]
    assert found.disparity.ratio[0] == pytest.approx(66)


def test_disparity_to_a_named_group_is_either_ratio_of_theirs() -> None:
    """Berkeley's methodology: the ratio of two rates is that of two disproportionality metrics."""
    found = representation([30, 50, 20], [1000, 8000, 1000], 0.95, reference=1)
    index = found.disproportionality.ratio
    np.testing.assert_allclose(found.disparity.ratio[[0, 2]], index[[0, 2]] / index[1], rtol=1e-12)
    assert Reason(found.disparity.reason[1]) is Reason.NOBODY_ELSE
    none = representation([30, 50], [1000, 8000], 0.95, reference=9)
    assert [Reason(each) for each in none.disparity.reason] == [Reason.NOBODY_ELSE] * 2


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 3000), st.integers(1, 3000), st.integers(5, 10**6), st.integers(5, 10**6))
def test_the_ratio_of_rates_has_statsmodels_score_interval(x: int, y: int, n: int, m: int) -> None:
    found = rate_ratio(x, n, y, m, 0.95)
    low, high = confint_poisson_2indep(x, n, y, m, method="score", compare="ratio")
    assert float(found.ratio) == pytest.approx(x / n / (y / m), rel=1e-12)
    assert (float(found.low), float(found.high)) == pytest.approx((low, high), rel=1e-5, abs=1e-7)
    for end in (float(found.low), float(found.high)):  # Theirs is searched for; the score is not.
        score = (x - end * n / m * y) ** 2 / (end * n / m * (x + y))
        assert score == pytest.approx(3.841458820694124, rel=1e-9)


def test_none_of_a_group_and_none_elsewhere_still_have_an_end() -> None:
    found = representation([0, 40], [100, 900], 0.95)
    assert (found.disparity.ratio[0], found.disparity.low[0]) == (0, 0)
    assert 0 < found.disparity.high[0] < 1
    assert Reason(found.disparity.reason[1]) is Reason.NONE_ELSEWHERE
    assert found.disparity.low[1] > 1
    assert np.isnan(found.disparity.high[1])


@pytest.mark.parametrize(
    ("count", "population", "index", "disparity"),
    [
        ([18, 82], [np.nan, 91], Reason.NO_BENCHMARK, Reason.NO_BENCHMARK),
        ([18, 82], [0, 91], Reason.BENCHMARK_ZERO, Reason.BENCHMARK_ZERO),
        ([18], [90], Reason.ANSWERED, Reason.NOBODY_ELSE),
        ([18, 0], [90, 0], Reason.ANSWERED, Reason.NOBODY_ELSE),
        ([0, 0], [9, 91], Reason.NOBODY, Reason.NOBODY),
        ([-1, 5], [9, 91], Reason.IMPOSSIBLE, Reason.IMPOSSIBLE),
        ([1, 5], [0, 0], Reason.NO_BENCHMARK, Reason.NO_BENCHMARK),
        ([3, 0], [9, 91], Reason.ANSWERED, Reason.NONE_ELSEWHERE),
    ],
)
def test_why_there_is_no_index(
    count: list[int], population: list[float], index: Reason, disparity: Reason
) -> None:
    found = representation(count, population, 0.95)
    assert Reason(found.disproportionality.reason[0]) is index
    assert Reason(found.disparity.reason[0]) is disparity
    assert np.isnan(found.disproportionality.ratio[0]) == (index != Reason.ANSWERED)
    assert np.isnan(found.disparity.ratio[0]) == (disparity != Reason.ANSWERED)
    assert np.isnan(found.gap[0]) == (index != Reason.ANSWERED)


def test_a_percentage_over_a_hundred_is_impossible() -> None:
    found = representation([18, 82], [109, 91], 0.95, population_total=100)
    assert Reason(found.disproportionality.reason[0]) is Reason.IMPOSSIBLE


def test_each_stage_is_of_those_who_reached_the_one_before() -> None:
    """4,000 and 16,000 children; then referred, assessed, on a plan: the stages multiply up."""
    reached = [[4000, 16000], [400, 800], [300, 480], [30, 96]]
    found = relative_rate_index(reached, 0.95, reference=1)
    assert found.stage.ratio[:, 0] == pytest.approx([2.0, 1.25, 0.5])
    assert found.so_far.ratio[:, 0] == pytest.approx([2.0, 2.5, 1.25])
    np.testing.assert_allclose(
        np.cumprod(found.stage.ratio[:, 0]), found.so_far.ratio[:, 0], rtol=1e-12
    )
    plain = relative_rate(300, 400, 480, 800, 0.95)
    assert found.stage.low[1, 0] == pytest.approx(float(plain.low), rel=1e-12)
    assert [Reason(each) for each in found.stage.reason[:, 1]] == [Reason.NOBODY_ELSE] * 3


def test_against_all_others_the_not_known_are_nobodys_comparison() -> None:
    reached = [[100, 300, 50], [20, 30, 40]]
    found = relative_rate_index(reached, 0.95, known=[True, True, False])
    assert found.stage.ratio[0, :2] == pytest.approx([2.0, 0.5])
    assert Reason(found.stage.reason[0, 2]) is Reason.NOT_COMPARED
    assert np.isnan(found.stage.ratio[0, 2])


def test_stages_without_anyone_or_out_of_order_are_named() -> None:
    found = relative_rate_index([[10, 20], [0, 5], [0, 9]], 0.95)
    assert [Reason(each) for each in found.stage.reason[:, 0]] == [
        Reason.ANSWERED, Reason.IMPOSSIBLE
    ]  # fmt: skip
    assert [Reason(each) for each in found.so_far.reason[:, 0]] == [Reason.ANSWERED] * 2
    gone = relative_rate_index([[10, 20], [0, 5], [0, 2]], 0.95)
    assert Reason(gone.stage.reason[1, 0]) is Reason.NOBODY
    assert relative_rate_index([[4, 5]], 0.95).stage.ratio.shape == (0, 2)
