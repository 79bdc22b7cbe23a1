"""Control limits equal scipy and published ones; units are placed by chance and no more."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.meta_analysis import combine_effects

from evenhand.analytics.funnels import FunnelSettings, dispersion, funnel, limits
from evenhand.analytics.reasons import Reason

SETTINGS = FunnelSettings((0.95, 0.998), winsorised=0.1, significance=0.05, spread_from=10)
PLAIN = FunnelSettings((0.95, 0.998), winsorised=0.0, significance=0.05, spread_from=10)


@pytest.mark.parametrize("target", [0.02, 0.3, 0.5, 0.97])
def test_limits_are_spiegelhalters_interpolated_quantiles(target: float) -> None:
    """Spiegelhalter (2005), A.1.1, with scipy's binomial, a size at a time."""
    sizes = [1, 2, 3, 7, 20, 51, 300, 4001]
    found = limits(sizes, target, (0.95, 0.998))
    for row, level in enumerate((0.95, 0.998)):
        for ends, p in ((found.low, (1 - level) / 2), (found.high, (1 + level) / 2)):
            for place, n in enumerate(sizes):
                r = stats.binom.ppf(p, n, target)
                here, before = stats.binom.cdf([r, r - 1], n, target)
                expected = np.clip((r - (here - p) / (here - before)) / n, 0, 1)
                assert ends[row, place] == pytest.approx(expected, rel=1e-8, abs=1e-12)


def test_limits_near_the_normal_are_public_health_englands() -> None:
    """Their published funnel of 80.642448%, at 20, 1,008 and 110,000 people.

    PHEindicatormethods, tests/testthat/testdata_funnel_prop_outputs.csv, to its own digits.
    """
    target = 0.80642448
    found = limits([20, 1008, 110_000], target, (0.95, 0.998), between=1e-15)
    assert 100 * found.low[0] == pytest.approx([63.326743, 78.203374, 80.408963], abs=2e-6)
    assert 100 * found.high[0] == pytest.approx([97.958152, 83.081521, 80.875933], abs=2e-6)
    assert 100 * found.low[1] == pytest.approx([53.341156, 76.796814, 80.274317], abs=2e-6)
    exact = limits([110_000], target, (0.95, 0.998))
    assert 100 * exact.low[:, 0] == pytest.approx([80.408963, 80.274317], abs=0.002)


def test_units_that_differ_by_chance_are_seldom_called() -> None:
    """No more than the limits leave out, however small the units: 20,000 of them at the target."""
    draw = np.random.default_rng(11)
    of = draw.integers(1, 60, 20_000)
    found = funnel(draw.binomial(of, 0.3), of, SETTINGS, target=0.3)
    assert (np.abs(found.place) >= 1).mean() < 0.05
    assert (np.abs(found.place) >= 2).mean() < 0.002
    assert not found.spread.over
    assert not found.place[~found.can_tell].any()


def test_the_place_is_scipys_exact_probability() -> None:
    draw = np.random.default_rng(4)
    of = draw.integers(1, 300, 400)
    events = draw.binomial(of, 0.12)
    found = funnel(events, of, SETTINGS, target=0.1)
    if not found.spread.over:
        under, over = stats.binom.cdf(events, of, 0.1), stats.binom.sf(events - 1, of, 0.1)
        expected = sum((over <= t).astype(int) - (under <= t) for t in (0.025, 0.001))
        np.testing.assert_array_equal(found.place, expected)
    assert (found.place > 0).any()


def test_a_unit_far_off_is_called_and_a_small_one_is_not() -> None:
    found = funnel([30, 90, 15, 28, 2], [100, 100, 100, 100, 2], PLAIN, target=0.3)
    assert found.place.tolist() == [0, 2, -2, 0, 0]
    assert found.can_tell.tolist() == [True, True, True, True, False]
    assert found.share.tolist() == [0.3, 0.9, 0.15, 0.28, 1.0]


def test_of_a_few_teams_one_that_stands_out_is_not_taken_for_a_spread() -> None:
    events, of = [12, 11, 10, 9, 40], [50] * 5
    found = funnel(events, of, SETTINGS)
    assert (found.spread.judged, found.place.tolist()) == (False, [0, 0, 0, -1, 2])
    eager = FunnelSettings((0.95, 0.998), winsorised=0.1, significance=0.05, spread_from=2)
    assert funnel(events, of, eager).place.tolist() == [0, 0, 0, 0, 1]


def test_the_target_is_that_of_all_together() -> None:
    assert funnel([10, 30], [100, 100], SETTINGS).target == pytest.approx(0.2)


@pytest.mark.parametrize("seed", range(5))
def test_spread_between_units_is_dersimonian_and_lairds(seed: int) -> None:
    draw = np.random.default_rng(seed)
    of = draw.integers(30, 400, 25)
    events = draw.binomial(of, np.clip(draw.normal(0.4, 0.12, 25), 0.05, 0.95))
    target = events.sum() / of.sum()
    found = dispersion(events, of, target, PLAIN)
    theirs = combine_effects(events / of, target * (1 - target) / of, method_re="chi2")
    assert found.over
    assert found.between == pytest.approx(theirs.tau2, rel=1e-9)
    assert found.phi == pytest.approx(theirs.q / 25, rel=1e-9)
    assert found.p == pytest.approx(stats.chi2.sf(theirs.q, 25), rel=1e-8)


def test_extremes_are_drawn_in_before_the_spread_is_judged() -> None:
    """One wild unit of 20 makes no spread among the rest; drawn in to numpy's quantiles."""
    events, of = np.append(np.full(19, 30), 95), np.full(20, 100)
    target = 0.3
    z = (events / of - target) / (target * (1 - target) / of) ** 0.5
    ends = np.quantile(z, [0.1, 0.9])
    assert dispersion(events, of, target, SETTINGS).phi == pytest.approx(
        float((np.clip(z, *ends) ** 2).mean())
    )
    assert not dispersion(events, of, target, SETTINGS).over
    assert dispersion(events, of, target, PLAIN).over
    assert funnel(events, of, SETTINGS, target=0.3).place.tolist() == [0] * 19 + [2]


def test_where_units_are_spread_few_are_called() -> None:
    draw = np.random.default_rng(2)
    of = draw.integers(200, 900, 60)
    events = draw.binomial(of, np.clip(draw.normal(0.4, 0.08, 60), 0, 1))
    found = funnel(events, of, SETTINGS)
    assert found.spread.over
    assert np.count_nonzero(found.place) < 10
    exact = FunnelSettings((0.95, 0.998), winsorised=0.1, significance=0.0, spread_from=10)
    assert np.count_nonzero(funnel(events, of, exact).place) > 20
    target, between = found.target, found.spread.between
    z = (events / of - target) / (target * (1 - target) / of + between) ** 0.5
    called = {1: stats.norm.sf(np.abs(z)) < 0.025, 2: stats.norm.sf(np.abs(z)) < 0.001}
    outside = [
        stats.binomtest(int(x), int(n), target).pvalue < 0.02
        for x, n in zip(events, of, strict=True)
    ]
    both = called[1] & outside
    assert both.any()
    np.testing.assert_array_equal(np.abs(found.place[both]) >= 1, True)
    np.testing.assert_array_equal(found.place[~called[1]], 0)
    assert (np.abs(found.place[~called[2]]) < 2).all()
    wide = limits(of, found.target, SETTINGS.levels, found.spread.between)
    assert (wide.high >= limits(of, found.target, SETTINGS.levels).high - 0.02).all()


def test_reasons_stand_where_a_unit_has_no_place() -> None:
    found = funnel([3, 0, 9], [10, 0, 5], SETTINGS)
    assert [Reason(each) for each in found.reason] == [
        Reason.ONE_GROUP, Reason.NOBODY, Reason.IMPOSSIBLE
    ]  # fmt: skip
    assert found.place.tolist() == [0, 0, 0]
    none = funnel([0], [0], SETTINGS)
    assert np.isnan(none.share[0])
    assert Reason(none.reason[0]) is Reason.NOBODY
    assert funnel([], [], SETTINGS).place.shape == (0,)


@pytest.mark.parametrize("target", [0.0, 1.0])
def test_where_all_or_none_have_it_the_limits_are_the_target(target: float) -> None:
    events = np.array([5.0, 9.0]) * target
    found = funnel(events, [5, 9], SETTINGS)
    assert (found.target, found.place.tolist(), found.spread.judged) == (target, [0, 0], False)
    ends = limits([5, 9], target, SETTINGS.levels)
    assert (ends.low == target).all()
    assert (ends.high == target).all()
    other = funnel([1, 8], [5, 9], SETTINGS, target=target)
    assert (other.place > 0).tolist() == [target == 0, target == 0]


def test_the_limits_of_a_size_of_none_are_the_whole_of_it() -> None:
    ends = limits([0], 0.3, (0.95,))
    assert not np.isinf(ends.low).any()
