"""Writing the folder: whole or not at all, and never without a word in the history."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import numpy as np
import polars as pl
from django.conf import settings
from django.db import transaction

from evenhand.accounts.models import User
from evenhand.equality.grouping import left_out
from evenhand.history.actions import Change, action
from evenhand.people.models.closing import restricted_at
from evenhand.problems import Problem
from evenhand.publications.parquet import children, lists, standings, subjects
from evenhand.publications.parquet.describing import describe
from evenhand.publications.parquet.files import Export, File, references_of_teams, write
from evenhand.publications.parquet.keys import draw_for_every_subject
from evenhand.sources.models import ImportBatch
from evenhand.standards.standing import tallied_as_at

YOUR_OWN = "Name a folder of your own, on a disk with room."


class Written(NamedTuple):
    """A folder that was written: where, and how many rows each file has."""

    folder: Path
    rows: Mapping[str, int]


@action("parquet.written")
def _note(latest: ImportBatch, written: Written, *, by: User | None, at: datetime) -> Change:
    """Keep in history that the records left, and how many."""
    return Change(latest, {name: (None, count) for name, count in written.rows.items()})


def write_parquet(folder: Path, *, by: User | None, at: datetime) -> Written:
    """Write all that is held as Parquet files into a new folder, which is there only when whole.

    True for the day of the figures. Raises Problem where the folder is there already, cannot be
    written, or nothing is held.
    """
    latest = ImportBatch.objects.filter(progress=ImportBatch.Progress.MERGED).last()
    as_at = tallied_as_at()
    if latest is None or as_at is None:
        raise Problem("Nothing has been imported yet.", "Import an extract first.")
    if folder.exists():
        raise Problem(f"{folder} is there already.", "Name a folder that is not there yet.")
    export = Export(
        settings.AUTHORITY, as_at, draw_for_every_subject(left_out()), references_of_teams(),
        np.array(sorted(restricted_at(at)), np.int64),
    )  # fmt: skip
    unfinished = folder.with_name(f".{folder.name}.unfinished")
    try:
        written = Written(folder, _write(unfinished, export, at))
        with transaction.atomic():  # no folder without its entry, and no entry without its folder
            _note(latest, written, by=by, at=at)
            unfinished.rename(folder)
    except (OSError, pl.exceptions.ComputeError) as error:
        raise Problem(f"{folder} cannot be written ({_why(error)}).", YOUR_OWN) from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return written


def _why(error: Exception) -> str:
    """What the disk said; the writer of Parquet wraps it in words of its own."""
    found = getattr(error, "strerror", None) or str(error).splitlines()[0]
    return str(found).rpartition("IO error: ")[2].partition(" (os error")[0]


def _write(folder: Path, export: Export, at: datetime) -> Mapping[str, int]:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    listed = files(export)
    rows = {file.name: write(folder, file, export) for file in listed}
    describe(folder, listed, rows, export, at)
    return rows


def files(export: Export) -> list[File]:
    """Return every file of an export, in the order in which the README lists them."""
    return [
        children.file(export),
        *subjects.files(export),
        standings.file(export),
        lists.standards(export),
        lists.teams(export),
    ]
