"""A report as files: a tagged PDF and a workbook, made of the document and of nothing else."""

from __future__ import annotations

from io import BytesIO

import xlsxwriter

from evenhand.design.document_files import pdf_of
from evenhand.design.wording import day
from evenhand.design.workbooks import new_workbook, sheet_name, write_table
from evenhand.publications.documents import Document

__all__ = ["pdf_of", "workbook_of"]


def workbook_of(document: Document) -> bytes:
    """Return the report as a workbook: what it says first, then a sheet for each table.

    Every cell is text, so that none is taken for a formula.
    """
    made = BytesIO()
    with new_workbook(made, title=document.title, author=document.authority) as book:
        _write_sentences(book, document)
        tables = [one for section in document.sections for one in section.tables]
        for place, one in enumerate(tables, start=1):
            sheet = book.add_worksheet(sheet_name(f"{place} {one.caption}"))
            write_table(book, sheet, one.headings, one.rows, numeric=one.numeric)
    return made.getvalue()


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
