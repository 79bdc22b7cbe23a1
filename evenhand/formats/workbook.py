"""Sheets of a workbook as rows of text: .xlsx, .xls and .ods, read by python-calamine.

A workbook is looked into before it is loaded (:mod:`evenhand.formats.workbook_scan`), because a
file of a few kilobytes can claim a thousand million cells. Formulas are never worked out: the
value that the spreadsheet program last kept is read. Days are written 2026-12-31, whole numbers
without decimals; a cell that holds an error such as #N/A is blank, and ``errors`` names it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
)

from evenhand.formats import limits, workbook_scan
from evenhand.formats.delimited import Row
from evenhand.formats.faults import FileFault, shown
from evenhand.formats.files import File

SUFFIXES = (".xlsx", ".xls", ".ods", ".xlsm", ".xlsb", ".xltx", ".xltm")
_MIDNIGHT = time(0, 0)


def is_workbook(file: File) -> bool:
    """Whether a file is meant as a workbook, by its name."""
    return file.base.lower().endswith(SUFFIXES)


class Workbook:
    """A workbook opened for reading. ``sheets`` are the names of its worksheets, in order."""

    def __init__(self, file: File, book: CalamineWorkbook, errors: workbook_scan.Errors) -> None:
        self.file, self._book, self._errors = file, book, errors
        self.sheets = tuple(
            sheet.name for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet
        )

    def rows(self, sheet: str) -> Iterator[Row]:
        """The rows of a sheet that hold anything, each with its number and its cells as text.

        KeyError for a sheet that the workbook does not have. FileFault where it is damaged.
        """
        if sheet not in self.sheets:
            raise KeyError(sheet)
        read = self._sheet(sheet)
        margin = [""] * (read.start[1] if read.start else 0)
        for line, values in enumerate(read.iter_rows(), start=1):
            cells = [text_of(value) for value in values]
            if any(cells):
                yield Row(line, margin + cells)

    def _sheet(self, name: str) -> CalamineSheet:
        try:
            return self._book.get_sheet_by_name(name)
        except CalamineError as error:
            raise FileFault(
                self.file.base,
                f"the sheet {shown(name)} cannot be read ({error}).",
                "Open the workbook in a spreadsheet program, save it as .xlsx and import that.",
            ) from None

    def errors(self, sheet: str) -> Mapping[int, tuple[int, ...]]:
        """Where cells hold an error such as #N/A: line to the places of the cells, from 0.

        Known of .xlsx only; in other workbooks such a cell is simply blank.
        """
        return self._errors.get(sheet, {})


def text_of(value: object) -> str:
    """The text of a cell, as a CSV file would hold it."""
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


def open_workbook(file: File) -> Workbook:
    """Open a workbook.

    Raises FileFault for one with macros or a password, one too large, and what is no workbook.
    """
    if file.size > limits.WORKBOOK_BYTES:
        raise FileFault(
            file.base,
            f"the workbook is {file.size:,} bytes; the most is {limits.WORKBOOK_BYTES:,}.",
            "Split it into several workbooks, or save its sheets as CSV UTF-8.",
        )
    with file.open() as stream:
        data = stream.read(limits.WORKBOOK_BYTES + 1)
    errors = workbook_scan.look_into(file.base, data)
    return Workbook(file, _load(file.base, data), errors)


def _load(name: str, data: bytes) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError:
        raise workbook_scan.locked(name) from None
    except CalamineError as error:
        raise FileFault(
            name,
            f"the workbook cannot be opened ({error}).",
            "It may have been cut off on the way: open it in a spreadsheet program, save it as "
            ".xlsx and import that.",
        ) from None
