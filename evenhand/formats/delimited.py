"""Rows of a CSV file, one after another, each with its line; never more than one in memory.

Commas, semicolons and tabs part cells. A line that is too long, a quotation mark that is never
closed, and a last line that was cut off are told apart and told with their line.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Final, NamedTuple

from evenhand.formats import limits
from evenhand.formats.encodings import encoding_of
from evenhand.formats.faults import Fault, FileFault, shown
from evenhand.formats.files import File

_DELIMITERS: Final = ",;\t|"


class Row(NamedTuple):
    """One row of a file: the line it begins on, and its cells as text."""

    line: int
    cells: list[str]


class Delimited:
    """A CSV file opened for reading: its encoding, its header, then its rows.

    Iterating gives :class:`Row` for each whole row and :class:`Fault` for one that cannot be
    parted into as many cells as the header. FileFault is raised where the file itself is broken.
    """

    def __init__(self, file: File) -> None:
        self.file = file
        self.encoding = encoding_of(file)
        self._lines = _Lines(file, self.encoding)
        head = self._lines.peek()
        self.delimiter = max(_DELIMITERS, key=head.count) if head else ","
        self._reader = csv.reader(self._lines, delimiter=self.delimiter, strict=True)
        self.header = self._header()

    def _header(self) -> list[str]:
        try:
            first = next(self._reader, [])
        except csv.Error:
            first = []
        if not first:
            raise FileFault(
                self.file.base,
                "the first line is not a row of column names.",
                "Extract the file again with its header row.",
            )
        if len(first) > limits.COLUMNS:
            raise FileFault(
                self.file.base,
                f"the header has {len(first):,} columns; the most is {limits.COLUMNS}.",
                "Check that it is the right file.",
            )
        return [" ".join(name.replace("\xa0", " ").split()) for name in first]

    @property
    def position(self) -> int:
        """How many bytes have been read."""
        return self._lines.position

    def __iter__(self) -> Iterator[Row | Fault]:
        width, reader = len(self.header), self._reader
        line = reader.line_num + 1
        while True:
            try:
                for cells in reader:
                    if len(cells) == width:
                        yield Row(line, cells)
                    elif cells:
                        yield self._wrong_width(Row(line, cells))
                    line = reader.line_num + 1
            except csv.Error as error:
                yield self._unparted(line, str(error))
                line = reader.line_num + 1
            else:
                return

    def _unparted(self, line: int, error: str) -> Fault:
        if "unexpected end" in error:
            raise self._cut_off(line, "a quotation mark that is never closed")
        if "field limit" in error or "field larger" in error:
            raise FileFault(
                self.file.base,
                f"line {line:,}: a cell is longer than {limits.CELL_CHARACTERS:,} characters, "
                "or a quotation mark is never closed.",
                "Shorten the cell or close the quotation in the case system; extract again.",
            )
        return Fault(
            line=line,
            column="",
            found="",
            rule="SSD-R02",
            sentence="a quotation mark stands inside a cell, so its end cannot be told.",
            remedy="Double the quotation mark in the file, or remove it in the case system.",
        )

    def _wrong_width(self, row: Row) -> Fault:
        found, wanted = len(row.cells), len(self.header)
        if self._lines.cut_at == self._reader.line_num and found < wanted:
            raise self._cut_off(row.line, f"{found} of {wanted} cells")
        return Fault(
            line=row.line,
            column="",
            found=self.delimiter.join(row.cells)[:500],
            rule="SSD-R01",
            sentence=f"the row has {found} cells where the header has {wanted}.",
            remedy="A comma in a text may lack its quotation marks: mend the row in the case "
            "system or the file, and import again.",
        )

    def _cut_off(self, line: int, what: str) -> FileFault:
        return FileFault(
            self.file.base,
            f"the file stops in the middle of line {line:,}, after {what}: it is not whole.",
            "Copy or extract it again. Nothing of it was taken.",
        )


class _Lines:
    """The lines of a file as text, none longer than allowed; knows a last line without an end."""

    def __init__(self, file: File, encoding: str) -> None:
        self._raw = _Raw(file)
        stream = io.TextIOWrapper(
            io.BufferedReader(self._raw, 1024 * 256), encoding=encoding, newline=""
        )
        self.file, self._read = file, stream.readline
        self._held: str | None = None
        self.count = 0
        self.cut_at = -1

    @property
    def position(self) -> int:
        """How many bytes have been read."""
        return self._raw.position

    def peek(self) -> str:
        """The first line, which is given again when iterating."""
        self._held = self._next()
        return self._held

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line, self._held = self._held, None
        if line is None:
            line = self._next()
        if not line:
            raise StopIteration
        self.count += 1
        if line[-1] not in "\r\n":
            self.cut_at = self.count
        return line

    def _next(self) -> str:
        try:
            line = self._read(limits.LINE_CHARACTERS)
        except UnicodeDecodeError:
            raise FileFault(
                self.file.base,
                f"the file stops in the middle of a character, at line {self.count + 1:,}: it is "
                "not whole.",
                "Copy or extract it again. Nothing of it was taken.",
            ) from None
        if len(line) >= limits.LINE_CHARACTERS:
            raise FileFault(
                self.file.base,
                f"line {self.count + 1:,} is longer than {limits.LINE_CHARACTERS:,} characters; "
                f"it begins {shown(line[:60])}.",
                "Shorten the cell in the case system, or check that the file is a CSV file.",
            )
        return line


class _Raw(io.RawIOBase):
    """The bytes of a file as a raw stream; a zip member that turns out longer than said stops."""

    def __init__(self, file: File) -> None:
        self._stream, self._size, self._name = file.open(), file.size, file.base
        self.position = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        chunk = self._stream.read(len(buffer))
        self.position += len(chunk)
        if self.position > self._size:
            raise FileFault(
                self._name,
                "the file holds more bytes than it says.",
                "Do not open it. Ask whoever sent it what it is.",
            )
        buffer[: len(chunk)] = chunk
        return len(chunk)

    def close(self) -> None:
        self._stream.close()
        super().close()
