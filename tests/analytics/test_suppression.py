"""What is hidden cannot be worked out: a linear programme tries, over random tables."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from evenhand.analytics.suppression import exposed, primary, rounded, shown, suppress, with_totals
from tests.analytics.attack import recovered

SHAPES = st.tuples(st.integers(1, 6), st.integers(1, 5))
COUNTS = SHAPES.flatmap(
    lambda shape: arrays.arrays(np.int64, shape, elements=st.sampled_from([0, 0, 1, 1, 2, 3, 4, 9]))
)


def test_primary_is_from_one_to_the_threshold() -> None:
    assert primary([0, 1, 4, 5, 90], 5).tolist() == [False, True, True, False, False]


def test_two_hidden_that_come_to_two_are_exposed() -> None:
    """Zeros are published, so each hidden count is at least one."""
    table = with_totals([[1, 1, 8], [7, 9, 6]])
    mask = np.zeros(table.shape, bool)
    mask[:2, :2] = True
    assert exposed(table, mask)[:2, :2].all()
    assert not exposed(with_totals([[1, 2, 8], [7, 9, 6]]), mask).any()


def test_one_hidden_in_a_row_is_exposed() -> None:
    table = with_totals([[3, 8], [9, 7]])
    mask = np.zeros(table.shape, bool)
    mask[0, 0] = True
    assert exposed(table, mask)[0, 0]


@settings(max_examples=100, deadline=None)
@given(COUNTS, st.data())
def test_the_audit_agrees_with_a_linear_programme(counts: np.ndarray, data: st.DataObject) -> None:
    table = with_totals(counts)
    drawn = data.draw(arrays.arrays(bool, table.shape, elements=st.booleans()))
    mask = drawn & (table > 0)
    np.testing.assert_array_equal(exposed(table, mask), recovered(table, mask))


@settings(max_examples=100, deadline=None)
@given(COUNTS, st.sampled_from([2, 3, 5]))
def test_nothing_hidden_can_be_recovered(counts: np.ndarray, threshold: int) -> None:
    found = suppress(counts, threshold)
    table = with_totals(counts)
    assert (found.hidden >= primary(table, threshold)).all()
    assert (table[found.hidden] > 0).all()
    assert not recovered(table, found.hidden).any()


@settings(max_examples=60, deadline=None)
@given(COUNTS)
def test_nothing_hidden_can_be_recovered_where_noughts_are_hidden_too(counts: np.ndarray) -> None:
    """Unless the whole table is nought: nobody is everywhere."""
    found = suppress(counts, 3, least=0)
    table = with_totals(counts)
    assert (found.hidden >= primary(table, 3, 0)).all()
    if not found.hidden.all():
        assert not recovered(table, found.hidden, least=0.0).any()


@settings(max_examples=60, deadline=None)
@given(COUNTS)
def test_a_table_without_small_counts_is_published_whole(counts: np.ndarray) -> None:
    found = suppress(counts * 10, 5)
    assert not found.hidden.any()
    np.testing.assert_array_equal(found.shown, with_totals(counts * 10))


def test_totals_stay_where_the_table_can_hide_its_own() -> None:
    found = suppress([[3, 40, 50], [60, 8, 70], [80, 90, 99]], 5)
    assert found.hidden.sum() == 4
    assert not found.hidden[-1].any()
    assert not found.hidden[:, -1].any()


def test_company_is_the_smallest_that_hides() -> None:
    found = suppress([[3, 400, 7], [600, 800, 9], [9, 700, 8]], 5)
    assert sorted(np.argwhere(found.hidden).tolist()) == [[0, 0], [0, 2], [2, 0], [2, 2]]


def test_a_single_small_count_takes_its_totals_with_it() -> None:
    assert suppress([[3]], 5).hidden.all()


def test_an_empty_table_has_nothing_to_hide() -> None:
    assert not suppress(np.zeros((3, 2), int), 5).hidden.any()


def test_rounding_is_half_up_and_what_is_hidden_is_shown_as_missing() -> None:
    assert rounded([0, 2, 3, 5, 7, 8, 15], 5).tolist() == [0, 0, 5, 5, 5, 10, 15]
    assert rounded([5, 15, 25], 10).tolist() == [10, 20, 30]
    assert rounded([1, 2, 3], 1).tolist() == [1, 2, 3]
    found = shown([4, 12], [True, False], 5)
    assert np.isnan(found[0])
    assert found[1] == 10


@pytest.mark.parametrize("seed", range(3))
def test_a_large_table_is_protected_and_the_audit_agrees(seed: int) -> None:
    draw = np.random.default_rng(seed)
    counts = draw.poisson(draw.gamma(0.4, 20, (60, 18)))
    found = suppress(counts, 5)
    table = with_totals(counts)
    assert not exposed(table, found.hidden).any()
    assert found.hidden.sum() > 100
