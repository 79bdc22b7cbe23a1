"""Certificates and sheets as files: a tagged PDF, made of sentences and tables of text."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import typst
from django.conf import settings

from evenhand.design.wording import day, moment
from evenhand.retention import tables, wording
from evenhand.retention.models import Certificate

HERE = Path(__file__).parent
FONTS = HERE.parent / "publications" / "fonts"
STANDARD = "ua-1"


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
    return bytes(
        typst.compile(
            HERE / "sheet.typ",
            format="pdf",
            root=HERE,
            font_paths=[FONTS],
            ignore_system_fonts=True,
            sys_inputs={"sheet": json.dumps(told)},
            pdf_standards=STANDARD,
            timestamp=made_at.replace(microsecond=0),
        )
    )


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
