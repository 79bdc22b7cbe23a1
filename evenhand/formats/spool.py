"""Rows of a file that is not a table (XML, a workbook), laid out in one pass, table by table.

Each table goes to a temporary file that has no name, so that nothing of it outlives the process
however that ends. Memory stays flat, and rows can be read again as often as needed.
"""

from __future__ import annotations

import csv
import io
import os
import tempfile
import weakref
from collections.abc import Iterator, Sequence
from typing import IO, Any

from evenhand.formats import limits
from evenhand.formats.delimited import Row
from evenhand.formats.faults import FileFault


class Spool:
    """Temporary tables of rows as text; ``name`` is the file they come from."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._tables: dict[str, _Table] = {}
        self._bytes = 0

    def add(self, table: str, line: int, cells: Sequence[str]) -> None:
        """Add a row. Where several stand on one line of the file, each later one is given the
        next number, so that a line names one row of its table."""
        if table not in self._tables:
            self._tables[table] = _Table()
        self._bytes += self._tables[table].add(line, cells)
        if self._bytes > limits.SPOOL_BYTES:
            raise FileFault(
                self.name,
                f"the file holds more than {limits.SPOOL_BYTES:,} bytes of rows.",
                "Split it, for instance by year, and import its parts one after the other.",
            )

    def rows(self, table: str) -> SpooledRows:
        """A new pass over the rows of a table; none where nothing was added to it."""
        return SpooledRows(self._tables.get(table))

    def count(self, table: str) -> int:
        """How many rows a table has."""
        found = self._tables.get(table)
        return found.count if found else 0


class SpooledRows:
    """One pass over the rows of a spooled table. ``position`` is always 0: the file was read."""

    position = 0

    def __init__(self, table: _Table | None) -> None:
        self._table = table

    def __iter__(self) -> Iterator[Row]:
        return iter(self._table) if self._table else iter(())


class _Table:
    """One temporary file of rows, each begun with its line."""

    def __init__(self) -> None:
        self._file: IO[bytes] = tempfile.TemporaryFile(prefix="evenhand-")  # noqa: SIM115 (held)
        self._text = io.TextIOWrapper(
            self._file, encoding="utf-8", errors="surrogatepass", newline="", write_through=False
        )
        weakref.finalize(self, self._text.close)
        self._writer = csv.writer(self._text, lineterminator="\n", quoting=csv.QUOTE_ALL)
        self.last = self.count = 0

    def add(self, line: int, cells: Sequence[str]) -> int:
        """Write a row; how many characters it took."""
        self.last = max(line, self.last + 1)
        self.count += 1
        most = limits.CELL_CHARACTERS + 1  # one more than a reader takes, so that it is told
        if max(map(len, cells), default=0) > most:
            cells = [cell[:most] for cell in cells]
        return int(self._writer.writerow((self.last, *cells)))

    def __iter__(self) -> Iterator[Row]:
        self._text.flush()
        raw: Any = io.BufferedReader(_From(self._file.fileno()), 1024 * 256)
        text = io.TextIOWrapper(raw, encoding="utf-8", errors="surrogatepass", newline="")
        for cells in csv.reader(text):
            yield Row(int(cells[0]), cells[1:])


class _From(io.RawIOBase):
    """A file read from its beginning, whoever else reads it."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor, self._at = descriptor, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        chunk = _read_at(self._descriptor, len(buffer), self._at)
        self._at += len(chunk)
        buffer[: len(chunk)] = chunk
        return len(chunk)


def _read_at(descriptor: int, size: int, at: int) -> bytes:
    if hasattr(os, "pread"):
        return os.pread(descriptor, size, at)
    os.lseek(descriptor, at, os.SEEK_SET)  # Windows has no pread
    return os.read(descriptor, size)
