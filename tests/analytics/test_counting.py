"""Grouped counts equal a plain group-by, and not known is a group that is never dropped."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.analytics import counting
from evenhand.analytics.counting import Counter, Dimension, count


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 500), st.integers(1, 4), st.integers(1, 8), st.integers(0, 2**32 - 1))
def test_counts_equal_a_group_by(rows: int, dimensions: int, outcomes: int, seed: int) -> None:
    draw = np.random.default_rng(seed)
    sizes = draw.integers(1, 20, dimensions)
    codes = [draw.integers(0, size + 1, rows, dtype=np.int8) for size in sizes]
    happened = [draw.random(rows) < 0.3 for _ in range(outcomes)]
    of, events = count(
        [Dimension(each, int(size)) for each, size in zip(codes, sizes, strict=True)], happened
    )
    for place, size in enumerate(sizes):
        assert of[place].shape == (size + 1,)
        assert events[place].shape == (size + 1, outcomes)
        _same(codes[place], happened, of[place], events[place])


def _same(
    codes: np.ndarray, happened: list[np.ndarray], of: np.ndarray, events: np.ndarray
) -> None:
    frame = pl.DataFrame({"group": codes, **{f"o{k}": each for k, each in enumerate(happened)}})
    sums = [pl.col(f"o{k}").sum() for k in range(len(happened))]
    for group, people, *found in frame.group_by("group").agg(pl.len(), *sums).rows():
        assert of[group] == people
        assert events[group].tolist() == found
    assert of.sum() == len(codes)


def test_what_is_no_group_is_counted_as_not_known() -> None:
    codes = np.array([0, 1, 2, -1, 99, 1], np.int8)
    of, events = count([Dimension(codes, 2)], [np.ones(6, bool)])
    assert of[0].tolist() == [1, 2, 3]
    assert events[0].tolist() == [[1], [2], [3]]


def test_blocks_add_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "_BLOCK", 7)
    codes, happened = np.arange(100) % 5, np.arange(100) % 3 == 0
    counter = Counter([5], 1)
    for part in np.array_split(np.arange(100), 3):
        counter.add([codes[part]], [happened[part]])
    assert counter.of()[0].tolist() == [20] * 5 + [0]
    assert counter.events()[0].sum() == 34


def test_too_many_outcomes_are_refused() -> None:
    with pytest.raises(ValueError, match="9 outcomes are too many; at most 8"):
        Counter([3], 9)
