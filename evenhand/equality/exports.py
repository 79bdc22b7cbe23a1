"""Released figures as files: CSV and xlsx, exactly what the page shows."""

from __future__ import annotations

import csv
from io import BytesIO

from django.http import HttpResponse

from evenhand.design.workbooks import XLSX, new_workbook, write_table
from evenhand.equality.models import Release
from evenhand.standards.exports import safe


def as_csv(release: Release) -> HttpResponse:
    """Return a release as CSV: its title, the table, then its notes."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_name(release)}.csv"'
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow([safe(release.title)])
    writer.writerows([[safe(cell) for cell in row] for row in release.figures])
    writer.writerows([[safe(note)] for note in release.notes])
    return response


def as_xlsx(release: Release) -> HttpResponse:
    """Return a release as a workbook of one sheet: its title, the table, then its notes."""
    made = BytesIO()
    headings, *rows = release.figures
    with new_workbook(made, title=release.title) as book:
        sheet = book.add_worksheet("Figures")
        sheet.write_string(0, 0, release.title, book.add_format({"bold": True}))
        write_table(book, sheet, headings, rows, below=1)
        for place, note in enumerate(release.notes):
            sheet.write_string(len(release.figures) + 2 + place, 0, note)
    response = HttpResponse(made.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{_name(release)}.xlsx"'
    return response


def _name(release: Release) -> str:
    measure = release.measure.replace("/", "-")
    return f"{measure}-by-{release.dimension}-{release.as_at.isoformat()}"
