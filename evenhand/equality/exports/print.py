"""A release as a tagged PDF."""

from __future__ import annotations

import json
from pathlib import Path

import typst

from evenhand.equality.exports.publishing import NOTES_HEADINGS, Published

HERE = Path(__file__).parent
FONTS = HERE.parent.parent / "publications" / "fonts"
STANDARD = "ua-1"


def as_pdf(one: Published) -> bytes:
    """Return the release as PDF/UA-1: tagged, titled, in English, its typeface embedded.

    The same release is the same bytes.
    """
    told = {
        "title": one.title, "authority": one.authority, "reference": one.reference,
        "cover": one.cover, "table": one.table, "notes": [NOTES_HEADINGS, *one.notes],
    }  # fmt: skip
    return bytes(
        typst.compile(
            HERE / "release.typ",
            format="pdf",
            root=HERE,
            font_paths=[FONTS],
            ignore_system_fonts=True,
            sys_inputs={"release": json.dumps(told)},
            pdf_standards=STANDARD,
            timestamp=one.made_at.replace(microsecond=0),
        )
    )
