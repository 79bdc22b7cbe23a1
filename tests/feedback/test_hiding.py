"""Small counts and small groups of staff: hidden, with what would tell them."""

from __future__ import annotations

import pytest

from evenhand.feedback.hiding import shown
from evenhand.feedback.surveys import hidden, results


@pytest.mark.parametrize(
    ("counts", "rows"),
    [
        ({"a": [3], "b": [10], "c": [20]}, {"a": None, "b": None, "c": 20}),
        ({"a": [0], "b": [10]}, {"a": 0, "b": 10}),
        ({"a": [3], "b": [0]}, {"a": None, "b": 0}),
    ],
)
def test_a_small_count_is_hidden_with_what_tells_it(
    counts: dict[str, list[int]], rows: dict[str, int | None]
) -> None:
    table = shown(counts, exact=False, below=5)
    assert {key: table.of(key)[0] for key in counts} == rows
    exact = shown(counts, exact=True, below=5)
    assert {key: exact.of(key)[0] for key in counts} == {key: n for key, (n,) in counts.items()}


def test_where_the_whole_is_hidden_every_count_of_the_table_is() -> None:
    table = shown({"a": [9, 3]}, exact=False, below=5, columns=2)
    assert set(table.of("a")) == {None}
    assert set(table.total) == {None}


@pytest.mark.parametrize(
    ("sizes", "gone"),
    [
        ({"a": 20, "b": 30}, set()),
        ({"a": 8, "b": 12, "c": 20}, {"a", "b"}),
        ({"a": 2, "b": 3, "c": 12}, {"a", "b", "c"}),
        ({"a": 6, "b": 6, "c": 12}, {"a", "b"}),
        ({"": 4, "a": 12, "b": 20}, {"", "a"}),
        ({"a": 0, "b": 20}, set()),
        ({"a": 9}, {"a"}),
    ],
)
def test_a_small_group_is_suppressed_and_never_alone(sizes: dict[str, int], gone: set[str]) -> None:
    assert hidden(sizes, 10) == gone


def test_nobody_answered_is_no_result() -> None:
    assert results([], smallest=10) == []
