"""A sheet laid out as a table, as a mapping says: every row in the table's own columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from evenhand.formats import cells, limits
from evenhand.formats.delimited import Row
from evenhand.formats.faults import Fault, FileFault, shown
from evenhand.formats.format import Opened
from evenhand.formats.recognise import Layout
from evenhand.formats.report.sheets import Sheet
from evenhand.formats.report.tables import DAY, KEY, WORKER, whose
from evenhand.formats.tables import Table

TOTALS: Final = "RPT-I01"
"""The rule by which a row of totals is left out."""

_TOTAL: Final = ("total", "grand total", "totals", "count", "sum", "sub total", "subtotal")


@dataclass(frozen=True, slots=True)
class Meant:
    """For each column of a table the report's column, and what values of the report stand for."""

    table: Table
    columns: Mapping[str, str]
    meanings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def open_sheet(sheet: Sheet, mapping: Meant) -> Opened:
    """Open a sheet by a mapping. FileFault, naming it, where a mapped column is not there."""
    places = {name: sheet.place(column) for name, column in mapping.columns.items()}
    lost = [mapping.columns[name] for name, place in places.items() if place is None]
    if lost:
        raise FileFault(
            sheet.file.base,
            f"the report has lost its column {shown(lost[0])}, which is mapped.",
            "Put the column back into the report, or map the report anew.",
        )
    names = [column.name for column in mapping.table.every_column]
    present = tuple(n if name in places or name == KEY else None for n, name in enumerate(names))
    found = {name: place for name, place in places.items() if place is not None}

    def rows() -> Iterator[Row | Fault]:
        for row in sheet.rows():
            yield _laid_out(row, mapping, found, names) if isinstance(row, Row) else _short(row)

    aside = tuple(name for name in sheet.header if name not in mapping.columns.values())
    return Opened(sheet.file, sheet.encoding, Layout(mapping.table, present, aside), rows)


def _laid_out(row: Row, mapping: Meant, places: Mapping[str, int], names: list[str]) -> Row | Fault:
    told = {name: row.cells[place] for name, place in places.items()}
    of = whose(mapping.table)
    if _is_total(row, told, of):
        return _total(row)
    told = {name: _meant(text, mapping.meanings.get(name, {})) for name, text in told.items()}
    if KEY not in places:
        told[KEY] = _key(told, of)
    return Row(row.line, [told.get(name, "") for name in names])


def _meant(text: str, meanings: Mapping[str, str]) -> str:
    return meanings.get(text.strip().lower(), text) if meanings else text


def _key(told: Mapping[str, str], of: str) -> str:
    """Whose it is, and the day where a row has one: the same however the two are written."""
    who = told.get(of, "").strip()
    if DAY not in told or not who:
        return who
    if of == WORKER:
        who = " ".join(who.casefold().split())[: limits.ID_CHARACTERS - len("|2026-12-31")]
    day = cells.to_date(told[DAY])
    return f"{who}|{day.isoformat() if isinstance(day, date) else told[DAY].strip()}"


def _short(fault: Fault) -> Fault:
    """A row of another width than the header: one of totals often ends early."""
    cells_of_it = re.split(r"[,;\t|]", fault.found)
    row = Row(fault.line, cells_of_it)
    return _total(row) if _is_total(row, {}, "") else fault


def _is_total(row: Row, told: Mapping[str, str], of: str) -> bool:
    """Whether a row adds up others: it is of nobody, and begins with such a word."""
    first = next((cell for cell in row.cells if cell.strip()), "").strip().lower().rstrip(":")
    is_word = first in _TOTAL or first.startswith(("total ", "grand total ", "total:"))
    who = told.get(of, "").strip().lower().rstrip(":")
    bare = who in ("", first)
    return is_word and bare


def _total(row: Row) -> Fault:
    return Fault(
        line=row.line,
        column="",
        found=", ".join(cell for cell in row.cells if cell)[:500],
        rule=TOTALS,
        sentence="the row adds up others and is of nobody.",
        remedy="Nothing need be done.",
    )
