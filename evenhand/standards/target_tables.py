"""Standards under their target, laid out: each quarter's share, and what is done about it."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from evenhand.design.components import Cell, Column, Table
from evenhand.design.wording import number, percent, quarter
from evenhand.standards.counts import Counts
from evenhand.standards.queries.quarters import UnderTarget
from evenhand.standards.tables import url_of

ASKS = "Action required"


def under_target_table(found: Sequence[UnderTarget], *, may_act: bool) -> Table | None:
    """Return the standards that stayed under target, with their action or that one is required."""
    if not found:
        return None
    quarters = [Column(quarter(span.since), numeric=True) for span, _ in found[0].quarters]
    columns = [Column("Standard"), *quarters, Column("Target", numeric=True), Column("Action")]
    rows = [_row(one, may_act=may_act) for one in found]
    return Table("Under target, quarter after quarter", columns, rows, id="under-target")


def _row(one: UnderTarget, *, may_act: bool) -> list[Cell]:
    return [
        Cell(one.standard.title, url=url_of(one.standard)),
        *(_share(counts) for _, counts in one.quarters),
        Cell(f"{number(one.target)}%", numeric=True),
        _action(one, may_act=may_act),
    ]


def _share(counts: Counts) -> Cell:
    note = f"{number(counts.kept)} of {number(counts.due)}"
    return Cell(percent(counts.kept, counts.due), note=note, numeric=True)


def _action(one: UnderTarget, *, may_act: bool) -> Cell:
    if one.action is not None:
        return Cell(one.action.what, url=reverse("work:task", args=[one.action.ref]))
    return Cell(ASKS, url=url_of(one.standard, "standards:act") if may_act else "")
