"""Workbooks of Annex A, as authorities send them: made here, cell by cell."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import xlsxwriter

from evenhand.formats.annex_a.tables import name_of, tables
from evenhand.formats.files import File

Cells = Mapping[str, Any]
CHILD: Cells = {
    "Child Unique ID": 4653765,
    "Gender": "b) Female",
    "Ethnicity": "a) WBRI",
    "Date of Birth": date(2012, 8, 14),
}
LISTS: Mapping[int, Cells] = {
    1: {"Date of Contact": date(2026, 9, 1), "Contact Source": "q) 6: Police"},
    2: {"Assessment start date": date(2026, 9, 1), "Organisation completing assessment": "School"},
    3: {"Date of referral": date(2026, 9, 2), "Referral Source": "e) 2A: Schools"},
    4: {"Continuous Assessment Start Date": date(2026, 9, 3)},
    5: {"Strategy discussion initiating Section 47 Enquiry Start Date": date(2026, 9, 4)},
    6: {"CIN Start Date": date(2026, 9, 2), "Primary Need Code": "N1 - Abuse or Neglect"},
    7: {"Child Protection Plan Start Date": date(2026, 9, 20)},
    8: {
        "Date Started to be Looked After": date(2026, 10, 1),
        "Start date of current legal status": date(2026, 10, 1),
        "Child's Legal Status": "C2: FCO",
        "Start Date of Most Recent Placement": date(2026, 10, 1),
        "Placement Type": "f) U6: Foster placement",
    },
    9: {"Date of Birth": date(2007, 3, 2), "Eligibility Category": "b) Former relevant child"},
    10: {"Date the Child Entered Care": date(2020, 1, 1)},
}


def header(number: int) -> list[str]:
    """Return the column names of a list, as Ofsted writes them."""
    return [column.name for column in tables()[name_of(number)].columns]


def row(number: int, **changed: Any) -> dict[str, Any]:
    """Return a row of a list; ``child`` is the identifier, other words are set with ``cells``."""
    child = changed.pop("child", CHILD["Child Unique ID"])
    return {**CHILD, "Child Unique ID": child, **LISTS[number], **changed.pop("cells", {})}


class Book:
    """A workbook; each call of ``list`` adds a sheet of rows."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, list[list[Any]]]] = []

    def list(
        self,
        number: int,
        *rows: Cells,
        sheet: str = "",
        columns: Sequence[str] | None = None,
        above: Sequence[Sequence[str]] = (),
        spelt: Mapping[str, str] | None = None,
    ) -> Book:
        """Add a list: its columns (``spelt`` otherwise where it says so), with rows above."""
        names = list(columns or header(number))
        shown = [(spelt or {}).get(name, name) for name in names]
        body = [[cells.get(name, "") for name in names] for cells in rows]
        return self.sheet(sheet or f"List {number}", *above, shown, *body)

    def sheet(self, name: str, *rows: Sequence[Any]) -> Book:
        """Add a sheet as it is."""
        self.sheets.append((name, [list(each) for each in rows]))
        return self

    def data(self) -> bytes:
        """Return the workbook's bytes; a text that begins with = is a formula."""
        data = io.BytesIO()
        book = xlsxwriter.Workbook(data, {"default_date_format": "dd/mm/yyyy"})
        for name, rows in self.sheets:
            page = book.add_worksheet(name)
            for number, cells in enumerate(rows):
                for place, cell in enumerate(cells):
                    if cell == "#N/A":
                        page.write_formula(number, place, "=NA()", None, "#N/A")
                    else:
                        page.write(number, place, cell)
        book.close()
        return data.getvalue()

    def file(self, name: str = "annex_a.xlsx", *, named: bool = True) -> File:
        """Return the workbook as a file of a batch."""
        data = self.data()
        return File(name, len(data), lambda: io.BytesIO(data), named)
