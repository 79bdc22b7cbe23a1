"""Standardised rates and pooled ratios equal published examples, statsmodels and plain engines."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.contingency_tables import StratifiedTable

from evenhand.analytics import pooled
from evenhand.analytics.intervals import byar, wilson
from evenhand.analytics.reasons import Reason
from evenhand.analytics.standardised import (
    direct_rate,
    direct_share,
    indirect_ratio,
    shared_strata,
)

# Fleiss (1981), table 14.4, after Stark and Mantel (1966): births of fifth and later children, and
# those with Down's syndrome among them, by age of the mother; the standard is all births.
CASES = [0, 8, 63, 112, 262, 295]
BIRTHS = [327, 30666, 123419, 149919, 104088, 34392]
ALL_BIRTHS = [319933, 931318, 786511, 488235, 237863, 61313]
FIRST = [107, 141, 60, 40, 39, 25]
FIRST_BIRTHS = [230061, 329449, 114920, 39487, 14208, 3052]
# Bickel, Hammel and O'Connell (1975), Science 187:398-404: men and women admitted to Berkeley, of
# those who applied, by department.
MEN, MEN_OF = [512, 353, 120, 138, 53, 22], [825, 560, 325, 417, 191, 373]
WOMEN, WOMEN_OF = [89, 17, 202, 131, 94, 24], [108, 25, 593, 375, 393, 341]
# Rothman (2012), Epidemiology: An Introduction, table 10-3: deaths with tolbutamide and without.
DIED, TREATED, DIED_PLACEBO, PLACEBO = [8, 22], [106, 98], [5, 16], [120, 85]


def drawn(seed: int, strata: int = 5) -> tuple[np.ndarray, ...]:
    draw = np.random.default_rng(seed)
    n, m = draw.integers(6, 200, strata), draw.integers(6, 400, strata)
    x = np.clip(draw.binomial(n, draw.uniform(0.1, 0.6, strata)), 1, n - 1)
    y = np.clip(draw.binomial(m, draw.uniform(0.1, 0.6, strata)), 1, m - 1)
    return x, n, y, m


def tables(x: np.ndarray, n: np.ndarray, y: np.ndarray, m: np.ndarray) -> StratifiedTable:
    return StratifiedTable(np.array([[x, n - x], [y, m - y]]).astype(float))


def test_the_direct_rate_is_that_of_fay_and_feuer() -> None:
    """Fay and Feuer (1997), Statistics in Medicine 16:791-801, section 4, fifth births and later:
    75.5 per 100,000, gamma interval 67.7 to 188.3; Dobson's is much narrower above."""
    found = direct_rate(CASES, BIRTHS, ALL_BIRTHS, 100_000, 0.95, exact_under=10**9)
    assert float(found.rate) == pytest.approx(75.52901, abs=5e-6)
    assert float(found.low) == pytest.approx(67.70212, abs=5e-6)
    assert float(found.high) == pytest.approx(188.30017, abs=5e-6)
    usual = direct_rate(CASES, BIRTHS, ALL_BIRTHS, 100_000, 0.95)
    assert 67 < float(usual.low) < 75.5 < float(usual.high) < 90


def test_the_direct_rate_has_dobsons_interval_about_byars_limits() -> None:
    """The formula of the observatories' Technical Briefing 3, a stratum at a time."""
    weights = np.array(ALL_BIRTHS) / sum(ALL_BIRTHS)
    rates = np.array(FIRST) / np.array(FIRST_BIRTHS)
    rate = sum(w * r for w, r in zip(weights, rates, strict=True))
    pairs = zip(weights, FIRST, FIRST_BIRTHS, strict=True)
    variance = sum(w**2 * x / n**2 for w, x, n in pairs)
    limits = byar(sum(FIRST), 0.95)
    found = direct_rate(FIRST, FIRST_BIRTHS, ALL_BIRTHS, 10_000, 0.95)
    assert float(found.rate) == pytest.approx(rate * 10_000, rel=1e-12)
    for mine, end in ((found.low, limits.low), (found.high, limits.high)):
        expected = rate + (variance / sum(FIRST)) ** 0.5 * (float(end) - sum(FIRST))
        assert float(mine) == pytest.approx(expected * 10_000, rel=1e-12)
    assert float(found.crude) == pytest.approx(sum(FIRST) / sum(FIRST_BIRTHS) * 10_000)


def test_a_standard_that_is_the_group_itself_changes_nothing() -> None:
    for found in (
        direct_rate(CASES, BIRTHS, BIRTHS, 1, 0.95),
        direct_share(CASES, BIRTHS, BIRTHS, 0.95),
        indirect_ratio(CASES, BIRTHS, np.divide(CASES, BIRTHS), 0.95),
    ):
        assert float(found.rate) == pytest.approx(
            1 if found.rate > 0.5 else float(found.crude), rel=1e-12
        )
    one = direct_rate([20], [1000], [1], 1, 0.95)
    assert float(one.low) == pytest.approx(float(byar(20, 0.95).low) / 1000, rel=1e-12)
    alone = direct_share([20], [100], [1], 0.95)
    assert (float(alone.low), float(alone.high)) == pytest.approx(
        tuple(map(float, wilson(20, 100, 0.95)))
    )


def test_no_events_still_say_what_the_rate_is_at_most() -> None:
    found = direct_rate([0, 0], [100, 50], [1, 1], 1000, 0.95)
    assert (float(found.rate), float(found.low)) == (0, 0)
    assert float(found.high) == pytest.approx(3.688879454 * 0.5 / 50 * 1000, rel=1e-9)
    shares = direct_share([[0, 0], [100, 50]], [100, 50], [1, 1], 0.95)
    assert shares.rate.tolist() == [0, 1]
    assert (shares.low[0], shares.high[1]) == (0, 1)
    assert 0 < shares.high[0] < 0.06


@pytest.mark.parametrize("seed", range(6))
def test_the_share_is_that_of_a_weighted_sample_drawn_again_and_again(seed: int) -> None:
    """Its interval holds the truth in at least about 95 of 100 draws."""
    draw = np.random.default_rng(seed)
    n, truth = draw.integers(20, 120, 4), draw.uniform(0.05, 0.9, 4)
    standard = draw.integers(1, 30, 4)
    x = draw.binomial(n, truth, (2000, 4))
    found = direct_share(x, n, standard, 0.95)
    right = float(standard @ truth / standard.sum())
    holds = ((found.low <= right) & (right <= found.high)).mean()
    assert 0.935 < holds < 0.99
    assert found.rate.mean() == pytest.approx(right, abs=0.01)


def test_events_against_those_expected() -> None:
    """Events 24 against 16 expected is 1.5; the limits are the count's own over 16."""
    found = indirect_ratio([4, 20], [100, 300], [0.01, 0.05], 0.95)
    limits = byar(24, 0.95)
    assert float(found.rate) == pytest.approx(1.5)
    assert (float(found.low), float(found.high)) == pytest.approx(
        (float(limits.low) / 16, float(limits.high) / 16)
    )


@pytest.mark.parametrize(
    ("events", "of", "standard", "reason"),
    [
        ([1, 0], [5, 0], [1, 1], Reason.EMPTY_STRATUM),
        ([0, 0], [0, 0], [1, 1], Reason.NOBODY),
        ([6, 0], [5, 3], [1, 1], Reason.IMPOSSIBLE),
        ([1, 1], [5, 3], [0, 0], Reason.NO_STANDARD),
        ([1, 1], [5, 3], [2, -1], Reason.NO_STANDARD),
        ([1, 0], [5, 0], [1, 0], Reason.ANSWERED),
    ],
)
def test_why_there_is_no_standardised_rate(
    events: list[int], of: list[int], standard: list[int], reason: Reason
) -> None:
    for found in (
        direct_share(events, of, standard, 0.95),
        direct_rate(events, of, standard, 100, 0.95),
    ):
        assert Reason(int(found.reason)) is reason
        assert np.isnan([found.rate, found.low, found.high]).all() == (reason != Reason.ANSWERED)
        assert np.isnan(found.crude) == (reason in {Reason.NOBODY, Reason.IMPOSSIBLE})
    assert shared_strata([[5, 0, 3], [2, 1, 1]]).tolist() == [True, False, True]


def test_nothing_expected_is_no_ratio() -> None:
    assert Reason(int(indirect_ratio([1], [5], [0.0], 0.95).reason)) is Reason.NO_STANDARD
    assert Reason(int(indirect_ratio([0], [0], [0.5], 0.95).reason)) is Reason.NOBODY


def test_berkeleys_men_and_women_were_admitted_alike_within_departments() -> None:
    """R's `mantelhaen.test(UCBAdmissions)`: common odds ratio 0.9046968, 0.7719074 to 1.0603298;
    chi-squared without correction 1.5246. Crude, men's odds are 1.84 times women's."""
    found = pooled.odds_ratio(MEN, MEN_OF, WOMEN, WOMEN_OF, 0.95)
    assert float(found.ratio) == pytest.approx(0.9046968, abs=5e-8)
    assert float(found.low) == pytest.approx(0.7719074, abs=5e-8)
    assert float(found.high) == pytest.approx(1.0603298, abs=5e-8)
    assert round(float(found.crude), 2) == 1.84
    test = pooled.chance(MEN, MEN_OF, WOMEN, WOMEN_OF)
    assert round(float(test.statistic), 3) == 1.525
    homogeneity = pooled.alike_in_every_stratum(MEN, MEN_OF, WOMEN, WOMEN_OF)
    assert float(homogeneity.p) < 0.01


def test_tolbutamide_is_rothmans_table_10_3() -> None:
    """Crude 1.44, pooled 1.33."""
    found = pooled.risk_ratio(DIED, TREATED, DIED_PLACEBO, PLACEBO, 0.95)
    assert (round(float(found.crude), 2), round(float(found.ratio), 2)) == (1.44, 1.33)


@pytest.mark.parametrize("seed", range(12))
def test_pooled_ratios_and_tests_equal_statsmodels(seed: int) -> None:
    counts = drawn(seed)
    theirs = tables(*counts)
    odds, risk = pooled.odds_ratio(*counts, 0.95), pooled.risk_ratio(*counts, 0.95)
    low, high = theirs.oddsratio_pooled_confint(0.05)
    assert float(odds.ratio) == pytest.approx(theirs.oddsratio_pooled, rel=1e-9)
    assert (float(odds.low), float(odds.high)) == pytest.approx((low, high), rel=1e-9)
    assert float(risk.ratio) == pytest.approx(theirs.riskratio_pooled, rel=1e-9)
    null, equal = theirs.test_null_odds(correction=False), theirs.test_equal_odds(adjust=True)
    mine, alike = pooled.chance(*counts), pooled.alike_in_every_stratum(*counts)
    assert float(mine.statistic) == pytest.approx(null.statistic, rel=1e-9)
    assert float(mine.p) == pytest.approx(null.pvalue, rel=1e-8)
    assert float(alike.statistic) == pytest.approx(equal.statistic, rel=1e-9)
    assert float(alike.p) == pytest.approx(equal.pvalue, rel=1e-8)


@pytest.mark.parametrize("seed", range(6))
def test_greenland_and_robins_variance_is_that_of_a_plain_engine_and_of_drawing_again(
    seed: int,
) -> None:
    x, n, y, m = drawn(seed)
    found = pooled.risk_ratio(x, n, y, m, 0.95)
    rows = list(zip(x, n, y, m, strict=True))
    spread = sum((b * d * (a + c) - a * c * (b + d)) / (b + d) ** 2 for a, b, c, d in rows)
    top = sum(a * d / (b + d) for a, b, _, d in rows)
    bottom = sum(c * b / (b + d) for _, b, c, d in rows)
    reach = stats.norm.ppf(0.975) * (spread / top / bottom) ** 0.5
    assert float(np.log(found.high / found.ratio)) == pytest.approx(reach, rel=1e-9)
    draw = np.random.default_rng(seed)
    rate = y / m
    again = pooled.risk_ratio(
        draw.binomial(n, rate, (2000, 5)), n, draw.binomial(m, rate, (2000, 5)), m, 0.95
    )
    holds = ((again.low <= 1) & (again.high >= 1)).mean()
    assert 0.93 < holds < 0.975


def test_one_stratum_is_the_plain_ratio() -> None:
    found = pooled.risk_ratio([30], [100], [70], [700], 0.95)
    assert (round(float(found.ratio), 2), round(float(found.crude), 2)) == (3.0, 3.0)
    assert (round(float(found.low), 2), round(float(found.high), 2)) == (2.07, 4.36)


def test_one_stratum_cannot_differ_from_another() -> None:
    found = pooled.alike_in_every_stratum([30, 0], [100, 0], [70, 9], [700, 20])
    assert (Reason(int(found.reason)), np.isnan(found.p)) == (Reason.ONE_STRATUM, True)


def test_a_stratum_of_one_group_says_nothing_and_is_not_covered() -> None:
    with_one = pooled.risk_ratio([8, 22, 5], [106, 98, 51], [5, 16, 0], [120, 85, 0], 0.95)
    without = pooled.risk_ratio(DIED, TREATED, DIED_PLACEBO, PLACEBO, 0.95)
    assert float(with_one.ratio) == pytest.approx(float(without.ratio), rel=1e-12)
    assert float(with_one.low) == pytest.approx(float(without.low), rel=1e-12)
    assert (float(with_one.covered), float(without.covered)) == (0.8, 1)


@pytest.mark.parametrize(
    ("counts", "reason", "ends_reason"),
    [
        (([0], [0], [1], [5]), Reason.NOBODY, Reason.NOBODY),
        (([1], [5], [0], [0]), Reason.NOBODY_ELSE, Reason.NOBODY_ELSE),
        (([1, 0], [5, 0], [0, 2], [0, 4]), Reason.NO_SHARED_STRATUM, Reason.NO_SHARED_STRATUM),
        (([6], [5], [1], [5]), Reason.IMPOSSIBLE, Reason.IMPOSSIBLE),
        (([1], [5], [0], [5]), Reason.NONE_ELSEWHERE, Reason.NONE_ELSEWHERE),
        (([0], [5], [2], [5]), Reason.ANSWERED, Reason.NONE_HERE),
    ],
)
def test_why_there_is_no_pooled_ratio(
    counts: tuple[list[int], ...], reason: Reason, ends_reason: Reason
) -> None:
    for found in (pooled.risk_ratio(*counts, 0.95), pooled.odds_ratio(*counts, 0.95)):
        assert (Reason(int(found.reason)), Reason(int(found.ends_reason))) == (reason, ends_reason)
        assert np.isnan(found.ratio) == (reason != Reason.ANSWERED)
        assert np.isnan(found.high)
        assert not np.isinf(np.array([*found], float)).any()


def test_all_of_both_is_a_ratio_of_one_without_an_interval() -> None:
    every = ([5, 4], [5, 4], [9, 8], [9, 8])
    found = pooled.risk_ratio(*every, 0.95)
    assert (float(found.ratio), Reason(int(found.ends_reason))) == (1, Reason.ALL_ALIKE)
    assert Reason(int(pooled.odds_ratio(*every, 0.95).reason)) is Reason.EVERYONE
    for test in (pooled.chance(*every), pooled.alike_in_every_stratum(*every)):
        assert (Reason(int(test.reason)), np.isnan(test.p)) == (Reason.ALL_ALIKE, True)


def test_many_comparisons_are_worked_at_once() -> None:
    draw = np.random.default_rng(8)
    n, m = draw.integers(0, 30, (50, 4)), draw.integers(0, 90, (50, 4))
    x, y = draw.binomial(n, 0.3), draw.binomial(m, 0.2)
    together = pooled.risk_ratio(x, n, y, m, 0.95)
    alone = [pooled.risk_ratio(*each, 0.95) for each in zip(x, n, y, m, strict=True)]
    for place, parts in enumerate(zip(*alone, strict=True)):
        np.testing.assert_allclose(together[place], parts, rtol=1e-12)
