"""What is given, as files: a tagged PDF to read, and an archive that a machine can read."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.conf import settings

from evenhand.design import printing
from evenhand.design.wording import child_name, day
from evenhand.records.models import RecordsRequest
from evenhand.standards.exports import safe

HERE = Path(__file__).parent
SCHEMA = HERE / "bundle.schema.json"
README = """These files hold the same words as the PDF, for a computer to read.

letter.txt            the letter that goes with them
records.json          every part, as lists of rows
records.schema.json   what records.json looks like (JSON Schema, 2020-12)
tables/               each part as a table that a spreadsheet opens (CSV, UTF-8)

Where words are left out because they are about somebody else, it says so in square brackets.
"""
Plain = Mapping[str, Any]


def title_of(request: RecordsRequest) -> str:
    """Return what a bundle is called."""
    return f"What {settings.AUTHORITY} holds about {child_name(request.child)}"


def pdf_of(
    request: RecordsRequest, letter: Sequence[str], sections: Sequence[Plain], *, made_at: datetime
) -> bytes:
    """Return the bundle as PDF/UA-1: tagged, titled, in English, its typeface embedded."""
    told = {
        "title": title_of(request),
        "authority": settings.AUTHORITY,
        "on": day(made_at),
        "letter": list(letter),
        "sections": list(sections),
    }
    return printing.pdf_of(HERE / "bundle.typ", told, made_at=made_at)


def archive_of(
    request: RecordsRequest, letter: Sequence[str], sections: Sequence[Plain], *, made_at: datetime
) -> bytes:
    """Return a zip of the bundle as JSON with its schema, and each part as CSV."""
    made = BytesIO()
    day_made = made_at.timetuple()[:6]
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, text in _members(request, letter, sections, made_at):
            archive.writestr(ZipInfo(name, day_made), text.encode(), ZIP_DEFLATED)
    return made.getvalue()


def _members(
    request: RecordsRequest, letter: Sequence[str], sections: Sequence[Plain], made_at: datetime
) -> Iterator[tuple[str, str]]:
    whole = {
        "title": title_of(request),
        "authority": settings.AUTHORITY,
        "made_on": made_at.date().isoformat(),
        "parts": list(sections),
    }
    yield "README.txt", README
    yield "letter.txt", "\n\n".join(letter) + "\n"
    yield "records.json", json.dumps(whole, ensure_ascii=False, indent=1)
    yield "records.schema.json", SCHEMA.read_text(encoding="utf-8")
    for place, section in enumerate(sections, start=1):
        yield f"tables/{place:02}-{section['id']}.csv", _table(section)


def _table(section: Plain) -> str:
    written = StringIO()
    writer = csv.writer(written)
    for row in (section["columns"], *section["rows"]):
        writer.writerow([safe(cell) for cell in row])
    return "\ufeff" + written.getvalue()
