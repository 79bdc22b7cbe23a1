"""Released figures as files: CSV and xlsx, exactly what the page shows."""

from __future__ import annotations

import csv
from io import BytesIO

import xlsxwriter
from django.http import HttpResponse

from evenhand.equality.models import Release
from evenhand.standards.exports import safe

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDEST, NARROWEST = 60, 12


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
    """Return a release as a workbook of one sheet, its headings in bold and its notes under it."""
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"title": release.title})
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
        sheet = book.add_worksheet("Figures")
        sheet.write_string(0, 0, release.title, bold)
        for place, row in enumerate(release.figures):
            for column, cell in enumerate(row):
                sheet.write_string(place + 1, column, cell, wrapped if place else bold)
        for column in range(len(release.figures[0])):
            longest = max(len(row[column]) for row in release.figures)
            sheet.set_column(column, column, min(max(longest, NARROWEST), WIDEST))
        for place, note in enumerate(release.notes):
            sheet.write_string(len(release.figures) + 2 + place, 0, note)
    response = HttpResponse(made.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{_name(release)}.xlsx"'
    return response


def _name(release: Release) -> str:
    measure = release.measure.replace("/", "-")
    return f"{measure}-by-{release.dimension}-{release.as_at.isoformat()}"
