"""What many tables tell together, and what a reader makes of figures that were corrected."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.analytics.linked import Told, Unsound, known
from evenhand.analytics.profiles import Bounds, Profile, dominated
from evenhand.analytics.suppression import exposed, suppress, with_totals

NO_END = float("inf")
OWN = Profile("own", "Ours", threshold=5, base=5)
HEALTH = OWN._replace(threshold=8, shares_of_rounded=True)


def is_(count: float) -> Bounds:
    return Bounds(count, count)


def test_what_two_tables_tell_together_is_known() -> None:
    """A and B come to 23, C is 40; then B is 20, and A and C come to 43."""
    first = [Told({0: 1, 1: 1}, is_(23)), Told({2: 1}, is_(40))]
    second = [Told({1: 1}, is_(20)), Told({0: 1, 2: 1}, is_(43))]
    assert np.isnan(known(3, first, [{0: 1}, {1: 1}])).all()
    assert known(3, [*first, *second], [{0: 1}, {1: 1}]).tolist() == [3, 20]


def test_an_older_figure_gives_way_to_a_newer_as_little_as_it_can() -> None:
    """C was 40 and is 39: A and B, which were 23, are 24, and neither is known."""
    old = [Told({0: 1, 1: 1}, is_(23), firm=False), Told({2: 1}, is_(40), firm=False)]
    new = [Told({2: 1}, is_(39)), Told({0: 1, 1: 1, 2: 1}, is_(63))]
    found = known(3, [*old, *new], [{2: 1}, {0: 1, 1: 1}, {0: 1}])
    assert found[:2].tolist() == [39, 24]
    assert np.isnan(found[2])


def test_firm_figures_that_contradict_one_another_are_unsound() -> None:
    with pytest.raises(Unsound):
        known(1, [Told({0: 1}, is_(1)), Told({0: 1}, is_(2))], [{0: 1}])


def test_a_number_without_an_end_is_not_known() -> None:
    assert np.isnan(known(1, [Told({0: 1}, Bounds(3, NO_END))], [{0: 1}])[0])
    assert len(known(1, [], [])) == 0


@pytest.mark.parametrize(("spread", "is_known"), [(1, False), (2, False), (3, True)])
def test_a_profile_may_ask_for_a_wider_spread(spread: int, is_known: bool) -> None:
    """From 1 to 3: whole numbers two apart are possible, three apart are not."""
    found = known(1, [Told({0: 1}, Bounds(1, 3))], [{0: 1}], spread)
    assert bool(np.isnan(found[0])) is not is_known


@pytest.mark.parametrize(
    ("profile", "count", "told"),
    [(OWN, 24, (24, 24)), (HEALTH, 0, (0, 0)), (HEALTH, 8, (8, 12)), (HEALTH, 13, (13, 17)),
     (HEALTH._replace(base=10), 14, (8, 14)), (HEALTH._replace(base=10), 15, (15, 24)),
     (HEALTH._replace(shows_zeros=False, base=20), 9, (0, 9))],
)  # fmt: skip
def test_what_is_learnt_from_a_count_that_is_shown(
    profile: Profile, count: int, told: tuple[int, int]
) -> None:
    """Exactly what it is, unless shares too are of rounded counts; never that it is small."""
    assert profile.told_by(count) == told


@pytest.mark.parametrize("count", range(8, 60))
@pytest.mark.parametrize("base", [2, 5, 10])
def test_what_is_learnt_holds_the_count(count: int, base: int) -> None:
    low, high = HEALTH._replace(base=base).told_by(count)
    assert low <= count <= high
    assert high - low < base


@pytest.mark.parametrize(
    ("largest", "dominance", "is_hidden"), [(1, 0.75, True), (1, 0.85, False), (0, 0, False)]
)
def test_a_sum_that_few_make_up_is_hidden(largest: int, dominance: float, is_hidden: bool) -> None:
    """16 of 20 are one family's: 16, 3 and 1."""
    profile = OWN._replace(largest=largest, dominance=dominance)
    squares = [16 * 16 + 3 * 3 + 1, 0]
    assert dominated([20, 0], squares, profile).tolist() == [is_hidden, False]


@given(st.lists(st.integers(1, 9), min_size=1, max_size=9), st.sampled_from([1, 2, 3]))
def test_no_sum_that_few_make_up_is_shown(each: list[int], largest: int) -> None:
    """Those hidden are all that a list of contributors would hide, and perhaps a few more."""
    profile = OWN._replace(largest=largest, dominance=0.75)
    squares = sum(one * one for one in each)
    is_theirs = sum(sorted(each)[-largest:]) > 0.75 * sum(each)
    assert bool(dominated(sum(each), squares, profile)) or not is_theirs


def test_noughts_are_hidden_too_where_a_profile_says_so() -> None:
    counts = [[0, 12], [30, 40], [25, 31]]
    assert not suppress(counts, 5).hidden.any()
    strict = suppress(counts, 5, least=0)
    assert strict.primary[0, 0]
    assert strict.hidden.sum() >= 4
    assert not exposed(with_totals(counts), strict.hidden, least=0).any()


def test_two_hidden_that_come_to_two_need_not_be_one_each_where_noughts_are_hidden() -> None:
    table = with_totals([[1, 1, 8], [7, 9, 6]])
    mask = np.zeros(table.shape, bool)
    mask[:2, :2] = True
    assert exposed(table, mask).any()
    assert not exposed(table, mask, least=0).any()
