"""Intervals equal published worked examples and independent libraries."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from evenhand.analytics.intervals import byar, exact_poisson, newcombe, poisson, wilson


@pytest.mark.parametrize(
    ("events", "of", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611),
     (1, 29, 0.0061, 0.1718)],
)  # fmt: skip
def test_wilson_is_newcombes_table_1(events: int, of: int, low: float, high: float) -> None:
    """Newcombe (1998), Statistics in Medicine 17:857-872, table I, method 3."""
    found = wilson(events, of, 0.95)
    assert (round(float(found.low), 4), round(float(found.high), 4)) == (low, high)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 10**7), st.data(), st.sampled_from([0.9, 0.95, 0.998]))
def test_wilson_equals_statsmodels(of: int, data: st.DataObject, confidence: float) -> None:
    events = data.draw(st.integers(0, of))
    found = wilson([events], [of], confidence)
    low, high = proportion_confint(events, of, 1 - confidence, method="wilson")
    assert found.low[0] == pytest.approx(low, rel=1e-9, abs=1e-15)
    assert found.high[0] == pytest.approx(high, rel=1e-9)


def test_wilson_touches_the_ends_exactly() -> None:
    found = wilson([0, 7], [7, 7], 0.95)
    assert found.low[0] == 0.0
    assert found.high[1] == 1.0


def test_nobody_and_contradictions_have_no_interval() -> None:
    for events, of in [(0, 0), (3, 2), (-1, 5)]:
        assert np.isnan(wilson([events], [of], 0.95)).all()


@pytest.mark.parametrize("confidence", [0.0, 1.0, 95])
def test_a_confidence_outside_its_range_is_refused(confidence: float) -> None:
    with pytest.raises(ValueError, match="must lie between 0 and 1"):
        wilson(1, 2, confidence)


@pytest.mark.parametrize(
    ("events", "low", "high"),
    [(0, 0, 3.689), (1, 0.0253, 5.572), (5, 1.6235, 11.668), (10, 4.7954, 18.390)],
)
def test_exact_poisson_is_garwoods(events: int, low: float, high: float) -> None:
    """Garwood (1936), Biometrika 28:437-442, and Pearson and Hartley (1966), table 40."""
    found = exact_poisson(events, 0.95)
    assert float(found.low) == pytest.approx(low, abs=5e-5)
    assert float(found.high) == pytest.approx(high, abs=5e-4)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_exact_poisson_equals_scipy(events: int) -> None:
    found = exact_poisson(events, 0.95)
    low = stats.chi2.ppf(0.025, 2 * events) / 2 if events else 0.0
    assert float(found.low) == pytest.approx(low, rel=1e-9)
    assert float(found.high) == pytest.approx(stats.chi2.ppf(0.975, 2 * events + 2) / 2, rel=1e-9)


@settings(max_examples=60, deadline=None)
@given(st.integers(10, 10**7))
def test_byar_is_near_the_exact_from_ten_events(events: int) -> None:
    near, exact = byar(events, 0.95), exact_poisson(events, 0.95)
    assert float(near.low) == pytest.approx(float(exact.low), rel=0.002)
    assert float(near.high) == pytest.approx(float(exact.high), rel=0.002)


def test_byar_worked_by_hand() -> None:
    """15 events: 15(1 - 1/135 - 1.96/3sqrt(15))^3 and 16(1 - 1/144 + 1.96/3sqrt(16))^3."""
    found = byar(15, 0.95)
    assert (round(float(found.low), 2), round(float(found.high), 2)) == (8.39, 24.74)


def test_poisson_changes_to_the_exact_where_told() -> None:
    counts = np.array([0, 9, 10])
    found = poisson(counts, 0.95, 10)
    exact, near = exact_poisson(counts, 0.95), byar(counts, 0.95)
    assert found.high.tolist() == [exact.high[0], exact.high[1], near.high[2]]
    assert found.low.tolist() == [0, exact.low[1], near.low[2]]
    assert np.isnan(poisson(-1, 0.95, 10).high)


@pytest.mark.parametrize(
    ("counts", "low", "high"),
    [((56, 70, 48, 80), 0.0524, 0.3339), ((9, 10, 3, 10), 0.1705, 0.8090),
     ((5, 56, 0, 29), -0.0381, 0.1926), ((0, 10, 0, 20), -0.1611, 0.2775),
     ((10, 10, 0, 20), 0.6791, 1.0)],
)  # fmt: skip
def test_newcombe_is_his_table_2(
    counts: tuple[int, int, int, int], low: float, high: float
) -> None:
    """Newcombe (1998), Statistics in Medicine 17:873-890, table II, method 10."""
    found = newcombe(*counts, 0.95)
    assert (round(float(found.low), 4), round(float(found.high), 4)) == (low, high)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 10**5), st.integers(1, 10**5), st.data())
def test_newcombe_equals_statsmodels(n: int, m: int, data: st.DataObject) -> None:
    x, y = data.draw(st.integers(0, n)), data.draw(st.integers(0, m))
    found = newcombe(x, n, y, m, 0.95)
    low, high = confint_proportions_2indep(x, n, y, m, compare="diff", method="newcomb")
    assert float(found.difference) == pytest.approx(x / n - y / m, rel=1e-9, abs=1e-15)
    assert (float(found.low), float(found.high)) == pytest.approx((low, high), rel=1e-9, abs=1e-13)
