"""Certificates and sheets as files: a tagged PDF, made of sentences and tables of text."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings

from evenhand.design import printing
from evenhand.design.wording import child_name, day, moment
from evenhand.design.workbooks import new_workbook, sheet_name, write_table
from evenhand.people.models import Child
from evenhand.people.queries.merging import numbers_of
from evenhand.retention import tables, wording
from evenhand.retention.models import Certificate
from evenhand.retention.native import Native

HERE = Path(__file__).parent


class Listed(NamedTuple):
    """A table of text."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def sheet_pdf(
    title: str, sentences: Sequence[str], listed: Sequence[Listed], *, made_at: datetime
) -> bytes:
    """Return a sheet as PDF/UA-1: tagged, titled, in English, its typeface embedded.

    The same sheet made at the same moment is the same bytes.
    """
    told = {
        "title": title,
        "authority": settings.AUTHORITY,
        "sentences": list(sentences),
        "tables": [one._asdict() for one in listed],
    }
    return printing.pdf_of(HERE / "sheet.typ", told, made_at=made_at)


def certificate_pdf(certificate: Certificate, title: str) -> bytes:
    """Return a certificate of disposal to print and to file."""
    said = tables.certificate_rows(certificate, title)
    rows = tuple((row.key, _text(row.value)) for row in said if row.value is not None)
    went = tuple((kind, str(count)) for kind, count in wording.went(certificate))
    return sheet_pdf(
        "Certificate of disposal",
        ["Every row of one child's record was removed from Evenhand. This names nobody."],
        [
            Listed("What was decided", ("What", "Said"), rows),
            Listed("What was disposed of", ("Kind of record", "Rows"), went),
        ],
        made_at=certificate.made_at,
    )


def _text(value: Any) -> str:
    if isinstance(value, datetime):
        return moment(value)
    return day(value) if isinstance(value, date) else str(value)


NATIVE_TITLE = "What Evenhand alone holds"
NATIVE_HEADINGS = ("Whose", "What", "Says", "Who said or recorded it", "When")
NATIVE_SENTENCE = (
    "To be filed in the case system. What the child volunteered is in no sheet: it is theirs to "
    "tell."
)


def native_pdf(child: Child, natives: Sequence[Native], *, made_at: datetime) -> bytes:
    """Return what Evenhand alone holds of a child as a sheet for the case file."""
    whose = f"{child_name(child)}. {'; '.join(_numbers(child))}".strip()
    listed = Listed(NATIVE_TITLE, NATIVE_HEADINGS, tuple(_cells(one) for one in natives))
    return sheet_pdf(NATIVE_TITLE, [whose, NATIVE_SENTENCE], [listed], made_at=made_at)


def native_workbook(child: Child, natives: Sequence[Native]) -> bytes:
    """Return the same as a workbook, every cell of it text."""
    made = BytesIO()
    with new_workbook(made, title=NATIVE_TITLE, author=settings.AUTHORITY) as book:
        sheet = book.add_worksheet(sheet_name(child_name(child)))
        write_table(book, sheet, NATIVE_HEADINGS, [_cells(one) for one in natives])
    return made.getvalue()


def native_json(child: Child, natives: Sequence[Native], *, made_at: datetime) -> bytes:
    """Return the same as JSON, for a case system that takes it."""
    told = {
        "format": "evenhand-native-1",
        "authority": settings.AUTHORITY,
        "made_at": made_at.isoformat(timespec="seconds"),
        "child": {
            "name": child_name(child),
            "born_on": child.born_on.isoformat() if child.born_on else None,
            "numbers": _numbers(child),
        },
        "held": [
            {
                "whose": one.of,
                "what": one.what,
                "says": one.says,
                "who": one.who,
                "on": one.day.isoformat(),
            }
            for one in natives
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=2).encode()


def _numbers(child: Child) -> list[str]:
    return numbers_of([child]).get(child.pk, [])


def _cells(one: Native) -> tuple[str, ...]:
    return (one.of, one.what, one.says, one.who, day(one.day))
