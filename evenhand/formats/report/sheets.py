"""Any CSV file or workbook as sheets with a header, whatever its columns are called.

Rows above the header, such as a title, are passed over: the header is the first of the first rows
that fills most of its width.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import IO, Final

from evenhand.formats import cells, limits
from evenhand.formats.cells import Bad
from evenhand.formats.delimited import Delimited, Row
from evenhand.formats.encodings import encoding_of
from evenhand.formats.faults import Fault, FileFault, shown
from evenhand.formats.files import File
from evenhand.formats.format import Rows
from evenhand.formats.recognise import plain
from evenhand.formats.workbook import Workbook, is_workbook, open_workbook

TITLE_ROWS: Final = 20
"""The most rows that may stand above the header."""

MOST_OF_IT: Final = 0.6
TEXTS: Final = (".csv", ".txt", ".tsv")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name (empty for a CSV file), its header, and a new pass over its rows."""

    file: File
    name: str
    encoding: str
    header: tuple[str, ...]
    rows: Rows

    @property
    def digest(self) -> str:
        """What the same header is known by again, in whatever order its columns stand."""
        names = sorted(plain(name) for name in self.header if name)
        return hashlib.sha256("\n".join(names).encode()).hexdigest()

    def place(self, name: str) -> int | None:
        """Where a column stands; None if there is none of this name."""
        names = [plain(one) for one in self.header]
        return names.index(plain(name)) if plain(name) in names else None


def is_report(file: File) -> bool:
    """Whether a file may be a report, by its name."""
    return is_workbook(file) or file.base.lower().endswith(TEXTS)


def sheets_of(file: File) -> list[Sheet]:
    """Every sheet of a file that has a header.

    Raises FileFault where the file cannot be read, or no sheet has a header row.
    """
    found = _of_workbook(file) if is_workbook(file) else [_of_text(file)]
    if not found:
        raise _no_header(file.base, "the workbook has no row of column names.")
    for sheet in found:
        _refuse_twice(sheet)
    return found


def _of_workbook(file: File) -> list[Sheet]:
    book = open_workbook(file)
    found = (_sheet(file, book, name) for name in book.sheets)
    return [sheet for sheet in found if sheet is not None]


def _sheet(file: File, book: Workbook, name: str) -> Sheet | None:
    first = list(islice(book.rows(name), TITLE_ROWS))
    place = _header(first)
    if place is None or not _is_names(first[place].cells):
        return None
    at, header = first[place].line, _tidy(first[place].cells)
    width = len(header)

    def rows() -> Iterator[Row]:
        for row in book.rows(name):
            if row.line > at:
                yield Row(row.line, [*row.cells[:width], *[""] * (width - len(row.cells))])

    return Sheet(file, name, "xlsx", header, rows)


def _of_text(file: File) -> Sheet:
    encoding = encoding_of(file)
    above = _lines_above(file, encoding)
    below = replace(file, open=_past(file.open, above)) if above else file
    header = _tidy(Delimited(below).header)
    if not _is_names(header):
        raise _no_header(file.base, f"its first row seems to hold data: it begins {_few(header)}.")

    def rows() -> Iterable[Row | Fault]:
        found = Delimited(below)
        return _further(found, above) if above else found

    return Sheet(file, "", encoding, header, rows)


def _lines_above(file: File, encoding: str) -> int:
    """How many lines stand above the header; only whole lines of bytes can be passed over."""
    if encoding == "utf-16":
        return 0
    with file.open() as stream:
        lines = [stream.readline(limits.LINE_CHARACTERS) for _ in range(TITLE_ROWS)]
    texts = [line.decode(encoding, "replace") for line in lines]
    delimiter = max(",;\t|", key=lambda one: max(text.count(one) for text in texts))
    rows = [Row(n, text.strip().split(delimiter)) for n, text in enumerate(texts)]
    return _header(rows) or 0


def _past(open_file: Callable[[], IO[bytes]], lines: int) -> Callable[[], IO[bytes]]:
    def opened() -> IO[bytes]:
        stream = open_file()
        for _ in range(lines):
            stream.readline()
        return stream

    return opened


def _further(rows: Iterable[Row | Fault], by: int) -> Iterator[Row | Fault]:
    """Rows with the lines that they have in the whole file."""
    for row in rows:
        yield (
            Row(row.line + by, row.cells)
            if isinstance(row, Row)
            else replace(row, line=row.line + by)
        )


def _header(rows: Sequence[Row]) -> int | None:
    """Which of the first rows is the header: the first that fills most of the widest."""
    filled = [sum(bool(cell.strip(' "')) for cell in row.cells) for row in rows]
    widest = max(filled, default=0)
    for place, count in enumerate(filled):
        if count and count >= widest * MOST_OF_IT:
            return place
    return None


def _tidy(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(" ".join(name.replace("\xa0", " ").split()) for name in names)


def _is_names(header: Sequence[str]) -> bool:
    """Whether a row names columns: none of its cells is a day or a number."""
    given = [name for name in header if name]
    return len(given) > 1 and not any(_is_data(name) for name in given)


def _is_data(text: str) -> bool:
    is_number = re.fullmatch(r"[-+]?[\d.,]+", text) is not None
    return is_number or not isinstance(cells.to_date(text), Bad | type(None))


def _few(header: Sequence[str]) -> str:
    return ", ".join(shown(name) for name in header[:3])


def _no_header(name: str, sentence: str) -> FileFault:
    return FileFault(name, sentence, "Run the report again with its row of column names.")


def _refuse_twice(sheet: Sheet) -> None:
    seen: dict[str, int] = {}
    for place, name in enumerate(sheet.header, start=1):
        if name and plain(name) in seen:
            raise FileFault(
                sheet.file.base,
                f"the column {shown(name)} comes twice, as column {seen[plain(name)]} and column "
                f"{place}.",
                "Rename one of the two in the report, and run it again.",
            )
        seen[plain(name)] = place
