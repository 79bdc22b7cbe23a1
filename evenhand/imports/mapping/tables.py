"""Mapped reports, and the first rows of one, as the tables of pages."""

from __future__ import annotations

from collections.abc import Iterable

from evenhand.design.components import Cell, Column, Table
from evenhand.formats.report.opening import Meant
from evenhand.formats.report.tables import CHILD, tables, titles, whose
from evenhand.imports.codes import codes_of
from evenhand.imports.mapping.queries import Previewed
from evenhand.imports.mapping.sample import Sample
from evenhand.sources.models import ReportMapping

SHOWN = 4


def mappings_table(mappings: Iterable[ReportMapping]) -> Table:
    """Every mapped report."""
    return Table(
        "Reports",
        ["Report", "What one row is", "Columns used", "Children's numbers of", "Saved"],
        [
            [
                Cell(one.name, note=f"sheet {one.sheet}" if one.sheet else ""),
                Cell(titles().get(one.kind, one.kind)),
                Cell(", ".join(each["column"] for each in one.columns.values())),
                Cell(one.source.name if is_of_children(one) else None),
                Cell(one.saved_at, note=f"by {one.saved_by}, version {one.version}"),
            ]
            for one in mappings
        ],
        empty="No report has been mapped yet.",
        caption_hidden=True,
    )


def is_of_children(mapping: ReportMapping) -> bool:
    """Whether the rows of a mapped report are of children, and so have numbers for them."""
    return mapping.kind in tables() and whose(tables()[mapping.kind]) == CHILD


def sample_table(sample: Sample) -> Table:
    """The columns of a report with a few of their values."""
    return Table(
        "What the report holds",
        ["Column", "First values"],
        [
            [name, "; ".join(filter(None, (row[place] for row in sample.rows[:SHOWN]))) or None]
            for place, name in enumerate(sample.header, start=1)
            if name
        ],
    )


def preview_table(rows: Iterable[Previewed], meant: Meant) -> Table:
    """The first rows as they would be taken."""
    shown = [n for n, column in enumerate(meant.table.columns) if column.name in meant.columns]
    lists = codes_of(meant.table.name)
    columns = [meant.table.columns[n] for n in shown]
    labels = [lists.get(column.codes, {}) for column in columns]
    return Table(
        "How the first rows would be taken",
        ["Line", *(Column(column.name) for column in columns), "What would become of it"],
        [
            [
                f"{row.line:,}",
                *(
                    codes.get(str(row.values[n]), row.values[n])
                    for n, codes in zip(shown, labels, strict=True)
                ),
                row.fate,
            ]
            for row in rows
        ],
        empty="The report has no row that could be shown.",
    )
