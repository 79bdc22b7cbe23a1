"""Writing an extract: a CSV for each table and a note of what it holds, whole or not at all."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.formats.ssd.tables import RELEASE
from evenhand.formats.ssd.tables import tables as dataset
from evenhand.history.actions import Change, action
from evenhand.imports.extracting import tables
from evenhand.imports.extracting.keys import Keys
from evenhand.imports.extracting.rows import Cells
from evenhand.problems import Problem
from evenhand.sources.models import ImportBatch

NOTE = "extract.json"
UNHELD = (
    "core group meetings",
    "what was asked of children and families, in their own words",
    "what was recorded by hand",
)
"""What we hold and the dataset has no table for."""


class Extract(NamedTuple):
    """An extract that was written: where, and how many rows of each table."""

    folder: Path
    rows: Mapping[str, int]


@action("extract.written")
def _note(latest: ImportBatch, extract: Extract, *, by: User | None, at: datetime) -> Change:
    """Keep in history that the records left, and how many."""
    return Change(latest, {name: (None, count) for name, count in extract.rows.items() if count})


def write_extract(folder: Path, *, by: User | None, at: datetime) -> Extract:
    """Write all that is held as an extract into a new folder, which is there only when whole.

    Raises Problem where the folder is there already, cannot be written, or nothing is held.
    """
    latest = ImportBatch.objects.filter(progress=ImportBatch.Progress.MERGED).last()
    if latest is None:
        raise Problem("Nothing has been imported yet.", "Import an extract first.")
    if folder.exists():
        raise Problem(f"{folder} is there already.", "Name a folder that is not there yet.")
    unfinished = folder.with_name(f".{folder.name}.unfinished")
    try:
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        written = dict(_write(unfinished))
        _describe(unfinished / NOTE, written, latest.as_at, at)
        unfinished.rename(folder)
    except OSError as error:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise Problem(
            f"{folder} cannot be written ({error.strerror}).", "Name a folder of your own."
        ) from error
    extract = Extract(folder, written)
    _note(latest, extract, by=by, at=at)
    return extract


def _write(folder: Path) -> Iterator[tuple[str, int]]:
    keys = Keys()
    for name, rows in sorted(tables.every(keys).items()):
        columns = [column.name for column in dataset()[name].columns]
        count = _table(folder / f"{name}.csv", columns, rows())
        if count:
            yield name, count
        else:
            (folder / f"{name}.csv").unlink()


def _table(path: Path, columns: list[str], rows: Iterator[Cells]) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        for cells in rows:
            writer.writerow([cells.get(name, "") for name in columns])
            count += 1
    return count


def _describe(path: Path, written: Mapping[str, int], as_at: date | None, at: datetime) -> None:
    absent = [name for name in dataset() if name not in written]
    told = {
        "authority": settings.AUTHORITY,
        "dataset": f"Standard Safeguarding Dataset {RELEASE}",
        "true_for": as_at.isoformat() if as_at else None,
        "written_at": timezone.localtime(at).isoformat(timespec="seconds"),
        "rows": written,
        "tables_without_rows": absent,
        "held_but_without_a_table": UNHELD,
    }
    path.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
