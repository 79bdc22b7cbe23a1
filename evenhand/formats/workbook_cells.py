"""The cells of a sheet as text, as a CSV file would hold them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum

from evenhand.formats.delimited import Row

_MIDNIGHT: Final = time(0, 0)


def worksheets(book: CalamineWorkbook) -> list[str]:
    """The names of the sheets that hold cells, in order."""
    return [one.name for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]


def rows_of(sheet: CalamineSheet) -> Iterator[Row]:
    """The rows that hold anything, each with its number in the sheet."""
    margin = [""] * (sheet.start[1] if sheet.start else 0)
    for line, values in enumerate(sheet.iter_rows(), start=1):
        cells = [text_of(value) for value in values]
        if any(cells):
            yield Row(line, margin + cells)


def text_of(value: object) -> str:
    """The text of a cell."""
    if isinstance(value, str):
        return value.replace("\xa0", " ").strip()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return _day(value)


def _day(value: object) -> str:
    """A day, moment or time of day. Midnight alone is how a blank looks when shown as a date."""
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, time):
        return "" if value == _MIDNIGHT else value.isoformat("seconds")
    return value.isoformat() if isinstance(value, date) else str(value)


def _moment(value: datetime) -> str:
    """A day, with its time where it has one; a spreadsheet's fractions are rounded to seconds."""
    whole = (value + timedelta(microseconds=500_000)).replace(microsecond=0)
    return whole.date().isoformat() if whole.time() == _MIDNIGHT else whole.isoformat(" ")
