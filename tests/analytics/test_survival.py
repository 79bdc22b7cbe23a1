"""Waits of groups equal Freireich's published trial, statsmodels, scipy and a slow plain engine."""

from __future__ import annotations

import warnings
from datetime import date

import numpy as np
import pytest
from scipy import stats
from statsmodels.duration.survfunc import SurvfuncRight, survdiff

from evenhand.analytics.log_rank import each_against_others, log_rank
from evenhand.analytics.reasons import WORDS, Reason
from evenhand.analytics.survival import Curves, kaplan_meier, mean_wait, median_wait, still_waiting
from evenhand.analytics.waits import LifeTable, between, life_table, waited

# Freireich and others (1963), Blood 21:699-716: weeks in remission, 0 where still in remission.
MERCAPTOPURINE = [(6, 1), (6, 1), (6, 1), (6, 0), (7, 1), (9, 0), (10, 1), (10, 0), (11, 0),
                  (13, 1), (16, 1), (17, 0), (19, 0), (20, 0), (22, 1), (23, 1), (25, 0), (32, 0),
                  (32, 0), (34, 0), (35, 0)]  # fmt: skip
PLACEBO = [(days, 1) for days in
           (1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23)]  # fmt: skip
# Miller (1981), Survival Analysis, p. 49: weeks of remission, maintained and not.
MAINTAINED = [(9, 1), (13, 1), (13, 0), (18, 1), (23, 1), (28, 0), (31, 1), (34, 1), (45, 0),
              (48, 1), (161, 0)]  # fmt: skip
NOT_MAINTAINED = [(5, 1), (5, 1), (8, 1), (8, 1), (12, 1), (16, 0), (23, 1), (27, 1), (30, 1),
                  (33, 1), (43, 1), (45, 1)]  # fmt: skip
Waits = list[tuple[int, int]]


def table(*groups: Waits) -> LifeTable:
    rows = [(days, done, place) for place, group in enumerate(groups) for days, done in group]
    days, done, place = np.array(rows).reshape(-1, 3).T
    return life_table(waited(days, done), place, len(groups))


def drawn(seed: int, groups: int = 3) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Waits of some tens in each group, many alike, some of no days, some still waiting."""
    draw = np.random.default_rng(seed)
    size = int(draw.integers(30, 160))
    days = draw.geometric(draw.uniform(0.02, 0.3), size) - 1
    return days, draw.random(size) < draw.uniform(0.4, 1), draw.integers(0, groups, size)


def of(curves: Curves, group: int) -> Curves:
    return Curves(*(part[curves.group == group] for part in curves))


def test_the_curve_is_that_of_the_trial_of_mercaptopurine() -> None:
    """Cox and Oakes (1984), Analysis of Survival Data, p. 49; Collett (2015), chapter 2."""
    curve = of(kaplan_meier(table(MERCAPTOPURINE, PLACEBO), 0.95), 0)
    assert curve.day.tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert curve.at_risk.tolist() == [21, 17, 15, 12, 11, 7, 6]
    expected = [0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482]
    assert curve.waiting.round(4).tolist() == expected


def test_medians_and_log_rank_are_those_of_the_trial() -> None:
    """Medians 23 and 8 weeks; log-rank chi-squared 16.79 on 1 degree, expected 19.25 and 10.75."""
    both = table(MERCAPTOPURINE, PLACEBO)
    assert median_wait(both, 0.95).value[:2].tolist() == [23, 8]
    found, each = log_rank(both), each_against_others(both)
    assert (round(found.statistic, 2), found.degrees) == (16.79, 1)
    assert each.expected.round(2).tolist() == [19.25, 10.75]
    assert each.statistic.round(2).tolist() == [16.79, 16.79]


def test_remission_that_was_maintained() -> None:
    """R's survival package on `aml`: medians 31 and 23, log-rank 3.4, p 0.07; mean to 161 days."""
    both = table(MAINTAINED, NOT_MAINTAINED)
    medians = median_wait(both, 0.95)
    assert medians.value[:2].tolist() == [31, 23]
    assert Reason(medians.ends_reason[0]) is Reason.OPEN_ENDED
    assert round(log_rank(both).statistic, 1) == 3.4
    assert round(log_rank(both).p, 4) == 0.0653
    means = mean_wait(both, 161, 0.95)
    assert means.value[:2].round(1).tolist() == [52.6, 22.7]


@pytest.mark.parametrize("seed", range(8))
def test_the_curve_and_its_interval_equal_statsmodels(seed: int) -> None:
    days, done, groups = drawn(seed)
    found = kaplan_meier(life_table(waited(days, done), groups, 3), 0.95)
    for group in range(3):
        mine, whose = of(found, group), groups == group
        theirs = SurvfuncRight(days[whose], done[whose].astype(int))
        np.testing.assert_array_equal(mine.day, theirs.surv_times)
        np.testing.assert_array_equal(mine.at_risk, theirs.n_risk)
        np.testing.assert_array_equal(mine.done, theirs.n_events)
        np.testing.assert_allclose(mine.waiting, theirs.surv_prob, rtol=1e-9, atol=1e-15)
        inside = (mine.waiting > 1e-12) & (mine.waiting < 1)
        share, error = mine.waiting[inside], theirs.surv_prob_se[inside]
        reach = 1.959963984540054 * error / (share * np.log(share))
        np.testing.assert_allclose(mine.low[inside], share ** np.exp(-reach), rtol=1e-9)
        np.testing.assert_allclose(mine.high[inside], share ** np.exp(reach), rtol=1e-9)
        assert (mine.ends_reason[inside] == Reason.ANSWERED).all()


@pytest.mark.parametrize("seed", range(8))
def test_the_curve_equals_scipy(seed: int) -> None:
    days, done, groups = drawn(seed)
    mine = of(kaplan_meier(life_table(waited(days, done), groups, 3), 0.95), 1)
    whose = groups == 1
    held = stats.CensoredData(uncensored=days[whose & done], right=days[whose & ~done])
    theirs = stats.ecdf(held).sf
    with warnings.catch_warnings(action="ignore"):  # That there is none where all or none wait.
        ends = theirs.confidence_interval(0.95, method="log-log")
    at = np.searchsorted(theirs.quantiles, mine.day)
    np.testing.assert_allclose(mine.waiting, theirs.probabilities[at], rtol=1e-9, atol=1e-15)
    inside = mine.ends_reason == Reason.ANSWERED
    np.testing.assert_allclose(mine.low[inside], ends.low.probabilities[at][inside], rtol=1e-9)
    np.testing.assert_allclose(mine.high[inside], ends.high.probabilities[at][inside], rtol=1e-9)


@pytest.mark.parametrize("seed", range(8))
def test_the_median_equals_statsmodels(seed: int) -> None:
    days, done, groups = drawn(seed)
    found = median_wait(life_table(waited(days, done), groups, 3), 0.95)
    for group in range(3):
        theirs = SurvfuncRight(days[groups == group], done[groups == group].astype(int))
        if (np.abs(theirs.surv_prob - 0.5) < 1e-9).any():
            continue  # They ask for fewer than half; we for at most half.
        assert (found.value[group], found.reason[group] == 0) == (
            pytest.approx(theirs.quantile(0.5), nan_ok=True),
            not np.isnan(theirs.quantile(0.5)),
        )
        with np.errstate(all="ignore"):
            low, high = theirs.quantile_ci(0.5)
        if not np.isnan(low) and theirs.surv_prob[-1] > 0:
            assert found.low[group] == low
            assert np.nan_to_num(found.high[group], nan=np.inf) == high


@pytest.mark.parametrize("seed", range(8))
def test_log_rank_equals_statsmodels_and_scipy(seed: int) -> None:
    days, done, groups = drawn(seed)
    held = life_table(waited(days, done), groups, 3)
    statistic, p = survdiff(days, done.astype(int), groups)
    found = log_rank(held)
    assert found.degrees == 2
    assert found.statistic == pytest.approx(statistic, rel=1e-9)
    assert found.p == pytest.approx(p, rel=1e-9, abs=1e-14)
    each = each_against_others(held)
    for group in range(3):
        mine = groups == group
        parts = [
            stats.CensoredData(uncensored=days[whose & done], right=days[whose & ~done])
            for whose in (mine, ~mine)
        ]
        theirs = stats.logrank(*parts)
        assert each.statistic[group] == pytest.approx(theirs.statistic**2, rel=1e-9)
        assert each.p[group] == pytest.approx(theirs.pvalue, rel=1e-8)


@pytest.mark.parametrize("seed", range(8))
def test_the_mean_wait_is_the_area_under_the_curve_day_by_day(seed: int) -> None:
    """The plain engine: a day at a time, S of each day, and Greenwood's terms one by one."""
    days, done, groups = drawn(seed, 1)
    to = int(days.max())
    theirs = SurvfuncRight(days, done.astype(int))
    daily = [float(np.append(1.0, theirs.surv_prob)[np.sum(theirs.surv_times <= day)])
             for day in range(to)]  # fmt: skip
    variance = sum(
        sum(daily[day:]) ** 2 * d / (n * (n - d))
        for day, d, n in zip(
            theirs.surv_times.astype(int), theirs.n_events, theirs.n_risk, strict=True
        )
        if n > d
    )
    found = mean_wait(life_table(waited(days, done), groups, 1), to, 0.95)
    assert found.value[0] == pytest.approx(sum(daily), rel=1e-9)
    reach = 1.959963984540054 * variance**0.5
    assert found.low[0] == pytest.approx(max(sum(daily) - reach, 0), rel=1e-9)
    assert found.high[0] == pytest.approx(min(sum(daily) + reach, to), rel=1e-9)


def test_the_share_still_waiting_on_the_due_day_is_that_of_the_curve() -> None:
    both = table(MERCAPTOPURINE, PLACEBO)
    found, curve = still_waiting(both, 12, 0.95), kaplan_meier(both, 0.95)
    for group in range(2):
        last = of(curve, group).day <= 12
        for part in ("waiting", "low", "high"):
            value = "value" if part == "waiting" else part
            assert getattr(found, value)[group] == getattr(of(curve, group), part)[last][-1]
    each = still_waiting(both, [12, 5, 0], 0.95)
    assert each.value[0] == found.value[0]
    assert each.value[1] == pytest.approx(12 / 21)


def test_no_one_done_all_done_and_not_followed_are_named() -> None:
    held = table([(5, 0), (9, 0)], [(3, 1), (3, 1)], [])
    found = still_waiting(held, 4, 0.95)
    assert found.value[:2].tolist() == [1, 0]
    assert [Reason(each) for each in found.ends_reason] == [
        Reason.ALL_WAITING, Reason.ALL_DONE, Reason.NOBODY, Reason.NOBODY
    ]  # fmt: skip
    assert Reason(still_waiting(held, 10, 0.95).reason[0]) is Reason.NOT_FOLLOWED
    assert still_waiting(held, 10, 0.95).value[1] == 0
    medians = median_wait(held, 0.95)
    assert (medians.value[1], medians.low[1]) == (3, 3)
    assert Reason(medians.reason[0]) is Reason.NOT_REACHED
    assert Reason(mean_wait(held, 10, 0.95).reason[0]) is Reason.NOT_FOLLOWED
    means = mean_wait(held, 9, 0.95)
    assert means.value[:2].tolist() == [9, 3]
    assert Reason(means.ends_reason[1]) is Reason.ALL_ALIKE


@pytest.mark.parametrize(
    ("groups", "whole", "first"),
    [
        ([[], []], Reason.NOBODY, Reason.NOBODY),
        ([[(1, 1), (2, 1)], []], Reason.ONE_GROUP, Reason.NOBODY_ELSE),
        ([[(1, 0)], [(2, 0)]], Reason.NONE_DONE, Reason.NONE_DONE),
        ([[(2, 1)], [(2, 1)]], Reason.ALL_ALIKE, Reason.ALL_ALIKE),
        ([[(1, 0)], [(2, 1), (3, 1)]], Reason.NOT_FOLLOWED, Reason.NOT_FOLLOWED),
    ],
)
def test_nothing_to_compare_is_named(groups: list[Waits], whole: Reason, first: Reason) -> None:
    held = table(*groups)
    found, each = log_rank(held), each_against_others(held)
    assert (found.reason, found.degrees, np.isnan(found.p)) == (whole, 0, True)
    assert Reason(each.reason[0]) is first
    assert np.isnan([each.p[0], each.statistic[0], each.expected[0]]).all()


def test_a_group_that_was_gone_before_anyone_was_done_is_left_out_of_the_test() -> None:
    days, done, groups = drawn(3, 2)
    alone = log_rank(life_table(waited(days, done), groups, 2))
    first = days[done].min()
    more = waited(np.append(days + 1, [first, first]), np.append(done, [False, False]))
    found = log_rank(life_table(more, np.append(groups, [2, 2]), 3))
    assert (found.statistic, found.degrees) == (pytest.approx(alone.statistic), 1)


def test_those_not_known_have_a_curve_but_are_compared_with_no_one() -> None:
    days, done, groups = drawn(5, 2)
    codes = np.append(groups, [-1, 7, 2])
    held = life_table(waited(np.append(days, [1, 2, 3]), np.append(done, [1, 1, 1])), codes, 2)
    assert held.people[2] == 3
    assert of(kaplan_meier(held, 0.95), 2).waiting[-1] == 0
    without = life_table(waited(days, done), groups, 2)
    assert log_rank(held) == log_rank(without)


def test_waits_between_days_are_seen_to_the_last_day_held() -> None:
    began = [date(2026, 1, 1), date(2026, 1, 1), date(2026, 1, 5), date(2026, 2, 9), None,
             date(2026, 1, 1), date(2026, 1, 9), date(2026, 1, 2)]  # fmt: skip
    ended = [date(2026, 1, 1), date(2026, 3, 9), None, None, date(2026, 1, 2), None,
             date(2026, 1, 8), None]  # fmt: skip
    left = [None, None, None, None, None, date(2026, 1, 11), None, date(2026, 1, 1)]
    found = between(began, ended, date(2026, 1, 31), left)
    assert found.days.tolist() == [0, 30, 26, 0, 0, 10, 0, 0]
    assert found.done.tolist() == [True] + [False] * 7
    assert [Reason(each) for each in found.reason] == [
        Reason.ANSWERED, Reason.ANSWERED, Reason.ANSWERED, Reason.NOT_YET, Reason.NOT_DATED,
        Reason.ANSWERED, Reason.BACKWARDS, Reason.BACKWARDS,
    ]  # fmt: skip
    held = life_table(found, np.zeros(8), 1)
    assert (held.people.tolist(), held.left_out.tolist()) == ([4, 0], [4, 0])
    on_the_last_day = between([9, 9], [np.nan, 9], 9)
    assert (on_the_last_day.reason == Reason.ANSWERED).all()
    assert on_the_last_day.done.tolist() == [False, True]
    numbers = between([3.0, np.nan], [5, 5], 9)
    assert (numbers.days[0], Reason(numbers.reason[1])) == (2, Reason.NOT_DATED)


def test_a_wait_below_nought_or_unknown_is_left_out_and_counted() -> None:
    held = life_table(waited([4, -1, np.nan, 2], [True, True, True, False]), [0, 0, 0, 0], 1)
    assert (held.people[0], held.left_out[0], held.longest.tolist()) == (2, 2, [4, -1])
    assert all(words.endswith(".") for reason, words in WORDS.items() if reason)


def test_nothing_at_all_has_a_reason_and_no_figure() -> None:
    held = life_table(waited([], []), [], 2)
    assert kaplan_meier(held, 0.95).day.tolist() == []
    for found in (median_wait(held, 0.95), mean_wait(held, 5, 0.95), still_waiting(held, 5, 0.95)):
        assert (found.reason == Reason.NOBODY).all()
        assert np.isnan(found.value).all()
