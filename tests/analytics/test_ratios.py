"""Ratios equal published worked examples and statsmodels, and say why where there is none."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq
from statsmodels.stats.contingency_tables import Table2x2
from statsmodels.stats.proportion import confint_proportions_2indep

from evenhand.analytics.ratios import four_fifths, odds_ratio, relative_rate
from evenhand.analytics.reasons import WORDS, Reason

COUNTS = st.tuples(
    st.integers(1, 5000), st.floats(0, 1), st.integers(1, 5000), st.floats(0, 1)
).map(lambda drawn: (round(drawn[0] * drawn[1]), drawn[0], round(drawn[2] * drawn[3]), drawn[2]))
FEW = st.tuples(
    st.integers(1, 4), st.integers(5, 5000), st.integers(1, 200), st.integers(1, 5000)
).map(lambda drawn: (drawn[0], drawn[1], drawn[2], drawn[2] + drawn[3]))
Counts = tuple[int, int, int, int]
LIMIT = 3.841458820694124


def table(counts: Counts) -> Table2x2:
    x, n, y, m = counts
    return Table2x2(np.array([[x, n - x], [y, m - y]]))


@settings(max_examples=60, deadline=None)
@given(COUNTS)
def test_katz_equals_statsmodels(counts: Counts) -> None:
    x, n, y, m = counts
    assume(min(x, y, n - x, m - y) >= 5)
    found, theirs = relative_rate(*counts, 0.95), table(counts)
    assert float(found.ratio) == pytest.approx(theirs.riskratio, rel=1e-9)
    low, high = theirs.riskratio_confint(0.05)
    assert (float(found.low), float(found.high)) == (
        pytest.approx(low, rel=1e-9),
        pytest.approx(high, rel=1e-9),
    )


@settings(max_examples=60, deadline=None)
@given(FEW)
def test_koopman_equals_statsmodels_where_events_are_few(counts: Counts) -> None:
    x, n, y, m = counts
    found = relative_rate(*counts, 0.95)
    low, high = confint_proportions_2indep(
        x, n, y, m, compare="ratio", method="score", correction=False
    )
    assert float(found.low) == pytest.approx(low, rel=1e-5)
    assert float(found.high) == pytest.approx(high, rel=1e-5)


def test_koopman_is_his_worked_example() -> None:
    """Koopman (1984), Biometrics 40:516: 36 of 40 against 16 of 80, 2.94 to 7.15."""
    found = relative_rate(36, 40, 16, 80, 0.95, score_under=17)
    assert (round(float(found.low), 2), round(float(found.high), 2)) == (2.94, 7.15)


def test_relative_rate_and_odds_are_agrestis_aspirin() -> None:
    """Agresti (2007), An Introduction to Categorical Data Analysis, 2.2 and 2.3: heart attacks of
    physicians with placebo and with aspirin: relative risk 1.82, odds ratio 1.83 (1.44 to 2.33)."""
    counts = (189, 11034, 104, 11037)
    risk, odds = relative_rate(*counts, 0.95), odds_ratio(*counts, 0.95)
    assert round(float(risk.ratio), 2) == 1.82
    assert [round(float(part), 2) for part in odds[:3]] == [1.83, 1.44, 2.33]


@settings(max_examples=30, deadline=None)
@given(FEW)
def test_koopman_is_exact_to_nine_digits(counts: Counts) -> None:
    """Against scipy's own root of the score equation, the rates of it by another root."""
    x, n, y, m = counts
    found = relative_rate(*counts, 0.95)
    for end, far in ((float(found.low), -40.0), (float(found.high), 40.0)):
        middle = float(np.log(x / n * m / y))
        root = brentq(lambda log: _chi_squared(x, n, y, m, np.exp(log)) - LIMIT, middle, far,
                      xtol=1e-14, rtol=1e-14)  # fmt: skip
        assert end == pytest.approx(float(np.exp(root)), rel=1e-9)


def _chi_squared(x: int, n: int, y: int, m: int, ratio: float) -> float:
    """Pearson's at the likeliest rates, found where the slope of the likelihood is nought."""

    def slope(rate: float) -> float:
        ours = ratio * rate
        lost = (n - x) * ratio * rate * (1 - rate) + (m - y) * rate * (1 - ours)
        return (x + y) * (1 - ours) * (1 - rate) - lost

    rate = brentq(slope, 0.0, min(1.0, 1 / ratio), xtol=1e-300, rtol=1e-15, maxiter=2000)
    terms = [(x, n, ratio * rate), (y, m, rate)]
    return float(sum((e - of * p) ** 2 / (of * p * (1 - p)) for e, of, p in terms if 0 < p < 1))


def test_the_score_interval_holds_just_what_the_score_test_does_not_refuse() -> None:
    """At each end Pearson's chi-squared, at the likeliest rates with that ratio, is z squared."""
    for x, n, y, m in [(3, 200, 9, 400), (0, 30, 6, 90), (30, 30, 4, 50), (2, 10**6, 50, 10**7)]:
        found = relative_rate(x, n, y, m, 0.95, score_under=10**9)
        for end in (float(found.low), float(found.high)):
            if end > 0:
                assert _score(x, n, y, m, end) == pytest.approx(3.841458820694124, rel=1e-5)


def _score(x: int, n: int, y: int, m: int, ratio: float) -> float:
    """Chi-squared at the constrained maximum, found by trying, independently of the closed form."""
    from scipy.optimize import minimize_scalar

    def unlikelihood(rate: float) -> float:
        ours = ratio * rate
        parts = [(x, ours), (n - x, 1 - ours), (y, rate), (m - y, 1 - rate)]
        return -sum(count * np.log(chance) for count, chance in parts if count)

    top = min(1.0, 1 / ratio)
    best = minimize_scalar(
        unlikelihood, bounds=(0, top), method="bounded", options={"xatol": 1e-16, "maxiter": 2000}
    ).x
    terms = [(x, n, ratio * best), (y, m, best)]
    return float(sum((e - of * p) ** 2 / (of * p * (1 - p)) for e, of, p in terms if p < 1))


@settings(max_examples=60, deadline=None)
@given(COUNTS)
def test_odds_ratio_equals_statsmodels(counts: Counts) -> None:
    x, n, y, m = counts
    assume(min(x, y, n - x, m - y) > 0)
    found, theirs = odds_ratio(*counts, 0.95), table(counts)
    low, high = theirs.oddsratio_confint(0.05)
    assert float(found.ratio) == pytest.approx(theirs.oddsratio, rel=1e-9)
    assert (float(found.low), float(found.high)) == (
        pytest.approx(low, rel=1e-9),
        pytest.approx(high, rel=1e-9),
    )


@settings(max_examples=60, deadline=None)
@given(COUNTS, st.sampled_from([0, 5, 10**9]))
def test_no_ratio_is_ever_infinite_and_each_gap_has_its_reason(
    counts: Counts, score_under: int
) -> None:
    for found in (relative_rate(*counts, 0.95, score_under), odds_ratio(*counts, 0.95)):
        assert not np.isinf([found.ratio, found.low, found.high]).any()
        assert bool(np.isnan(found.ratio)) == (int(found.reason) != Reason.ANSWERED)


@settings(max_examples=60, deadline=None)
@given(COUNTS)
def test_the_interval_of_a_relative_rate_holds_the_ratio(counts: Counts) -> None:
    found = relative_rate(*counts, 0.95)
    if int(found.reason) == Reason.ANSWERED:
        assert float(found.low) <= float(found.ratio) * (1 + 1e-9)
        assert float(found.ratio) <= float(found.high) * (1 + 1e-9)


@pytest.mark.parametrize(
    ("counts", "reason"),
    [((0, 0, 3, 10), Reason.NOBODY), ((3, 10, 0, 0), Reason.NOBODY_ELSE),
     ((3, 10, 0, 10), Reason.NONE_ELSEWHERE), ((0, 10, 0, 10), Reason.NONE_ELSEWHERE),
     ((11, 10, 3, 10), Reason.IMPOSSIBLE), ((3, 10, -1, 10), Reason.IMPOSSIBLE)],
)  # fmt: skip
def test_each_non_answer_is_named(counts: Counts, reason: Reason) -> None:
    found = relative_rate(*counts, 0.95)
    assert int(found.reason) == reason
    assert np.isnan(found.ratio)
    assert WORDS[reason].endswith(".")


def test_none_elsewhere_still_says_what_it_is_at_least() -> None:
    found = relative_rate(6, 20, 0, 40, 0.95)
    assert float(found.low) > 1
    assert np.isnan(found.high)


def test_none_in_the_group_is_a_ratio_of_nought_with_a_high_end() -> None:
    found = relative_rate(0, 20, 30, 40, 0.95)
    assert (float(found.ratio), float(found.low)) == (0, 0)
    assert 0 < float(found.high) < 1


@pytest.mark.parametrize(
    ("counts", "inside"),
    [((8, 100, 10, 100), True), ((79, 1000, 100, 1000), False), ((10, 100, 8, 100), True),
     ((101, 1000, 80, 1000), False), ((0, 10, 0, 20), True), ((1, 10, 0, 20), False),
     ((0, 0, 5, 20), True)],
)  # fmt: skip
def test_four_fifths_is_worked_in_whole_numbers(counts: Counts, inside: bool) -> None:
    """8 of 100 against 10 of 100 is exactly four fifths; in floating point it falls outside."""
    assert bool(four_fifths(*counts, 4, 5)) is inside


def test_four_fifths_is_the_guidelines_own_example() -> None:
    """Uniform Guidelines on Employee Selection Procedures (1979), questions and answers: hiring
    rates of 45, 48 and 51% against 60%: only the first, 75%, is under four fifths."""
    found = four_fifths([45, 48, 51], 100, 60, 100, 4, 5)
    assert found.tolist() == [False, True, True]


def test_arrays_keep_their_shape() -> None:
    found = relative_rate([[1, 2], [3, 0]], 10, 4, 20, 0.95)
    assert found.ratio.shape == found.low.shape == found.reason.shape == (2, 2)
