"""What a format is: its tables and code lists, how its files are opened, and what it checks.

Each format is a package beside this module that exposes ``FORMAT``; :mod:`.registry` lists them.
A file is opened into one or more tables (a workbook has several), each of which gives its rows as
text as often as it is asked. Everything after that is the same for every format.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from evenhand.formats.delimited import Row
from evenhand.formats.faults import Fault
from evenhand.formats.files import File
from evenhand.formats.recognise import Layout
from evenhand.formats.tables import Table

Frame = pl.DataFrame
"""The rows of one table, those that a reader could take: ``file`` (Int32: the number of its file
in the batch, rising with ``Opened.order``), ``line`` (Int64), then every column of the table by
name: pl.Date for dates and days, pl.Float64 for numbers, pl.String for all else; null where
nothing is recorded."""

CodeLists = Mapping[str, Mapping[str, str]]
Window = tuple[date | None, date | None]
Rows = Callable[[], Iterable[Row | Fault]]


@dataclass(frozen=True, slots=True)
class Opened:
    """One table of a file.

    ``layout`` says where each column stands in a row; ``rows`` begins a new pass over the rows at
    each call (what it returns may have a ``position`` in bytes). ``covers`` are the first and last
    day of which the file is the whole truth, such as a return's year; None: what its own rows
    span. Of several files of one table the one with the greatest ``order`` has the last word.
    """

    file: File
    encoding: str
    layout: Layout
    rows: Rows
    covers: Window | None = None
    order: str = ""


@dataclass(frozen=True, slots=True)
class Passed:
    """A file, or a sheet of it, that no format knows: left aside, with the reason."""

    file: File
    sentence: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found in one row: its table, the number of its file, and the fault."""

    table: str
    fault: Fault
    file: int = 0


Open = Callable[[File], "list[Opened] | Passed | None"]
Check = Callable[[Mapping[str, Frame], date], Iterator[Checked]]


@dataclass(frozen=True, slots=True)
class Format:
    """One format. The names of its tables are unique over all formats.

    ``open`` gives None for a file of another format, Passed for one that is known to be of no
    use, and raises FileFault for one that is this format's and cannot be read. ``check`` is given
    a frame for every table of the batch (and none for those it lacks) and today; it yields what
    it found, row by row. ``several`` says that one table may come in several files, such as the
    returns of several years; otherwise a second is refused.
    """

    key: str
    title: str
    tables: Mapping[str, Table]
    codes: CodeLists
    open: Open
    check: Check | None = None
    several: bool = False
