"""A list of files to audit as a printed document, to carry to where the files are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from evenhand.audits.models import SampledFile
from evenhand.audits.queries.samples import child_of
from evenhand.audits.tables.samples import file_words, how_cell
from evenhand.design.components import Cell, SummaryRow
from evenhand.design.documents import Document, Figures, Section
from evenhand.design.wording import day

HEADINGS = ("", "File", "Born", "Team and worker", "How it came on the list", "Auditor")
NOTES = (
    "This list names children. Keep it as you keep their files, and destroy it after the audit.",
)
CLOSED = "Not printed {} more of this list: they are not yours to see."


def document_of(
    title: str, rows: Iterable[SummaryRow], files: Sequence[SampledFile], closed: int, now: datetime
) -> Document:
    """Return a list to print: how it was drawn, and the files on it that its reader may see.

    ``closed`` more stand on it.
    """
    how = Section("How it was drawn", tuple(_sentences(rows)))
    figures = Figures("Files to audit", HEADINGS, (True, *(False,) * 5), tuple(map(_row, files)))
    more = (CLOSED.format("is 1 file" if closed == 1 else f"are {closed} files"),) if closed else ()
    listed = Section("The list", more, (figures,) if files else ())
    return Document(
        f"Files to audit: {title}",
        settings.AUTHORITY,
        timezone.localdate(now),
        (listed, how),
        NOTES,
    )


def _sentences(rows: Iterable[SummaryRow]) -> Iterator[str]:
    """Yield what is said of a list in words; how it stands to its day is for the page."""
    for row in rows:
        if isinstance(row.value, str) and row.value:
            yield f"{row.key}: {row.value}"


def _row(file: SampledFile) -> tuple[str, ...]:
    child, how = child_of(file), how_cell(file)
    whose = ", ".join(str(one) for one in (file.team, file.worker) if one)
    came = f"Left out: {file.left_out_why}" if file.left_out_why else _with_note(how)
    auditors = ", ".join(one.auditor.name for one in getattr(file, "given", ()))
    born = day(child.born_on) if child is not None and child.born_on else ""
    return (str(file.position), file_words(file), born, whose, came, auditors)


def _with_note(cell: Cell) -> str:
    return f"{cell.value}: {cell.note}" if cell.note else str(cell.value)
