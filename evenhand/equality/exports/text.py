"""A release as CSV, and as a web page of its own."""

from __future__ import annotations

import csv
from io import StringIO

from django.template.loader import render_to_string

from evenhand.equality.exports.publishing import LANGUAGE, NOTES_HEADINGS, Published
from evenhand.standards.exports import safe


def as_csv(one: Published) -> bytes:
    """Return the title, the table, then its notes, as UTF-8 that a spreadsheet knows as such."""
    made = StringIO(newline="")
    writer = csv.writer(made)
    writer.writerow([safe(one.title)])
    writer.writerows([safe(cell) for cell in row] for row in one.table)
    writer.writerows([safe(mark), safe(words)] for mark, words in one.notes)
    writer.writerows([safe(line)] for line in one.cover)
    return made.getvalue().encode("utf-8-sig")


def as_html(one: Published) -> bytes:
    """Return a page that stands alone, without styles or scripts."""
    headings, *rows = one.table
    context = {
        "one": one, "language": LANGUAGE, "headings": headings,
        "rows": [(label, cells) for label, *cells in rows],
        "notes_headings": NOTES_HEADINGS,
    }  # fmt: skip
    return render_to_string("equality/released_page.html", context).encode()
