"""Chosen outcomes by group, as tables."""

from __future__ import annotations

from evenhand.design.components import Cell, Column, Table
from evenhand.equality import wording
from evenhand.equality.comparison import Comparison, Row
from evenhand.monitoring.queries.outcomes import Outcome

ALL = "All together"
HIDDEN = "Hidden"


def compared_table(one: Comparison) -> Table:
    """Return one outcome by one dimension as the viewer may see it, a line a group."""
    rows = [[row.label, *_cells(row)] for row in one.rows]
    columns = [Column(one.dimension.label), *(Column(name, numeric=True) for name in _names(one))]
    return Table(_caption(one), columns, rows, empty="Nothing of this can be counted yet.",
                 id=_id(one))  # fmt: skip


def _cells(row: Row) -> list[Cell]:
    if row.hidden:
        return [Cell(HIDDEN, numeric=True)] * 3
    counts = (row.shown_of, row.shown_reached)
    return [*(Cell(count, numeric=True) for count in counts),
            Cell(wording.share(row.rate), numeric=True)]  # fmt: skip


def _names(one: Comparison) -> tuple[str, str, str]:
    happened = wording.happened(one)
    return wording.counted(one).capitalize(), f"Of these, {happened}", "Share"


def tile_table(outcome: Outcome) -> Table:
    """Return one outcome by group with small numbers hidden: how many, and of how many."""
    one, texts = outcome.compared, outcome.shown.rows
    labels = [*(row.label for row in one.rows), ALL]
    rows = [
        [label, Cell(came, numeric=True), Cell(whole, numeric=True)]
        for label, (came, _, whole) in zip(labels, texts, strict=True)
    ]
    whole, came, _ = _names(one)
    columns = [Column(one.dimension.label), Column(came, numeric=True), Column(whole, numeric=True)]
    return Table(_caption(one), columns, rows, id=_id(one))


def _caption(one: Comparison) -> str:
    title = wording.title_of(one.tallied.kind, one.tallied.measure)
    return f"{title}, by {one.dimension.label.lower()}: {wording.period(one)}"


def _id(one: Comparison) -> str:
    return f"outcome-{one.tallied.measure.replace('/', '-')}-{one.dimension.id}"
