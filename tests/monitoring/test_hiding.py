"""Small numbers hidden in tables of the same children: none can be worked out from the others."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as some

from evenhand.monitoring.hiding import HIDDEN, shown

BELOW = 5
COUNTS = some.lists(some.integers(0, 12), min_size=2, max_size=4)


def test_what_is_exact_is_whole() -> None:
    table = shown({"": [[3, 5], [0, 1]]}, BELOW, exact=True)[""]
    assert table.rows == [["3", "5", "8"], ["0", "1", "1"], ["3", "6", "9"]]
    assert not table.hides


def test_a_small_number_takes_another_with_it_and_a_nought_is_told() -> None:
    table = shown({"": [[3], [0], [40], [20]]}, BELOW, exact=False)[""]
    assert [row[0] for row in table.rows] == ["<5", "0", "40", HIDDEN, "63"]


def test_two_that_can_only_both_be_four_take_a_third_with_them() -> None:
    table = shown({"": [[4], [4], [20]]}, BELOW, exact=False)[""]
    assert [row[0] for row in table.rows] == ["<5", "<5", HIDDEN, "28"]


def test_a_total_hidden_in_one_table_is_hidden_in_all() -> None:
    """Else the sum of the other would tell it."""
    tables = shown({"one": [[3]], "other": [[3], [0]]}, BELOW, exact=False)
    assert {table.rows[-1][0] for table in tables.values()} == {HIDDEN}
    assert shown({"none": []}, BELOW, exact=False) == {}


@given(COUNTS)
def test_no_hidden_count_follows_from_what_is_told(counts: list[int]) -> None:
    """Every way to fill the hidden cells that agrees with what is told is tried."""
    cells = [row[0] for row in shown({"": [[n] for n in counts]}, BELOW, exact=False)[""].rows]
    possible = list(_fillings(cells))
    for place, cell in enumerate(cells):
        if not cell.isdigit():
            assert len({values[place] for values in possible}) > 1, (counts, cells)


def _fillings(cells: list[str]) -> list[tuple[int, ...]]:
    """Every choice of counts and their sum that the cells allow."""
    choices = {"<5": range(1, BELOW), HIDDEN: range(1, 60)}
    *parts, total = cells
    ranges = [choices.get(cell) or [int(cell)] for cell in parts]
    totals = set(choices.get(total) or [int(total)])
    if sum(cell == HIDDEN for cell in parts) > 1:
        ranges = [range(1, 20) if cell == HIDDEN else each
                  for cell, each in zip(parts, ranges, strict=True)]  # fmt: skip
    return [
        (*values, sum(values)) for values in itertools.product(*ranges) if sum(values) in totals
    ]
