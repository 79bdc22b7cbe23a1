"""Annex A as a workbook: one sheet for each list, and one that says what is not in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO

from evenhand.design.wording import day
from evenhand.design.workbooks import new_workbook, write_table
from evenhand.pages.inspection.annex import Sheet, not_held_lists

TITLE = "Annex A, child level data"
HEADINGS = ("List", "Column that Evenhand does not hold: left blank")


def workbook_of(sheets: Iterable[Sheet], as_at: date) -> bytes:
    """Return the lists as a workbook in the shape of Ofsted's Annex A: plain sheets, their columns
    and codes as its template writes them.

    Blank is "not held here", never "no". Whoever sends it fills in what the first sheet names.
    """
    made, sheets = BytesIO(), list(sheets)
    book = new_workbook(made, title=f"{TITLE}, as at {day(as_at)}")
    write_table(book, book.add_worksheet("What is not in it"), HEADINGS, list(_lacking(sheets)))
    for one in sheets:
        write_table(book, book.add_worksheet(f"List {one.number}"), list(one.columns), one.rows)
    book.close()
    return made.getvalue()


def _lacking(sheets: Sequence[Sheet]) -> Iterable[tuple[str, str]]:
    for one in sheets:
        title = f"List {one.number}: {one.title}"
        yield from ((title, column) for column in one.not_held)
    for title in not_held_lists():
        yield title, "The whole list"
