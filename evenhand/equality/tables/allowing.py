"""What is left of a difference once age and the like are allowed for, as a page shows it."""

from __future__ import annotations

import math
from typing import NamedTuple

from evenhand.design.components import Cell, Column, Table
from evenhand.equality import wording
from evenhand.equality.allowing import GONE, LARGER, NONE, SAME, SMALLER, Allowance, Allowed

SAID = {
    GONE: "there is no difference left that chance would not explain",
    SMALLER: "the difference is smaller, but still there",
    SAME: "the difference is about the same",
    LARGER: "the difference is larger",
}
SHORT = {
    GONE: "Gone: {what} explains it",
    SMALLER: "Smaller: {what} explains a part",
    SAME: "About the same: {what} does not explain it",
    LARGER: "Larger: {what} was hiding a part of it",
    NONE: "",
}


class Allowing(NamedTuple):
    """One thing that is allowed for: what is said, and the table."""

    what: str
    sentences: list[str]
    table: Table


def allowing_section(one: Allowance) -> Allowing:
    """Return each group's ratio as it is and with something allowed for, and what that says."""
    what = _what(one)
    columns = (
        Column("Times as often, as it is", numeric=True),
        Column(f"Allowing for {what}", numeric=True),
        Column("Likely between"),
        Column(f"Share, were all of the same {what}", numeric=True),
        Column("What it shows"),
    )
    rows = [[Cell(one.dimension.label_of(each.group)), *_cells(each, what)] for each in one.groups]
    title = f"As it is, and allowing for {what}, by {one.dimension.label.lower()}"
    table = Table(
        title, [Column(one.dimension.label), *columns], rows,
        empty="No group is large enough to compare.", id=f"allowing-for-{one.strata.id}",
    )  # fmt: skip
    return Allowing(what, _sentences(one, what), table)


def _what(one: Allowance) -> str:
    """Return what is allowed for as a sentence goes on: "Age at the time" is age."""
    return one.strata.label.lower().removesuffix(" at the time")


def _sentences(one: Allowance, what: str) -> list[str]:
    told = [each for each in one.groups if each.verdict != NONE]
    if not told:
        return [f"There is no difference here that {what} would have to explain."]
    return [
        f"For {one.dimension.children_of(each.group)}, after allowing for {what}, "
        f"{SAID[each.verdict]}: {each.ratio:.2f} times as often, where it was {each.crude:.2f}."
        for each in told
    ]


def _cells(each: Allowed, what: str) -> list[Cell]:
    if each.why:
        return [Cell(_ratio(each.crude)), Cell(), Cell(), Cell(), Cell(each.why)]
    between = wording.ratio_between(each.low, each.high) or None
    return [
        Cell(_ratio(each.crude)),
        Cell(_ratio(each.ratio)),
        Cell(between),
        Cell(None if math.isnan(each.rate) else wording.share(each.rate)),
        Cell(SHORT[each.verdict].format(what=what)),
    ]


def _ratio(ratio: float) -> str | None:
    return None if math.isnan(ratio) else f"{ratio:.2f}"
