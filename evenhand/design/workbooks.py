"""Tables in workbooks: days and numbers are themselves, all else is text, so that nothing is taken
for a formula."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDEST, NARROWEST, SHEET_NAME = 70, 10, 31
DAY = "dd/mm/yyyy"

Written = str | int | date


def new_workbook(made: BytesIO, *, title: str, author: str = "") -> xlsxwriter.Workbook:
    """Return a workbook that is written into ``made`` when it is closed, with its title."""
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"title": title, "author": author})
    return book


def sheet_name(words: str) -> str:
    """Return words as the name of a sheet: 31 characters, without those that no name may have."""
    return "".join(
        " " if letter in "[]:*?/\\'" else letter for letter in words[:SHEET_NAME]
    ).strip()


def write_table(
    book: xlsxwriter.Workbook,
    sheet: Worksheet,
    headings: Sequence[str],
    rows: Sequence[Sequence[Written]],
    *,
    numeric: Sequence[bool] = (),
    below: int = 0,
) -> None:
    """Write a table ``below`` so many rows, headings in bold and repeated on each printed page.

    ``numeric`` says of each column whether it holds numbers, which stand to the right.
    """
    heading = book.add_format({"bold": True, "text_wrap": True, "bottom": 1})
    looks = [
        book.add_format({"align": "right" if is_number else "left", "text_wrap": not is_number})
        for is_number in numeric or [False] * len(headings)
    ]
    day = book.add_format({"num_format": DAY, "align": "left"})
    for column, name in enumerate(headings):
        sheet.write_string(below, column, name, heading)
    for row, cells in enumerate(rows, start=below + 1):
        for column, cell in enumerate(cells):
            _write(sheet, (row, column), cell, day if isinstance(cell, date) else looks[column])
    for column, name in enumerate(headings):
        longest = max([len(name), *(len(str(row[column])) for row in rows)])
        sheet.set_column(column, column, min(max(longest, NARROWEST), WIDEST))
    sheet.freeze_panes(below + 1, 0)
    sheet.repeat_rows(below)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _write(sheet: Worksheet, place: tuple[int, int], cell: Written, look: Format) -> None:
    if isinstance(cell, date):
        sheet.write_datetime(*place, cell, look)
    elif isinstance(cell, int):
        sheet.write_number(*place, cell, look)
    else:
        sheet.write_string(*place, cell, look)
