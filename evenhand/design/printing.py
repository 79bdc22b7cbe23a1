"""Printed documents: a template and what it tells, set as a tagged PDF in the pages' typeface."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

from evenhand.design.lettering import FONTS, shown

STANDARD = "ua-1"


def pdf_of(template: Path, told: Mapping[str, Any], *, made_at: datetime) -> bytes:
    """Return a document as PDF/UA-1: tagged, titled, in English, its typeface embedded.

    ``told`` comes in as JSON under the template's own name, and is set as text, never as markup;
    what the typeface has no letters for is said in words.
    The same words made at the same moment are the same bytes.
    """
    return bytes(
        typst.compile(
            template,
            format="pdf",
            root=template.parent,
            font_paths=[FONTS],
            ignore_system_fonts=True,
            sys_inputs={template.stem: json.dumps(shown(dict(told)))},
            pdf_standards=STANDARD,
            timestamp=made_at.replace(microsecond=0),
        )
    )
