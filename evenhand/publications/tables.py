"""What the pages of this room lay out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.urls import reverse

from evenhand.design.components import Cell, Column, Table
from evenhand.publications.documents import Document, Figures
from evenhand.publications.models import Report


class Shown(NamedTuple):
    """A section as a page shows it."""

    heading: str
    sentences: tuple[str, ...]
    tables: list[Table]


def sections(document: Document) -> Iterator[Shown]:
    """Yield each section of a report with its tables laid out."""
    for one in document.sections:
        yield Shown(one.heading, one.sentences, [_table(table) for table in one.tables])


def _table(figures: Figures) -> Table:
    columns = [
        Column(name, numeric=is_number)
        for name, is_number in zip(figures.headings, figures.numeric, strict=True)
    ]
    rows = [
        [
            Cell(cell, numeric=is_number)
            for cell, is_number in zip(row, figures.numeric, strict=True)
        ]
        for row in figures.rows
    ]
    return Table(figures.caption, columns, rows)


def reports_table(reports: Iterable[Report]) -> Table:
    """Return the reports that were made."""
    return Table(
        "Reports that were made",
        ["Report", "True for", "For whom", "Made by", "When"],
        [
            [
                Cell(one.title, url=reverse("publications:report", args=[one.ref])),
                Cell(one.as_at),
                Cell(one.for_whom),
                Cell(one.made_by.name),
                Cell(one.made_at),
            ]
            for one in reports
        ],
        empty="No report has been made yet.",
    )
