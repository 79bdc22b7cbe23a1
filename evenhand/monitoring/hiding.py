"""Small numbers hidden in tables that share one total, so that none can be worked out. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from evenhand.analytics import suppression
from evenhand.analytics.arrays import Mask
from evenhand.analytics.flows import Flows

Counts = Sequence[Sequence[int]]
HIDDEN = "[c]"


class Shown(NamedTuple):
    """One table as it may be shown: each row as text, the totals last; and which are numbers."""

    rows: list[list[str]]
    hidden: Mask

    @property
    def hides(self) -> bool:
        """Return whether anything is hidden."""
        return bool(self.hidden.any())


def shown(tables: Mapping[str, Counts], below: int, *, exact: bool) -> dict[str, Shown]:
    """Return tables of the same children, rows by columns, with a total row and total column.

    Tables without rows are left out. Unless ``exact``, counts of 1 to ``below`` less 1 stand as
    "<5", and what they could be worked out from, totals among them, as "[c]". What is hidden of
    the totals in one table is hidden of them in all.
    """
    laid_out = {name: suppression.with_totals(counts) for name, counts in tables.items() if counts}
    masks = {
        name: suppression.primary(table, 1 if exact else below) for name, table in laid_out.items()
    }
    masks = masks if exact else _protected(laid_out, masks, below)
    return {
        name: Shown(_texts(table, masks[name], below), masks[name])
        for name, table in laid_out.items()
    }


def _protected(
    tables: Mapping[str, np.ndarray], masks: dict[str, Mask], below: int
) -> dict[str, Mask]:
    """Hide as much more as is needed; again, until every table hides the same of the totals."""
    while True:
        masks = {name: _alone(tables[name], mask, below) for name, mask in masks.items()}
        totals = np.logical_or.reduce([mask[-1] for mask in masks.values()])
        if all((mask[-1] == totals).all() for mask in masks.values()):
            return masks
        masks = {name: _with_totals(mask, totals) for name, mask in masks.items()}


def _alone(table: np.ndarray, mask: Mask, below: int) -> Mask:
    """Protect one table; a row or column whose "<5" can only all be 4 hides one number more."""
    while True:
        mask = Flows(table, mask).protect()
        more = _at_most(table, mask, below) or _at_most(table.T, mask.T, below, turned=True)
        if more is None:
            return mask
        mask = mask.copy()
        mask[more] = True


def _at_most(
    table: np.ndarray, mask: Mask, below: int, *, turned: bool = False
) -> tuple[int, int] | None:
    """Return the cell to hide in the first line whose hidden numbers are all as large as may be."""
    for line, (counts, hides) in enumerate(zip(table, mask, strict=True)):
        inside = counts[:-1][hides[:-1]]
        if hides[-1] or not len(inside) or not (inside == below - 1).all():
            continue
        shown_ones = [place for place in np.flatnonzero(~hides) if counts[place] > 0]
        place = int(min(shown_ones, key=lambda one: (one == len(counts) - 1, counts[one])))
        return (place, line) if turned else (line, place)
    return None


def _with_totals(mask: Mask, totals: Mask) -> Mask:
    wider: Mask = mask.copy()
    wider[-1] = totals
    return wider


def _texts(table: np.ndarray, mask: Mask, below: int) -> list[list[str]]:
    """A hidden total says no more: from one below 5, four parts of 1 could be told."""
    last = (len(table) - 1, table.shape[1] - 1)
    return [
        [
            _text(
                int(count),
                bool(mask[row, column]),
                0 if row == last[0] or column == last[1] else below,
            )
            for column, count in enumerate(counts)
        ]
        for row, counts in enumerate(table)
    ]


def _text(count: int, is_hidden: bool, below: int) -> str:
    if not is_hidden:
        return f"{count:,}"
    return f"<{below}" if 0 < count < below else HIDDEN
