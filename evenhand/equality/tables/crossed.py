"""Two ways to tell groups apart at once, as a page shows them."""

from __future__ import annotations

from typing import NamedTuple

from evenhand.design.components import Cell, Column, Table
from evenhand.design.wording import number
from evenhand.equality import wording
from evenhand.equality.crossing import Crossed
from evenhand.equality.pathway import UNKNOWN, Dimension
from evenhand.policy.disparity import Rules


class Pair(NamedTuple):
    """One cell that can be told of: its words, its share and its counts."""

    words: str
    share: float
    reached: int
    of: int


def crossed_table(one: Crossed, happened: str) -> Table | None:
    """Return the share of each pair of groups; nobody and a hidden number are said apart.

    None where every number would have to be hidden.
    """
    if not ((one.of > 0) & ~one.hidden).any():
        return None
    columns = [Column(one.second.label_of(each), numeric=True) for each in one.columns]
    rows = [
        [
            Cell(one.first.label_of(group)),
            *(_cell(one, row, column) for column in range(len(one.columns))),
        ]
        for row, group in enumerate(one.rows)
    ]
    title = f"The share that {happened}, by {_label(one.first)} and {_label(one.second)}"
    return Table(
        title, [Column(one.first.label), *columns], rows, narrow="scroll", id="two-at-once"
    )


def crossed_sentence(one: Crossed, rules: Rules) -> str:
    """Return where the share is highest and lowest, of pairs large enough to tell of."""
    pairs = [pair for pair in _pairs(one) if pair.of >= rules.smallest]
    if len(pairs) <= 1:
        return f"Too few are of two groups at once to tell: we look at {rules.smallest} or more."
    ordered = sorted(pairs, key=lambda pair: pair.share)
    return (
        f"Where {rules.smallest} or more are of two groups at once, it is most often so for "
        f"{_told(ordered[-1])}, and least often for {_told(ordered[0])}. "
        "Of so many small groups some lie apart by chance: this describes, and is not tested."
    )


def _pairs(one: Crossed) -> list[Pair]:
    return [
        Pair(
            _words(one.first, group, one.second, other),
            one.reached[row, column] / one.of[row, column],
            int(one.reached[row, column]), int(one.of[row, column]),
        )
        for row, group in enumerate(one.rows)
        for column, other in enumerate(one.columns)
        if group not in UNKNOWN and other not in UNKNOWN
        and one.of[row, column] and not one.hidden[row, column]
    ]  # fmt: skip


def _words(first: Dimension, group: str, second: Dimension, other: str) -> str:
    return f"{first.label_of(group)}, {second.label_of(other)}"


def _told(pair: Pair) -> str:
    counts = f"{number(pair.reached)} of {number(pair.of)}"
    return f"“{pair.words}” ({wording.share(pair.share)}, {counts})"


def _label(dimension: Dimension) -> str:
    return dimension.label[:1].lower() + dimension.label[1:]


def _cell(one: Crossed, row: int, column: int) -> Cell:
    of, reached = int(one.of[row, column]), int(one.reached[row, column])
    if not of:
        return Cell("nobody")
    if one.hidden[row, column]:
        return Cell("hidden")
    return Cell(wording.share(reached / of), note=f"{number(reached)} of {number(of)}")
