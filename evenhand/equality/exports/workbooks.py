"""A release as a workbook (xlsx): cover, contents, notes, and one sheet for the table."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from evenhand.design.workbooks import NARROWEST, WIDEST, new_workbook
from evenhand.equality.exports.publishing import (
    CONTENTS,
    CONTENTS_HEADINGS,
    COVER,
    LANGUAGE,
    NOTES,
    NOTES_HEADINGS,
    TABLE,
    Published,
    is_number,
)

CORE, END = "docProps/core.xml", "</cp:coreProperties>"
COVER_WIDTH = 90


def as_xlsx(one: Published) -> bytes:
    """Return the release as a workbook; numbers are numbers, nothing is a formula."""
    made = BytesIO()
    with new_workbook(made, title=one.title, author=one.authority) as book:
        title = book.add_format({"bold": True, "font_size": 14})
        wrapped = book.add_format({"text_wrap": True, "align": "left", "valign": "top"})
        _cover(book.add_worksheet(COVER), one, title, wrapped)
        contents, notes = book.add_worksheet(CONTENTS), book.add_worksheet(NOTES)
        _table(contents, [CONTENTS], CONTENTS_HEADINGS, one.contents, (title, wrapped))
        for row, (name, words) in enumerate(one.contents, start=2):
            contents.write_url(row, 0, f"internal:'{name}'!A1", string=name, tip=words[:255])
        _table(notes, [NOTES], NOTES_HEADINGS, one.notes, (title, wrapped))
        headings, *rows = one.table
        sheet = book.add_worksheet(TABLE)
        _table(sheet, [one.title, *one.intro], headings, rows, (title, wrapped))
    return _in_language(made.getvalue())


def _cover(sheet: Worksheet, one: Published, title: Format, wrapped: Format) -> None:
    sheet.set_column(0, 0, COVER_WIDTH)
    sheet.write_string(0, 0, one.title, title)
    for row, line in enumerate(one.cover, start=1):
        sheet.write_string(row, 0, line, wrapped)


def _table(
    sheet: Worksheet,
    above: list[str],
    headings: list[str] | tuple[str, ...],
    rows: list[list[str]] | list[tuple[str, str]],
    looks: tuple[Format, Format],
) -> None:
    """Write lines from A1 down, then the table, marked up as one."""
    title, wrapped = looks
    for row, line in enumerate(above):
        sheet.write_string(row, 0, line, wrapped if row else title)
    top, name = len(above), sheet.get_name()
    sheet.add_table(
        top, 0, top + len(rows), len(headings) - 1,
        {"name": name if name == TABLE else f"{name}_table", "autofilter": False, "style": None,
         "columns": [{"header": head, "header_format": wrapped} for head in headings]},
    )  # fmt: skip
    for place, cells in enumerate(rows, start=top + 1):
        for column, cell in enumerate(cells):
            _write(sheet, place, column, cell, wrapped)
    for column, head in enumerate(headings):
        longest = max([len(head) // 2, *(len(row[column]) for row in rows)])
        sheet.set_column(column, column, min(max(longest + 2, NARROWEST), WIDEST))


def _write(sheet: Worksheet, row: int, column: int, cell: str, wrapped: Format) -> None:
    if is_number(cell) and column:
        sheet.write_number(row, column, int(cell))
    else:
        sheet.write_string(row, column, cell, wrapped)


def _in_language(workbook: bytes) -> bytes:
    """Return the workbook with its language among its properties, as XlsxWriter has no word for."""
    made = BytesIO()
    with ZipFile(BytesIO(workbook)) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for member in old.infolist():
            data = old.read(member)
            if member.filename == CORE:
                said = f"<dc:language>{LANGUAGE}</dc:language>{END}"
                data = data.decode().replace(END, said).encode()
            new.writestr(member, data)
    return made.getvalue()
