"""Times that put a child in a group: which of them held on a day. Pure."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from evenhand.equality.grouping.spells import NONE, spells
from evenhand.facts.holding import NOTHING

DAYS = st.integers(-200, 200)
ENDS = st.one_of(DAYS, st.just(NOTHING))
SPELL = st.tuples(st.integers(1, 3), ENDS, ENDS, st.integers(0, 5))


def columns(rows: list[tuple[int, ...]], count: int) -> list[np.ndarray]:
    return [np.array([row[place] for row in rows], np.int64) for place in range(count)]


def slow(rows: list[tuple[int, ...]], child: int, day: int) -> int:
    """The latest that began by the day and had not ended; of one day, the last written."""
    held = [
        (-1e9 if starts == NOTHING else starts, place, group)
        for place, (whose, starts, ends, group) in enumerate(rows)
        if whose == child
        and (starts == NOTHING or starts <= day)
        and (ends == NOTHING or ends >= day)
    ]
    return int(max(held)[2]) if held else NONE


@given(st.lists(SPELL, max_size=12), st.lists(st.tuples(st.integers(0, 4), DAYS), max_size=12))
def test_the_latest_that_held_is_found(
    rows: list[tuple[int, ...]], asked: list[tuple[int, int]]
) -> None:
    laid_out = spells(*columns(rows, 4))
    whose, days = columns(asked, 2)
    expected = [slow(rows, child, day) for child, day in asked]
    assert laid_out.on(whose, days).tolist() == expected


def test_on_no_day_nothing_held() -> None:
    laid_out = spells(*columns([(1, NOTHING, NOTHING, 3)], 4))
    assert laid_out.on(np.array([1]), np.array([NOTHING])).tolist() == [NONE]
