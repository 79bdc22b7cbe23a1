"""A document as files: a tagged PDF and a Word file, made of the document and of nothing else."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path

import docx
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import _Row

from evenhand.design import printing
from evenhand.design.documents import Document, Figures
from evenhand.design.wording import day

HERE = Path(__file__).parent
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def pdf_of(document: Document, *, made_at: datetime) -> bytes:
    """Return a document as PDF/UA-1: tagged, titled, in English, its typeface embedded.

    The same document made at the same moment is the same bytes.
    """
    told = document.as_values() | {"on": day(document.as_at)}
    return printing.pdf_of(HERE / "report.typ", told, made_at=made_at)


def docx_of(document: Document, *, made_at: datetime) -> bytes:
    """Return a document for a word processor, with real headings and tables that name columns."""
    made = docx.Document()
    _describe(made, document, made_at)
    made.add_heading(document.title, level=1)
    made.add_paragraph(f"{document.authority}. True for {day(document.as_at)}.")
    for section in document.sections:
        made.add_heading(section.heading, level=2)
        for sentence in section.sentences:
            made.add_paragraph(sentence)
        for one in section.tables:
            _table(made, one)
    made.add_heading("Notes", level=2)
    for note in document.notes:
        made.add_paragraph(note)
    written = BytesIO()
    made.save(written)
    return written.getvalue()


def _describe(made: Word, document: Document, made_at: datetime) -> None:
    told = made.core_properties
    told.title, told.author, told.comments = document.title, document.authority, ""
    told.language, told.created, told.modified = "en-GB", made_at, made_at
    looks = made.styles["Normal"].element.get_or_add_rPr()
    tongue = looks.find(qn("w:lang"))
    if tongue is None:
        tongue = OxmlElement("w:lang")
        looks.append(tongue)
    tongue.set(qn("w:val"), "en-GB")


def _table(made: Word, figures: Figures) -> None:
    made.add_paragraph(figures.caption, style="Caption")
    table = made.add_table(rows=0, cols=len(figures.headings), style="Table Grid")
    _row(table.add_row(), figures.headings, figures.numeric, bold=True)
    _head(table.rows[0])
    for row in figures.rows:
        _row(table.add_row(), row, figures.numeric)
    made.add_paragraph()


def _row(
    row: _Row, cells: tuple[str, ...], numeric: tuple[bool, ...], *, bold: bool = False
) -> None:
    for cell, words, is_number in zip(row.cells, cells, numeric, strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.add_run(words).bold = bold
        if is_number:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _head(row: _Row) -> None:
    """Mark a row as the heading of its table: it is read out so, and repeated on each page."""
    marked = OxmlElement("w:tblHeader")
    marked.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(marked)
