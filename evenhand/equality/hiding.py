"""A comparison with its small numbers hidden, for those who are not entitled to the cases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from evenhand.analytics import suppression
from evenhand.equality.comparison import Comparison, Count, Row
from evenhand.equality.dimensions import Dimension
from evenhand.policy.disparity import Rules

NUMBERS = (
    "rate", "low", "high", "others", "ratio", "ratio_low", "ratio_high", "lowest", "highest",
)  # fmt: skip


def suppressed(one: Comparison, *, round_to: int = 1) -> Comparison:
    """Return a comparison as those may see it who are not entitled to the cases.

    Counts of 1 to just under the pack's threshold are hidden, of those who reached the stage and
    of those who did not, then as many more as keep these from being worked out; for a release the
    rest are rounded. Where unaccompanied children are left out, so is each group that lost few.
    """
    rules = one.rules
    if not one.rows:
        return replace(one, is_suppressed=True)
    counts = {row.group: row.count for row in one.rows}
    hiding = hiding_of(counts, one.dimension, rules.suppress_below, round_to)
    left_out = one.tallied.of_unaccompanied
    hides_unknown = any(hiding.rows[row.group].hides for row in one.rows if not row.is_known)
    rows = tuple(
        _hidden(
            row, hiding.rows[row.group], also=_lost_few(left_out.get(row.group), rules),
            no_bounds=hides_unknown,
        )
        for row in one.rows
    )  # fmt: skip
    total_hidden = bool(left_out) or hiding.total
    if hiding.total or (_hides_known(rows) and (hides_unknown or left_out)):
        rows = tuple(_alone(row) for row in rows)
    return replace(one, rows=rows, is_suppressed=True, total_hidden=total_hidden)


def _hides_known(rows: Iterable[Row]) -> bool:
    """Whether a known group is hidden. Everyone else's rate is that of known groups: where their
    total cannot be worked out from what is shown, it would tell what the hidden one is."""
    return any(row.hidden and row.is_known for row in rows)


class Cells(NamedTuple):
    """What may be shown of one row: whether it hides, because it is small, and its counts."""

    hides: bool
    small: bool
    reached: int
    of: int


class Hiding(NamedTuple):
    """What may be shown of every row, and whether the total must be hidden."""

    rows: Mapping[str, Cells]
    total: bool


def hiding_of(
    counts: Mapping[str, Count], dimension: Dimension, below: int, base: int = 1, least: int = 1
) -> Hiding:
    """Hide what must be in the table of groups, then, of finer ones, within each group shown.

    A finer group is hidden with the group that it is part of: its sisters' sum is published.
    ``least`` 0 hides noughts too.
    """
    if not dimension.within:
        return _table(counts, below, base, least)
    parents: dict[str, dict[str, Count]] = {}
    for group, count in counts.items():
        parents.setdefault(dimension.parent_of(group), {})[group] = count
    whole = {name: _sum(parts) for name, parts in parents.items()}
    above = _table(whole, below, base, least)
    found: dict[str, Cells] = {}
    for name, parts in parents.items():
        within = _table(parts, below, base, least).rows
        hides = above.rows[name].hides
        found |= {group: cell._replace(hides=cell.hides or hides) for group, cell in within.items()}
    return Hiding(found, above.total)


def _sum(parts: Mapping[str, Count]) -> Count:
    total = Count()
    for count in parts.values():
        total = total.plus(count)
    return total


def _table(counts: Mapping[str, Count], below: int, base: int, least: int) -> Hiding:
    pairs = np.array([[count.reached, count.of - count.reached] for count in counts.values()])
    table = suppression.suppress(pairs, below, base, least)
    shown = np.nan_to_num(table.shown).astype(int)
    rows = {
        group: Cells(
            bool(table.hidden[place].any()), bool(table.primary[place].any()),
            int(min(shown[place, 0], shown[place, -1])), int(shown[place, -1]),
        )
        for place, group in enumerate(counts)
    }  # fmt: skip
    return Hiding(rows, bool(table.hidden[-1].any()))


def _alone(row: Row) -> Row:
    numbers = ("others", "ratio", "ratio_low", "ratio_high")
    return replace(row, **dict.fromkeys(numbers, float("nan")))


def _lost_few(left_out: Count | None, rules: Rules) -> bool:
    if left_out is None:
        return False
    parts = (left_out.of, left_out.reached, left_out.of - left_out.reached)
    return any(0 < part < rules.suppress_below for part in parts)


def _hidden(row: Row, cells: Cells, *, also: bool, no_bounds: bool) -> Row:
    nothing = float("nan")
    row = replace(row, before=None)
    if cells.hides or also:
        blank = dict.fromkeys(NUMBERS, nothing)
        secondary = not (cells.small or also)
        return replace(row, hidden=True, secondary=secondary, shown_of=0, shown_reached=0, **blank)
    row = replace(row, shown_of=cells.of, shown_reached=cells.reached)
    return replace(row, lowest=nothing, highest=nothing) if no_bounds else row
