"""A report as files: a tagged PDF and a workbook, made of the document and of nothing else."""

from __future__ import annotations

import json
from datetime import datetime
from io import BytesIO
from pathlib import Path

import typst
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from evenhand.design.wording import day
from evenhand.publications.documents import Document, Figures

HERE = Path(__file__).parent
STANDARD = "ua-1"
WIDEST, NARROWEST, SHEET_NAME = 70, 10, 31


def pdf_of(document: Document, *, made_at: datetime) -> bytes:
    """Return the report as PDF/UA-1: tagged, titled, in English, its typeface embedded.

    The same document made at the same moment is the same bytes.
    """
    told = document.as_values() | {"on": day(document.as_at)}
    return bytes(
        typst.compile(
            HERE / "report.typ",
            format="pdf",
            root=HERE,
            font_paths=[HERE / "fonts"],
            ignore_system_fonts=True,
            sys_inputs={"report": json.dumps(told)},
            pdf_standards=STANDARD,
            timestamp=made_at.replace(microsecond=0),
        )
    )


def workbook_of(document: Document) -> bytes:
    """Return the report as a workbook: what it says first, then a sheet for each table.

    Every cell is text, so that none is taken for a formula.
    """
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"title": document.title, "author": document.authority})
        _write_sentences(book, document)
        tables = [one for section in document.sections for one in section.tables]
        for place, one in enumerate(tables, start=1):
            name = f"{place} {one.caption}"[:SHEET_NAME]
            _write_table(book, book.add_worksheet(_sheet_name(name)), one)
    return made.getvalue()


def _sheet_name(text: str) -> str:
    return "".join(" " if letter in "[]:*?/\\'" else letter for letter in text).strip()


def _write_sentences(book: xlsxwriter.Workbook, document: Document) -> None:
    bold = book.add_format({"bold": True, "font_size": 14})
    heading, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
    sheet = book.add_worksheet("What it says")
    sheet.set_column(0, 0, 100)
    lines = [
        (document.title, bold),
        (f"{document.authority}. True for {day(document.as_at)}.", wrapped),
    ]
    for section in document.sections:
        lines += [("", wrapped), (section.heading, heading)]
        lines += [(sentence, wrapped) for sentence in section.sentences]
    lines += [("", wrapped), ("Notes", heading), *((note, wrapped) for note in document.notes)]
    for row, (text, look) in enumerate(lines):
        sheet.write_string(row, 0, text, look)


def _write_table(book: xlsxwriter.Workbook, sheet: Worksheet, table: Figures) -> None:
    heading = book.add_format({"bold": True, "text_wrap": True, "bottom": 1})
    looks = [
        book.add_format({"align": "right" if is_number else "left", "text_wrap": not is_number})
        for is_number in table.numeric
    ]
    for row, cells in enumerate((table.headings, *table.rows)):
        for column, cell in enumerate(cells):
            sheet.write_string(row, column, cell, looks[column] if row else heading)
    for column, name in enumerate(table.headings):
        longest = max([len(name), *(len(row[column]) for row in table.rows)])
        sheet.set_column(column, column, min(max(longest, NARROWEST), WIDEST))
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
