"""The roster: who works where, for whom, and in which roles; and the names of children.

Case system extracts name workers and teams by number. A roster is two small files that an
authority can write from its staff list, and that Evenhand reads beside any extract:

- ``roster.csv``: one row for each worker;
- ``roster_children.csv`` (optional): the names of children, where the extract holds none.

Both may be CSV or a workbook's first sheet. The page docs/how-to/roster-file.md is for the
person who writes them. Synthetic data writes the same columns, from the tuples below.
"""

from __future__ import annotations

import csv
import io
from pathlib import PurePosixPath
from typing import Final

from evenhand.formats.delimited import Row
from evenhand.formats.faults import FileFault
from evenhand.formats.files import File
from evenhand.formats.tables import Column, Table
from evenhand.formats.workbook import Workbook, open_workbook

ROSTER_FILE: Final = "roster.csv"
CHILDREN_FILE: Final = "roster_children.csv"

ROLES: Final[tuple[str, ...]] = (
    "social worker",
    "personal adviser",
    "team manager",
    "service manager",
    "reviewing officer",
    "quality assurance",
    "equality lead",
    "complaints officer",
    "registered manager",
    "director",
    "data officer",
)
"""The roles a roster may give, in words; several are parted by semicolons."""

ROSTER: Final = Table(
    name="roster",
    used=True,
    columns=(
        Column("worker_id", "id", key=True, needed=True),
        Column("name", "text", needed=True),
        Column("email", "text"),
        Column("job_title", "text"),
        Column("team_id", "id"),
        Column("team_name", "text"),
        Column("service_id", "id"),
        Column("service_name", "text"),
        Column("manager_worker_id", "id"),
        Column("roles", "text"),
    ),
)

CHILDREN: Final = Table(
    name="roster_children",
    used=True,
    columns=(
        Column("child_id", "id", key=True, needed=True),
        Column("forename", "text"),
        Column("surname", "text"),
    ),
)

ROSTER_COLUMNS: Final = tuple(column.name for column in ROSTER.columns)
CHILDREN_COLUMNS: Final = tuple(column.name for column in CHILDREN.columns)


def roles_of(cell: str | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Part a cell of roles into those we know and the words we do not, each in its order."""
    words = [" ".join(word.split()).lower() for word in (cell or "").split(";")]
    named = [word for word in words if word]
    known = tuple(dict.fromkeys(word for word in named if word in ROLES))
    return known, tuple(word for word in named if word not in ROLES)


def from_workbook(file: File) -> File:
    """The first sheet of a workbook that holds anything, as if it had been saved as CSV.

    Raises FileFault where the workbook cannot be opened, or holds nothing.
    """
    data = _as_csv(_first_filled(open_workbook(file)))
    name = f"{PurePosixPath(file.base).stem}.csv"
    return File(name, len(data), lambda: io.BytesIO(data), file.named)


def _first_filled(book: Workbook) -> list[Row]:
    for sheet in book.sheets:
        if rows := list(book.rows(sheet)):
            return rows
    raise FileFault(
        book.file.base,
        "the workbook holds nothing.",
        "Check that it is the right file, and save it again.",
    )


def _as_csv(rows: list[Row]) -> bytes:
    """The rows, each on the line of its number, so that what is said of it finds it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    line = 1
    for row in rows:
        text.write("\n" * (row.line - line if line > 1 else 0))
        writer.writerow(row.cells)
        line = row.line + 1
    return text.getvalue().encode()
