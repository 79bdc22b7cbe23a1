"""The profile of needs as a file: small numbers hidden, whoever asks for it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import BytesIO

from django.http import HttpResponse

from evenhand.design.wording import day
from evenhand.design.workbooks import XLSX, new_workbook, write_table
from evenhand.monitoring.hiding import HIDDEN
from evenhand.monitoring.queries.profile import Profile
from evenhand.monitoring.tables.figures import profile_rows
from evenhand.standards.exports import safe

KINDS = ("csv", "xlsx")
TITLE = "Children we work with, by area and group"


def profile_file(profile: Profile, kind: str) -> HttpResponse:
    """Return the profile as CSV or as a workbook: headings, rows, then notes."""
    data, of_type = (_csv(profile), "text/csv; charset=utf-8") if kind == "csv" else (
        _xlsx(profile), XLSX
    )  # fmt: skip
    response = HttpResponse(data, content_type=of_type)
    name = f"needs-{profile.day.isoformat()}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _notes(profile: Profile) -> Iterator[str]:
    yield f"{TITLE}. Open children on {day(profile.day)}."
    yield f"<{profile.below}: a number from 1 to {profile.below - 1}."
    yield f"{HIDDEN}: hidden, so that a small number cannot be worked out."


def _csv(profile: Profile) -> bytes:
    response = HttpResponse()
    writer = csv.writer(response)
    writer.writerows([[safe(cell) for cell in row] for row in profile_rows(profile)])
    writer.writerows([[safe(note)] for note in _notes(profile)])
    return "\ufeff".encode() + response.content


def _xlsx(profile: Profile) -> bytes:
    made = BytesIO()
    headings, *rows = profile_rows(profile)
    with new_workbook(made, title=TITLE) as book:
        sheet = book.add_worksheet("Needs")
        write_table(book, sheet, headings, rows)
        notes = book.add_worksheet("Notes")
        for place, note in enumerate(_notes(profile)):
            notes.write_string(place, 0, note)
    return made.getvalue()
