"""A report as a value: sections of sentences and tables of text, from which every form is made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, NamedTuple

from evenhand.design.components import Cell, Column, Table


@dataclass(frozen=True)
class Figures:
    """A table of text; ``numeric`` says for each column whether it holds numbers."""

    caption: str
    headings: tuple[str, ...]
    numeric: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Section:
    """A heading, what the figures under it show in sentences, and the figures."""

    heading: str
    sentences: tuple[str, ...]
    tables: tuple[Figures, ...] = ()


@dataclass(frozen=True)
class Document:
    """A whole report, true for one day."""

    title: str
    authority: str
    as_at: date
    sections: tuple[Section, ...]
    notes: tuple[str, ...] = field(default=())

    def as_values(self) -> dict[str, Any]:
        """Return it as values that JSON can hold."""
        return asdict(self) | {"as_at": self.as_at.isoformat()}


class Shown(NamedTuple):
    """A section as a page shows it."""

    heading: str
    sentences: tuple[str, ...]
    tables: list[Table]


def figures_of(values: dict[str, Any]) -> Figures:
    """Return a table that was kept as values."""
    return Figures(
        values["caption"],
        tuple(values["headings"]),
        tuple(values["numeric"]),
        tuple(tuple(row) for row in values["rows"]),
    )


def section_of(values: dict[str, Any]) -> Section:
    """Return a section that was kept as values."""
    tables = tuple(figures_of(one) for one in values["tables"])
    return Section(values["heading"], tuple(values["sentences"]), tables)


def document_of(values: dict[str, Any]) -> Document:
    """Return the document that was kept as values."""
    return Document(
        title=values["title"],
        authority=values["authority"],
        as_at=date.fromisoformat(values["as_at"]),
        sections=tuple(section_of(one) for one in values["sections"]),
        notes=tuple(values["notes"]),
    )


def sections_shown(document: Document) -> Iterator[Shown]:
    """Yield each section of a report with its tables laid out."""
    for one in document.sections:
        yield Shown(one.heading, one.sentences, [table_of(table) for table in one.tables])


def table_of(figures: Figures) -> Table:
    """Return a table of text as a page lays it out."""
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
