"""Rates for so many people, whom a group is compared with, and what the unknown could change."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.analytics import bounds
from evenhand.analytics.rates import against, per

SMALL = st.integers(0, 4)


def test_a_rate_per_ten_thousand_with_its_interval() -> None:
    """Byar's limits of 65 events are 50.16 and 82.85."""
    found = per([65], [100_000], 10_000, 0.95)
    assert found.rate[0] == 6.5
    assert (round(found.low[0], 3), round(found.high[0], 3)) == (5.016, 8.285)


def test_a_population_of_nobody_has_no_rate() -> None:
    assert np.isnan(per([0, 4], [0, 0], 10_000, 0.95)).all()


def test_few_events_take_the_exact_interval() -> None:
    assert per(0, 1000, 1000, 0.95).high == pytest.approx(3.68888, abs=1e-5)


def test_a_group_is_compared_with_all_the_others_and_never_with_itself() -> None:
    found = against([1, 2, 3], [10, 20, 30], [0, 1, 2])
    assert found.events.tolist() == [5, 4, 3]
    assert found.of.tolist() == [50, 40, 30]


def test_not_known_is_no_ones_comparison_but_has_one() -> None:
    found = against([1, 2, 3], [10, 20, 30], [0, 1, 2], known=[True, True, False])
    assert found.events.tolist() == [2, 1, 3]
    assert found.of.tolist() == [20, 10, 30]


def test_sets_are_compared_apart() -> None:
    found = against([1, 2, 3, 4], [10, 20, 30, 40], [0, 1, 0, 1], sets=[7, 7, 2, 2])
    assert found.events.tolist() == [2, 1, 4, 3]


def test_a_named_group_is_each_others_comparison_and_has_none_itself() -> None:
    found = against([1, 2, 3, 4], [10, 20, 30, 40], [0, 1, 2, 1], 1, sets=[0, 0, 0, 1])
    assert found.events.tolist() == [2, 0, 2, 0]
    assert found.of.tolist() == [20, 0, 20, 0]


def test_a_benchmark_that_a_set_lacks_leaves_nobody_to_compare_with() -> None:
    found = against([1, 2], [10, 20], [0, 2], 1)
    assert found.of.tolist() == [0, 0]


@settings(max_examples=60, deadline=None)
@given(SMALL, SMALL, SMALL, SMALL)
def test_no_share_of_the_unknown_gives_less_or_more_than_the_bounds(
    yes: int, no: int, unknown_yes: int, unknown_no: int
) -> None:
    of, unknown = yes + no, unknown_yes + unknown_no
    found = bounds.of_rate(yes, of, unknown_yes, unknown)
    rates = [
        (yes + a) / (of + a + b)
        for a, b in product(range(unknown_yes + 1), range(unknown_no + 1))
        if of + a + b
    ]
    if of and rates:
        assert float(found.low) == pytest.approx(min(rates))
        assert float(found.high) == pytest.approx(max(rates))


@settings(max_examples=60, deadline=None)
@given(*[st.integers(1, 4)] * 4, SMALL, SMALL)
def test_no_division_of_the_unknown_passes_the_bounds_of_the_ratio(
    yes: int, no: int, others_yes: int, others_no: int, unknown_yes: int, unknown_no: int
) -> None:
    pairs = ((yes, yes + no), (others_yes, others_yes + others_no))
    found = bounds.of_ratio(*pairs, (unknown_yes, unknown_yes + unknown_no))
    ratios = []
    for a, b in product(range(unknown_yes + 1), range(unknown_no + 1)):
        ours = (yes + a) / (yes + no + a + b)
        there = unknown_yes - a, unknown_no - b
        ratios.append(ours * (others_yes + others_no + sum(there)) / (others_yes + there[0]))
    assert float(found.low) == pytest.approx(min(ratios))
    assert float(found.high) == pytest.approx(max(ratios))


def test_bounds_without_anyone_are_no_answer() -> None:
    assert np.isnan(bounds.of_rate(0, 0, 0, 0)).all()
