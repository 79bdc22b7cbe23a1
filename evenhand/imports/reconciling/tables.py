"""Differences and the order of sources as the tables of pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse

from evenhand.design.components import Cell, Column, SummaryRow, Table
from evenhand.imports.reconciling.queries import (
    Order,
    field_in_words,
    in_words,
    is_personal,
    shown_value,
)
from evenhand.sources.models import Difference, Source

ON_ITS_PAGE = "Open it to see"
DECISIONS = {"believed": "The other source was believed", "left": "Left as it was"}


def differences_table(differences: Sequence[Difference], references: Mapping[int, str]) -> Table:
    """Where sources differ; a child is linked only for those who may open the record."""
    columns = ["What differs", "What stands", "What the other says"]
    return Table(
        "Where sources differ",
        [*columns, "Child"] if references else columns,
        [_row(one, references) for one in differences],
        empty="Nothing differs. Either one source alone tells each event, or they agree.",
        caption_hidden=True,
    )


def _row(one: Difference, references: Mapping[int, str]) -> list[Any]:
    hidden = is_personal(one)
    ref = references.get(one.child_id or 0)
    cells = [
        Cell(
            field_in_words(one.field),
            url=reverse("imports:difference", args=[one.ref]),
            note=in_words(one.kind),
        ),
        Cell(
            ON_ITS_PAGE if hidden else shown_value(one, one.held),
            note=str(one.believed) if one.believed else "",
        ),
        Cell(ON_ITS_PAGE if hidden else shown_value(one, one.told), note=one.source.name),
    ]
    if references:
        cells.append(Cell("Their page" if ref else None, url=_page(ref)))
    return cells


def _page(ref: str | None) -> str:
    return reverse("pages:child", args=[ref]) if ref else ""


def difference_rows(one: Difference, own_day: Any) -> list[SummaryRow]:
    """One difference, line by line."""
    rows = [
        SummaryRow("Kind of record", in_words(one.kind)),
        SummaryRow("What differs", field_in_words(one.field)),
        SummaryRow("Day of the record", own_day),
        SummaryRow(str(one.believed or "What stands"), shown_value(one, one.held) or _nothing(one)),
        SummaryRow(one.source.name, shown_value(one, one.told)),
        SummaryRow("Found in import", one.batch.label),
    ]
    if one.decision in DECISIONS:
        rows.append(SummaryRow("Settled", f"{DECISIONS[one.decision]}: {one.reason}"))
    return [row for row in rows if row.value]


def _nothing(one: Difference) -> str:
    return "" if one.field else "It has no such event, though it covers the day"


def both_orders_table(
    sources: Iterable[Source], theirs: Mapping[int, int], yours: Mapping[str, int]
) -> Table:
    """Return the place of each source as another set it meanwhile, and as one chose oneself."""
    return Table(
        "The order as somebody else has set it, and yours",
        ["Source", Column("Now", numeric=True), Column("Yours", numeric=True)],
        [[one.name, theirs[one.pk] + 1, yours[one.key]] for one in sources],
    )


def orders_table(orders: Iterable[Order]) -> Table:
    """Which source leads for each kind of record."""
    return Table(
        "Which source leads",
        ["Kind of record", "In this order", "Set for"],
        [
            [
                Cell(in_words(one.kind), url=f"{reverse('imports:ranks')}?kind={one.kind}"),
                ", then ".join(one.sources),
                "This kind" if one.is_own else "Every kind",
            ]
            for one in orders
        ],
        empty="Nothing has been imported yet.",
    )
