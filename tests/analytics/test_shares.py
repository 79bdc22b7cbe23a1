"""What is hidden of groups compared cannot be worked out from the totals and the groups shown."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.analytics.shares import Shares, suppress_shares
from tests.analytics.attack import fixed

GROUPS = st.lists(
    st.tuples(
        st.sampled_from([0, 0, 1, 1, 2, 3, 4, 8, 30]), st.sampled_from([0, 0, 1, 1, 2, 3, 4, 9, 50])
    ),
    min_size=1,
    max_size=5,
)


def recovered(x: np.ndarray, without: np.ndarray, found: Shares) -> list[bool]:
    """For each hidden count of one set whether it is known all the same."""
    hidden, sizes, secret_totals = found.events, found.of, bool(found.totals[0])
    names = [("x", row) for row in np.flatnonzero(hidden)]
    names += [("k", row) for row in np.flatnonzero(hidden)]
    names += [("n", row) for row in np.flatnonzero(sizes)]
    if not names:
        return []
    place = {name: number for number, name in enumerate(names)}
    equations, sums = [], []
    for row in np.flatnonzero(hidden):
        line = np.zeros(len(names))
        line[place["x", row]] = line[place["k", row]] = 1
        if sizes[row]:
            line[place["n", row]] = -1
        equations.append(line)
        sums.append(0 if sizes[row] else x[row] + without[row])
    if not secret_totals:
        for kind, counts, mask in (("x", x, hidden), ("n", x + without, sizes)):
            line = np.zeros(len(names))
            for row in np.flatnonzero(mask):
                line[place[kind, row]] = 1
            equations.append(line)
            sums.append(counts[mask].sum())
    truth = {"x": x, "k": without}
    least = [1.0 if kind == "n" else float(not sizes[row] and truth[kind][row] > 0)
             for kind, row in names]  # fmt: skip
    return fixed(np.array(equations), np.array(sums, float), least)


@settings(max_examples=100, deadline=None)
@given(GROUPS, st.sampled_from([2, 3, 5]))
def test_nothing_hidden_can_be_recovered(groups: list[tuple[int, int]], threshold: int) -> None:
    x, without = np.array(groups).T
    found = suppress_shares(x, x + without, np.zeros(len(x), int), threshold)
    assert not any(recovered(x, without, found))


@settings(max_examples=60, deadline=None)
@given(st.lists(GROUPS, min_size=1, max_size=4), st.sampled_from([2, 5]))
def test_many_sets_at_once_are_as_each_alone(
    many: list[list[tuple[int, int]]], threshold: int
) -> None:
    x, without = np.array([each for groups in many for each in groups]).T
    sets = np.repeat(np.arange(len(many)) * 3 - 1, [len(groups) for groups in many])
    together = suppress_shares(x, x + without, sets, threshold)
    for which in np.unique(sets):
        of_it = sets == which
        alone = suppress_shares(x[of_it], (x + without)[of_it], sets[of_it], threshold)
        for one, other in zip(together, alone, strict=True):
            np.testing.assert_array_equal(one[of_it], other)


def test_every_small_count_is_hidden() -> None:
    found = suppress_shares([3, 40, 98, 2], [100, 100, 100, 3], [0, 0, 0, 0], 5)
    assert found.primary.tolist() == [True, False, True, True]
    assert found.events.tolist() == [True, False, True, True]
    assert found.of.tolist() == [True, False, False, True]


def test_company_is_the_smallest_group_that_can_be_more_or_less() -> None:
    found = suppress_shares([3, 40, 20, 0], [100, 100, 50, 30], [0, 0, 0, 0], 5)
    assert found.events.tolist() == [True, False, True, False]
    assert not found.of.any()
    assert not found.totals.any()


def test_a_group_alone_takes_its_totals_with_it() -> None:
    found = suppress_shares([3], [100], [0], 5)
    assert found.events.all()
    assert found.totals.all()


def test_a_small_total_is_hidden_too() -> None:
    assert suppress_shares([1, 2, 0], [50, 60, 70], [0, 0, 0], 5).totals.all()


def test_large_counts_and_noughts_are_published() -> None:
    found = suppress_shares([0, 30, 0], [40, 60, 0], [0, 0, 0], 5)
    assert not any(part.any() for part in found)


@pytest.mark.parametrize("threshold", [0, 1])
def test_no_threshold_hides_nothing(threshold: int) -> None:
    assert not suppress_shares([1, 1], [2, 9], [0, 0], threshold).events.any()
