"""A release as a tagged PDF."""

from __future__ import annotations

from pathlib import Path

from evenhand.design import printing
from evenhand.equality.exports.publishing import NOTES_HEADINGS, Published

HERE = Path(__file__).parent


def as_pdf(one: Published) -> bytes:
    """Return the release as PDF/UA-1: tagged, titled, in English, its typeface embedded.

    The same release is the same bytes.
    """
    told = {
        "title": one.title, "authority": one.authority, "reference": one.reference,
        "cover": one.cover, "table": one.table, "notes": [NOTES_HEADINGS, *one.notes],
    }  # fmt: skip
    return printing.pdf_of(HERE / "release.typ", told, made_at=one.made_at)
