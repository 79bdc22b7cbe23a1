"""The folder that an extract is written to: one open file for each table, never held in memory."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any

from evenhand.problems import Problem
from evenhand.synth.tables import Layout, Row


class Folder:
    """CSV files of a folder, opened at once and closed together; counts the rows of each."""

    def __init__(self, path: Path, layouts: dict[str, Layout]) -> None:
        path.mkdir(parents=True, exist_ok=True)
        self.path, self.rows = path, dict.fromkeys(layouts, 0)
        self._layouts, self._stack = layouts, ExitStack()
        self._writers: dict[str, Any] = {}

    def __enter__(self) -> Folder:
        for name, layout in self._layouts.items():
            self._writers[name] = self._open(f"{layout.table}.csv")
            self._writers[name].writerow(layout.header)
        return self

    def _open(self, name: str) -> Any:
        file = self._stack.enter_context((self.path / name).open("w", encoding="utf-8", newline=""))
        return csv.writer(file, lineterminator="\n")

    def add(self, table: str, rows: list[Row]) -> None:
        """Write rows, already spelled as the file wants them; a table not laid out is left out."""
        if table in self._layouts:
            layout = self._layouts[table]
            if layout.needs is not None:
                rows = [row for row in rows if row[layout.needs]]
            self._writers[table].writerows(map(layout.cells, rows))
            self.rows[table] += len(rows)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()


def make_room(folder: Path, manifest: str) -> None:
    """Make a folder ready: new, empty, or an earlier extract's, whose files are taken away.

    Raises Problem where the path is a file, or a folder that holds anything else: nothing that
    this package did not write is ever removed.
    """
    if folder.exists() and not folder.is_dir():
        raise Problem(f"{folder} is a file.", "Name a folder in --out.")
    found = [path for path in folder.rglob("*") if path.is_file()] if folder.exists() else []
    if found and not (folder / manifest).exists():
        raise Problem(
            f"{folder} holds files, and none of them is an extract's {manifest}.",
            "Name a new or an empty folder in --out.",
        )
    for path in found:
        if path.name == manifest or path.suffix == ".csv":
            path.unlink()


def write_table(path: Path, header: Iterable[str], rows: Iterable[Row]) -> int:
    """Write one whole CSV file and return how many rows it has."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        written = 0
        for row in rows:
            writer.writerow(row)
            written += 1
    return written


def digest(folder: Path) -> str:
    """Return one SHA-256 over the names and contents of a folder's files, however deep."""
    found = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        found.update(f"{path.relative_to(folder).as_posix()}\0".encode())
        with path.open("rb") as file:
            found.update(hashlib.file_digest(file, "sha256").digest())
    return found.hexdigest()
