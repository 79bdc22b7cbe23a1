"""Whatever comes in, each measure answers or says why not: no nan without a reason, no infinity.

The table has what data really brings: nobody, one group only, all unknown, a group of 3, a
benchmark that lacks a group, an end before its beginning, days to come, codes that nobody knows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import product

import numpy as np
import pytest

from evenhand.analytics import pooled, ratios, reasons, representation, standardised, tests
from evenhand.analytics.bounds import of_rate as bounds_of_rate
from evenhand.analytics.bounds import of_ratio as bounds_of_ratio
from evenhand.analytics.counting import Dimension, count
from evenhand.analytics.disparity import Settings, compare
from evenhand.analytics.funnels import FunnelSettings, funnel, limits
from evenhand.analytics.intervals import newcombe, wilson
from evenhand.analytics.log_rank import each_against_others, log_rank
from evenhand.analytics.rates import per
from evenhand.analytics.reasons import WORDS, Reason
from evenhand.analytics.survival import kaplan_meier, mean_wait, median_wait, still_waiting
from evenhand.analytics.waits import LifeTable, between, life_table, waited

SETTINGS = Settings(
    confidence=0.95, correction="holm", significance=0.05, band=(4, 5), exact_under=5,
    score_under=5, threshold=5,
)  # fmt: skip
FUNNEL = FunnelSettings((0.95, 0.998), winsorised=0.1, significance=0.05, spread_from=5)
PAIRS = [(0, 0), (0, 3), (3, 3), (1, 3), (4, 3), (-1, 3), (2, -1), (0, 10**7), (10**7, 10**7),
         (40, 100), (np.nan, 3), (1, np.nan), (1, np.inf), (np.inf, np.inf)]  # fmt: skip
TABLE = np.array([(*one, *other) for one, other in product(PAIRS, PAIRS)]).T
WHOLE = [pair for pair in PAIRS if np.isfinite(pair).all()]
OF_TWO: dict[str, Callable[..., Iterable[object]]] = {
    "relative rate": lambda *counts: ratios.relative_rate(*counts, 0.95)[:1],
    "relative rate, Koopman": lambda *counts: ratios.relative_rate(*counts, 0.95, 10**9)[:1],
    "bounds of ratio": lambda x, n, y, m: bounds_of_ratio((x, n), (y, m), (0, 0)),
}
OF_DIFFERENCE: dict[str, Callable[..., Iterable[object]]] = {
    "difference": lambda *counts: newcombe(*counts, 0.95),
    "two proportions": tests.two_proportion_z,
    "chi-squared": tests.chi_squared,
}


def explained(numbers: Iterable[object], reason: object) -> None:
    """No infinity; no nan where the reason is that there is an answer; each reason has words."""
    codes = np.asarray(reason)
    for each in numbers:
        values = np.asarray(each, float)
        assert not np.isinf(values).any()
        assert not (np.isnan(values) & (codes == Reason.ANSWERED)).any()
    assert all(WORDS[Reason(int(code))].endswith(".") for code in np.unique(codes) if code)


def whole(found: tuple[object, ...], names: tuple[str, ...]) -> None:
    """As `explained`, of a measure that says itself why: its ends too have a reason."""
    parts = dict(zip(names, found, strict=True))
    own = {name for name in parts if name in {"low", "high"}} if "ends_reason" in parts else set()
    skip = {"reason", "ends_reason", "crude", *own}
    explained((part for name, part in parts.items() if name not in skip), parts["reason"])
    if own:
        explained((parts["high"],), parts["ends_reason"])


@pytest.mark.parametrize("name", OF_TWO)
def test_a_ratio_of_two_rates_is_answered_or_has_its_reason(name: str) -> None:
    explained(OF_TWO[name](*TABLE), reasons.of_ratio(*TABLE))


@pytest.mark.parametrize("name", OF_DIFFERENCE)
def test_a_difference_is_answered_or_has_its_reason(name: str) -> None:
    why = reasons.of_difference(*TABLE)
    explained(OF_DIFFERENCE[name](*TABLE), why)
    for part in OF_DIFFERENCE[name](*TABLE):
        assert (np.isnan(part) == (why != Reason.ANSWERED)).all()


def test_exact_tests_of_counts_have_the_same_reasons() -> None:
    counts = np.array([(*one, *other) for one, other in product(WHOLE, WHOLE) if one[1] < 10**6]).T
    for test in (tests.fisher_exact, tests.mid_p):
        few = counts[:, (counts[2] < 10**6) & (counts[3] < 10**6)].astype(int)
        explained([test(*few)], reasons.of_difference(*few))


def test_odds_have_reasons_of_their_own() -> None:
    found = ratios.odds_ratio(*TABLE, 0.95)
    explained(found[:3], found.reason)


def test_a_share_and_its_bounds_are_answered_or_have_their_reason() -> None:
    events, of = np.array(PAIRS).T
    why = reasons.of_rate(events, of)
    explained(wilson(events, of, 0.95), why)
    explained(bounds_of_rate(events, of, 0, 0), why)
    assert (np.isnan(wilson(events, of, 0.95).low) == (why != Reason.ANSWERED)).all()


def test_a_rate_of_a_population_may_have_more_events_than_people() -> None:
    events, of = np.array(PAIRS).T
    why = reasons.of_population(events, of)
    explained(per(events, of, 10_000, 0.95), why)
    assert Reason(why[PAIRS.index((4, 3))]) is Reason.ANSWERED


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize("groups", [1, 2, 5])
def test_one_group_a_group_of_3_and_all_unknown_are_compared_or_say_why(
    groups: int, known: bool
) -> None:
    events, of = np.array([(1, 3), (0, 0), (40, 100), (0, 9), (9, 9)][:groups]).T
    found = compare(events, of, np.arange(groups), SETTINGS, known=np.full(groups, known))
    explained([found.rate, *found.interval, *found.bounds], found.rate_reason)
    explained([*found.ratio[:3], *found.difference, found.p, found.corrected,
               *found.ratio_bounds], found.ratio.reason)  # fmt: skip
    if groups == 1 or not known:
        assert not found.flag.any()
        assert (found.ratio.reason != Reason.ANSWERED).all()


def test_a_code_that_nobody_knows_is_counted_as_not_known() -> None:
    of, _ = count([Dimension(np.array([0, 1, 99, -5]), 2)], [np.array([True] * 4)])
    assert of[0].tolist() == [1, 1, 2]
    held = life_table(waited([1, 2, 3, 4], [True] * 4), [0, 1, 99, -5], 2)
    assert held.people.tolist() == [1, 1, 2]


LIFE: dict[str, LifeTable] = {
    "nobody": life_table(waited([], []), [], 2),
    "one group": life_table(waited([3, 0, 0], [True, True, False]), [0, 0, 0], 1),
    "all unknown": life_table(waited([3, 1], [True, False]), [7, -1], 2),
    "a group of 3": life_table(waited([3, 3, 3, 1], [True] * 4), [0, 0, 0, 1], 2),
    "an end before the beginning": life_table(between([5, 5], [4, np.nan], 9), [0, 1], 2),
    "days to come": life_table(between([50, 5], [np.nan, 40], 9), [0, 1], 2),
    "no groups": life_table(waited([3], [True]), [0], 0),
}


@pytest.mark.parametrize("name", LIFE)
def test_waits_are_answered_or_say_why(name: str) -> None:
    held = LIFE[name]
    for found in (median_wait(held, 0.95), mean_wait(held, 3, 0.95), still_waiting(held, 3, 0.95)):
        whole(found, found._fields)
        assert (np.isnan(found.value) == (found.reason != Reason.ANSWERED)).all()
    curves = kaplan_meier(held, 0.95)
    explained([curves.low, curves.high], curves.ends_reason)
    explained([log_rank(held).statistic, log_rank(held).p], log_rank(held).reason)
    each = each_against_others(held)
    explained([each.expected, each.statistic, each.p], each.reason)


STRATA = [([0, 0], [0, 0]), ([1, 0], [3, 0]), ([1, 2], [3, 9]), ([0, 0], [3, 9]),
          ([3, 9], [3, 9]), ([4, 1], [3, 9]), ([-1, 1], [3, 9]), ([np.nan, 1], [3, 9])]  # fmt: skip


@pytest.mark.parametrize("one", STRATA)
@pytest.mark.parametrize("standard", [[1, 1], [1, 0], [0, 0], [np.nan, 1], [-1, 2]])
def test_what_is_standardised_is_answered_or_says_why(
    one: tuple[list[float], list[float]], standard: list[float]
) -> None:
    for found in (
        standardised.direct_share(*one, standard, 0.95),
        standardised.direct_rate(*one, standard, 1000, 0.95),
        standardised.indirect_ratio(*one, standard, 0.95),
    ):
        whole(found, found._fields)
        assert np.isnan(found.rate) == (found.reason != Reason.ANSWERED)


@pytest.mark.parametrize(("one", "other"), [*product(STRATA, STRATA)])
def test_what_is_pooled_is_answered_or_says_why(
    one: tuple[list[float], list[float]], other: tuple[list[float], list[float]]
) -> None:
    for ratio in (pooled.risk_ratio(*one, *other, 0.95), pooled.odds_ratio(*one, *other, 0.95)):
        whole(ratio, ratio._fields)
        assert np.isnan(ratio.ratio) == (ratio.reason != Reason.ANSWERED)
    for test in (pooled.chance(*one, *other), pooled.alike_in_every_stratum(*one, *other)):
        whole(test, test._fields)


@pytest.mark.parametrize("target", [None, 0.0, 0.3, 1.0])
def test_units_are_placed_or_say_why(target: float | None) -> None:
    events, of = np.array(PAIRS).T
    for taken in (slice(None), slice(0, 1), slice(1, 2), slice(0, 0)):
        found = funnel(events[taken], of[taken], FUNNEL, target)
        explained([found.share], found.reason)
        assert not found.place[found.reason != Reason.ANSWERED].any()
    ends = limits([0, 1, 3, 10**6], 0.3 if target is None else target, FUNNEL.levels)
    explained([part[:, 1:] for part in ends], 0)


@pytest.mark.parametrize(
    "population", [[np.nan, 91], [0, 91], [0, 0], [-1, 5], [9, 91], [np.inf, 1]]
)
@pytest.mark.parametrize("count", [[0, 0], [3, 0], [0, 3], [3, 97], [-1, 2], [np.nan, 2]])
def test_a_benchmark_that_lacks_a_group_says_so(
    count: list[float], population: list[float]
) -> None:
    found = representation.representation(count, population, 0.95)
    for ratio in (found.disproportionality, found.disparity):
        explained(ratio[:3], ratio.reason)
        assert (np.isnan(ratio.ratio) == (ratio.reason != Reason.ANSWERED)).all()
    explained([found.gap, found.gap_low, found.gap_high], found.disproportionality.reason)
    for others in ((5, 100), (0, 100), (5, 0), (5, -1)):
        ratio = representation.rate_ratio(count, population, *others, 0.95)
        explained(ratio[:3], ratio.reason)
        at_least = np.isin(ratio.reason, [Reason.ANSWERED, Reason.NONE_ELSEWHERE])
        assert np.isnan(ratio.low[~at_least]).all()
        assert np.isnan(ratio.high[ratio.reason != Reason.ANSWERED]).all()


def test_stages_are_answered_or_say_why() -> None:
    for reached in ([[3, 0], [0, 0]], [[3], [1]], [[3, 9], [4, 9], [0, 0]], [[-1, 3], [0, 1]]):
        found = representation.relative_rate_index(reached, 0.95)
        for ratio in found:
            explained(ratio[:1], ratio.reason)
            assert (np.isnan(ratio.ratio) == (ratio.reason != Reason.ANSWERED)).all()
