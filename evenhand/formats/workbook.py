"""Sheets of a workbook as rows of text: .xlsx, .xls and .ods, read by python-calamine.

A workbook is looked into before it is loaded (:mod:`evenhand.formats.workbook_scan`), because a
file of a few kilobytes can claim a thousand million cells. A legacy .xls, which cannot be looked
through as surely, is read in a process of its own. Formulas are never worked out: the value that
the spreadsheet program last kept is read. Days are written 2026-12-31, whole numbers without
decimals; a cell that holds an error such as #N/A is blank, and ``errors`` names it.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Final

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from evenhand.formats import legacy_workbook, limits, workbook_scan
from evenhand.formats.delimited import Row
from evenhand.formats.faults import FileFault
from evenhand.formats.files import File
from evenhand.formats.workbook_cells import rows_of, worksheets

SUFFIXES: Final = (".xlsx", ".xls", ".ods", ".xlsm", ".xlsb", ".xltx", ".xltm")
_READER: Final = (sys.executable, "-m", "evenhand.formats.legacy_reader")
_SECONDS: Final = 300

Read = Callable[[str], Iterator[Row]]


def is_workbook(file: File) -> bool:
    """Whether a file is meant as a workbook, by its name."""
    return file.base.lower().endswith(SUFFIXES)


class Workbook:
    """A workbook opened for reading. ``sheets`` are the names of its worksheets, in order."""

    def __init__(
        self, file: File, sheets: Sequence[str], read: Read, errors: workbook_scan.Errors
    ) -> None:
        self.file, self.sheets, self._read, self._errors = file, tuple(sheets), read, errors

    def rows(self, sheet: str) -> Iterator[Row]:
        """The rows of a sheet that hold anything, each with its number and its cells as text.

        KeyError for a sheet that the workbook does not have. FileFault where it is damaged.
        """
        if sheet not in self.sheets:
            raise KeyError(sheet)
        with _told(self.file.base):
            yield from self._read(sheet)

    def errors(self, sheet: str) -> Mapping[int, tuple[int, ...]]:
        """Where cells hold an error such as #N/A: line to the places of the cells, from 0.

        Known of .xlsx only; in other workbooks such a cell is simply blank.
        """
        return self._errors.get(sheet, {})


def open_workbook(file: File) -> Workbook:
    """Open a workbook.

    Raises FileFault for one with macros or a password, one too large, and what is no workbook.
    """
    if file.size > limits.WORKBOOK_BYTES:
        raise FileFault(
            file.base,
            f"the workbook is {file.size:,} bytes; the most is {limits.WORKBOOK_BYTES:,}.",
            "Split it into several workbooks, or save its sheets as CSV UTF-8.",
        )
    with file.open() as stream:
        data = stream.read(limits.WORKBOOK_BYTES + 1)
    errors = workbook_scan.look_into(file.base, data)
    if data.startswith(legacy_workbook.SIGNATURE):
        return _apart(file, data)
    with _told(file.base):
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return Workbook(
            file, worksheets(book), lambda name: rows_of(book.get_sheet_by_name(name)), errors
        )


def _apart(file: File, data: bytes) -> Workbook:
    """Read a legacy workbook in a process of its own; what breaks that is told of the file."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    try:
        done = subprocess.run(  # noqa: S603 (our own module, and nothing of the file's)
            _READER, input=data, capture_output=True, env=environment, timeout=_SECONDS, check=True
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        raise _unopened(file.base, "it is damaged") from None
    lines = done.stdout.decode().splitlines()
    rows: dict[str, list[Row]] = {name: [] for name in json.loads(lines[0])}
    for sheet, line, cells in map(json.loads, lines[1:]):
        rows[sheet].append(Row(line, cells))
    return Workbook(file, list(rows), lambda name: iter(rows[name]), {})


@contextmanager
def _told(name: str) -> Iterator[None]:
    """Say of the file what its reader stumbled over."""
    try:
        yield
    except PasswordError:
        raise workbook_scan.locked(name) from None
    except CalamineError as error:
        raise _unopened(name, str(error)) from None
    except OverflowError:
        raise _unopened(name, "a cell in it cannot be read") from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # of the reader's Rust, which has no class
            raise
        raise _unopened(name, "a cell in it cannot be read") from None


def _unopened(name: str, why: str) -> FileFault:
    return FileFault(
        name,
        f"the workbook cannot be opened ({why}).",
        "It may have been cut off on the way: open it in a spreadsheet program, save it as "
        ".xlsx and import that.",
    )
