"""Released figures as files: CSV, xlsx, OpenDocument, HTML and PDF, the same figures in each.

Laid out as the Analysis Function advises (Releasing statistics in spreadsheets): a cover, contents
and notes, one table a sheet with its title first, no merged and no empty cells, shorthand in square
brackets, every table marked up as one.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse

from evenhand.design.workbooks import XLSX
from evenhand.equality.exports.opendocument import ODS, as_ods
from evenhand.equality.exports.print import as_pdf
from evenhand.equality.exports.publishing import Published, published
from evenhand.equality.exports.text import as_csv, as_html
from evenhand.equality.exports.workbooks import as_xlsx
from evenhand.equality.models import Release

KINDS: dict[str, tuple[str, Callable[[Published], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "xlsx": (XLSX, as_xlsx),
    "ods": (ODS, as_ods),
    "html": ("text/html; charset=utf-8", as_html),
    "pdf": ("application/pdf", as_pdf),
}


def file_of(release: Release, kind: str) -> HttpResponse:
    """Return a release as a file to download, of one of ``KINDS``."""
    of_type, made = KINDS[kind]
    response = HttpResponse(made(published(release)), content_type=of_type)
    response["Content-Disposition"] = f'attachment; filename="{_name(release)}.{kind}"'
    return response


def _name(release: Release) -> str:
    measure = release.measure.replace("/", "-")
    return f"{measure}-by-{release.dimension}-{release.as_at.isoformat()}"
