"""Where along the way a difference arises: each group's relative rate at every step."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from evenhand.design.components import Cell, Column, Table
from evenhand.equality import wording
from evenhand.equality.comparison import Comparison, Row


def along_table(comparisons: Sequence[Comparison]) -> Table | None:
    """Return the relative rate index: a row for each group, a column for each step.

    Each is the rate among those who reached the step before, over that of those with whom the
    group is compared. None where there is nothing to compare.
    """
    groups = _groups(comparisons)
    if not groups:
        return None
    first = comparisons[0]
    rows = [
        [Cell(first.dimension.label_of(group)), *(_cell(one, group) for one in comparisons)]
        for group in groups
    ]
    title = f"How many times as often as {wording.against_whom(first.rules)}, step by step"
    columns = [Column(wording.title_of(each.tallied.kind, each.tallied.measure))
               for each in comparisons]  # fmt: skip
    return Table(
        title, [Column(first.dimension.label), *columns], rows, id="along-the-way", narrow="scroll"
    )


def where_it_arises(comparisons: Sequence[Comparison]) -> list[str]:
    """Return for each group that differs at some step where it first does, and where again."""
    found: dict[str, list[tuple[Comparison, Row]]] = {}
    for one in comparisons:
        for row in one.worse():
            found.setdefault(row.group, []).append((one, row))
    return [_where(each) for each in found.values()]


def _where(found: Sequence[tuple[Comparison, Row]]) -> str:
    (first, row), *later = found
    whom = first.dimension.children_of(row.group)
    words = f"For {whom} the difference begins at “{_title(first)}”"
    if not later:
        return f"{words}, and at no other step is it more than chance would explain."
    again = wording.in_a_row([f"“{_title(one)}”" for one, _ in later])
    return f"{words}, and is there again at {again}."


def _title(one: Comparison) -> str:
    return wording.title_of(one.tallied.kind, one.tallied.measure)


def _groups(comparisons: Sequence[Comparison]) -> list[str]:
    if not comparisons:
        return []
    there = {row.group for one in comparisons for row in one.rows if row.is_known and row.count.of}
    return [group for group in comparisons[0].dimension.labels if group in there]


def _cell(one: Comparison, group: str) -> Cell:
    row = next((each for each in one.rows if each.group == group), None)
    if row is None or not row.count.of:
        return Cell("nobody")
    return Cell(_number(row), note=" ".join(_notes(one, row)))


def _number(row: Row) -> str:
    if row.hidden:
        return "hidden"
    if not row.is_compared:
        return "too few to compare"
    if math.isinf(row.ratio):
        return "to no one else"
    return "no ratio" if math.isnan(row.ratio) else f"{row.ratio:.2f}"


def _notes(one: Comparison, row: Row) -> Iterator[str]:
    ends = wording.ratio_between(row.ratio_low, row.ratio_high)
    if ends and math.isfinite(row.ratio):
        yield f"{ends}."
    if row.differs and not one.has_headline:
        yield "No conclusion drawn."
    elif row.differs:
        yield f"{'More' if row.more else 'Less'} often than chance would explain."
