"""A look into a workbook before it is loaded: what it is, and how much it would hold.

Nothing is loaded here: the parts are read through, a piece at a time, and counted. Declared
dimensions are not believed; only cells that hold something count.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from posixpath import normpath
from typing import IO, Final

from lxml import etree  # type: ignore[import-untyped]

from evenhand.formats import legacy_workbook, limits
from evenhand.formats.faults import FileFault

Errors = Mapping[str, Mapping[int, tuple[int, ...]]]
"""Cells that hold an error: sheet to line to places."""

_PIECE: Final = 1024 * 1024
_TAIL: Final = 4096
_MOST_ERRORS: Final = 100_000
_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL: Final = re.compile(
    rb"<(?:\w+:)?(?P<tag>row|c)(?=[\s/>])(?P<attributes>[^>]*?)(?P<shut>/?)>"
    rb"(?:<(?:\w+:)?v>(?P<index>\d{1,9})</)?"
)
_PLACE: Final = re.compile(rb"\br\s*=\s*[\"']([A-Z]{0,4})(\d{1,9})[\"']")
_KIND: Final = re.compile(rb"\bt\s*=\s*[\"'](\w+)[\"']")
_STRING: Final = re.compile(rb"<(?:\w+:)?si[\s/>]")
_ODS: Final = re.compile(
    rb"<table:(?P<tag>table|table-row|table-cell|covered-table-cell)(?=[\s/>])(?P<rest>[^>]*)>"
)
_ROWS: Final = re.compile(rb"number-rows-repeated\s*=\s*[\"'](\d+)")
_COLUMNS: Final = re.compile(rb"number-columns-repeated\s*=\s*[\"'](\d+)")


def look_into(name: str, data: bytes) -> Errors:
    """Refuse, by FileFault, what is no workbook, is locked, has macros or would be too large."""
    if data.startswith(b"PK"):
        return _zipped(name, data)
    if data.startswith(legacy_workbook.SIGNATURE):
        _legacy(name, data)
        return {}
    raise _no_workbook(name, data)


def locked(name: str) -> FileFault:
    """The fault of a workbook that asks for a password."""
    return FileFault(
        name,
        "the workbook is locked with a password.",
        "Open it, take the password off (File, Info, Protect Workbook), save it and import that.",
    )


def _no_workbook(name: str, data: bytes) -> FileFault:
    if not data:
        return FileFault(name, "the file is empty.", "Save or extract it again.")
    head = data[:2000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    what = "a web page" if head.startswith((b"<html", b"<!doctype", b"<table")) else "no workbook"
    return FileFault(
        name,
        f"it is named as a workbook, and is {what}.",
        "Open it in a spreadsheet program, save it as .xlsx and import that.",
    )


def _macros(name: str) -> FileFault:
    return FileFault(
        name,
        "the workbook holds macros, which are programs; nothing that holds a program is opened.",
        "Save it as .xlsx (Excel Workbook), which leaves the macros out, and import that.",
    )


def _legacy(name: str, data: bytes) -> None:
    found = legacy_workbook.look(data)
    if found.is_locked:
        raise locked(name)
    if found.has_macros:
        raise _macros(name)
    if found.is_damaged:
        raise _damaged(name, "it speaks of more cells than a sheet can have")
    if found.cells > limits.SHEET_CELLS:
        raise _too_many_cells(name, found.cells)


def _zipped(name: str, data: bytes) -> Errors:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _refuse_members(name, archive.infolist())
            return _scanned(name, archive)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, zlib.error, etree.Error) as error:
        raise _damaged(name, str(error)[:100]) from None


def _damaged(name: str, how: str) -> FileFault:
    return FileFault(
        name,
        f"the workbook is damaged ({how}).",
        "It may have been cut off on the way: send or save it again.",
    )


def _refuse_members(name: str, members: list[zipfile.ZipInfo]) -> None:
    names = {member.filename for member in members}
    if any(member.flag_bits & 0x1 for member in members):
        raise locked(name)
    if any("vbaproject" in each.lower() or each.startswith("Basic/") for each in names):
        raise _macros(name)
    if "xl/workbook.bin" in names:
        raise FileFault(
            name,
            "it is a binary workbook (.xlsb), which is not read here.",
            "Save it as .xlsx (Excel Workbook) and import that.",
        )
    if not names & {"xl/workbook.xml", "content.xml"}:
        raise FileFault(
            name,
            "it is named as a workbook, and is some other kind of file.",
            "Check that it is the right file; save it as .xlsx and import that.",
        )
    _refuse_bomb(name, members)


def _refuse_bomb(name: str, members: list[zipfile.ZipInfo]) -> None:
    whole = sum(member.file_size for member in members)
    if whole > limits.WORKBOOK_UNPACKED or len(members) > limits.ZIP_MEMBERS:
        raise FileFault(
            name,
            f"the workbook unpacks to {whole:,} bytes in {len(members):,} parts; the most is "
            f"{limits.WORKBOOK_UNPACKED:,} bytes in {limits.ZIP_MEMBERS:,} parts.",
            "Delete the sheets that are not wanted, or save the wanted ones as CSV UTF-8.",
        )


def _scanned(name: str, archive: zipfile.ZipFile) -> Errors:
    if "content.xml" in archive.namelist() and "xl/workbook.xml" not in archive.namelist():
        return _ods(name, archive)
    lengths = _string_lengths(archive)
    titles, errors = _titles(archive), dict[str, Mapping[int, tuple[int, ...]]]()
    budget = limits.WORKBOOK_TEXT
    for part in archive.namelist():
        if part in titles or part.startswith("xl/worksheets/sheet"):
            scan = SheetScan(name, titles.get(part, part), lengths)
            with archive.open(part) as stream:
                scan.read(stream)
            errors[titles.get(part, part)] = scan.found_errors()
            budget -= scan.text
        else:
            _read_through(archive, part)
        if budget < 0:
            raise _too_much_text(name)
    return errors


def _read_through(archive: zipfile.ZipFile, part: str) -> None:
    """Read a part to its end: one that is longer than it says fails here, not in the loader."""
    with archive.open(part) as stream:
        while stream.read(_PIECE):
            pass


def _titles(archive: zipfile.ZipFile) -> dict[str, str]:
    """The title of each sheet by the name of its part."""
    relations = _tree(archive, "xl/_rels/workbook.xml.rels")
    targets = {each.get("Id"): str(each.get("Target")) for each in relations}
    sheets = _tree(archive, "xl/workbook.xml").iter(f"{_MAIN}sheet")
    return {_part(targets.get(s.get(_RELATION), "")): str(s.get("name")) for s in sheets}


def _part(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else normpath(f"xl/{target}")


def _tree(archive: zipfile.ZipFile, part: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        data = archive.read(part)
    except KeyError:
        return etree.Element("none")
    return etree.fromstring(data, parser)


def _string_lengths(archive: zipfile.ZipFile) -> list[int]:
    """Roughly how long each shared text is, in bytes."""
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    starts: list[int] = []
    read = 0
    with archive.open("xl/sharedStrings.xml") as stream:
        for piece, upto in _pieces(stream):
            starts += [read + m.start() for m in _STRING.finditer(piece) if m.start() < upto]
            read += upto
    return [b - a for a, b in zip(starts, [*starts[1:], read], strict=True)]


def _pieces(stream: IO[bytes]) -> Iterator[tuple[bytes, int]]:
    """A long text in pieces that overlap: each piece, and up to where in it a match may start."""
    held = b""
    while chunk := stream.read(_PIECE):
        held += chunk
        upto = max(0, len(held) - _TAIL)
        yield held, upto
        held = held[upto:]
    yield held, len(held)


@dataclass(slots=True)
class SheetScan:
    """How far the cells of one sheet of an .xlsx workbook reach."""

    file: str
    title: str
    lengths: list[int]
    row: int = 0
    column: int = 0
    last_row: int = 0
    last_column: int = 0
    text: int = 0
    errors: list[tuple[int, int]] = field(default_factory=list)

    def read(self, stream: IO[bytes]) -> None:
        """Read the sheet through. FileFault as soon as it is found to be too large."""
        for piece, upto in _pieces(stream):
            for match in _CELL.finditer(piece):
                if match.start() >= upto:
                    break
                self._met(match)
            if self.last_row * self.last_column > limits.SHEET_CELLS:
                raise _too_many_cells(self.file, self.last_row * self.last_column, self.title)

    def _met(self, match: re.Match[bytes]) -> None:
        place = _PLACE.search(match["attributes"])
        if match["tag"] == b"row":
            self._new_row(int(place[2]) if place else self.row + 1)
        else:
            self._cell(match, place)

    def _new_row(self, number: int) -> None:
        self.row, self.column = number, 0
        if number > limits.SHEET_ROWS:
            raise FileFault(
                self.file,
                f"the sheet '{self.title}' goes on to row {number:,} or further; a sheet has "
                f"{limits.SHEET_ROWS:,} rows at most.",
                "Copy the rows that hold something to a new sheet, and import that.",
            )

    def _cell(self, match: re.Match[bytes], place: re.Match[bytes] | None) -> None:
        self.column = _number(place[1]) if place else self.column + 1
        if place and int(place[2]) != self.row:
            self._new_row(int(place[2]))
        if match["shut"]:
            return
        self.last_row = max(self.last_row, self.row)
        self.last_column = max(self.last_column, self.column)
        self._value(match)

    def _value(self, match: re.Match[bytes]) -> None:
        found = _KIND.search(match["attributes"])
        kind = found[1] if found else b"n"
        if kind == b"e" and len(self.errors) < _MOST_ERRORS:
            self.errors.append((self.row, self.column - 1))
        if kind == b"s" and match["index"] and int(match["index"]) < len(self.lengths):
            self.text += self.lengths[int(match["index"])]

    def found_errors(self) -> dict[int, tuple[int, ...]]:
        """Line to the places of the cells that hold an error."""
        found: dict[int, tuple[int, ...]] = {}
        for line, place in self.errors:
            found[line] = (*found.get(line, ()), place)
        return found


def _number(letters: bytes) -> int:
    """The number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _ods(name: str, archive: zipfile.ZipFile) -> Errors:
    if b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise locked(name)
    for part in archive.namelist():
        if part != "content.xml":
            _read_through(archive, part)
    scan = _OdsScan(name)
    with archive.open("content.xml") as stream:
        for piece, upto in _pieces(stream):
            for match in _ODS.finditer(piece):
                if match.start() < upto:
                    scan.met(match["tag"], match["rest"])
    return {}


@dataclass(slots=True)
class _OdsScan:
    """How far the cells of the sheets of an .ods workbook reach, one sheet after another."""

    file: str
    row: int = 0
    column: int = 0
    last_row: int = 0
    last_column: int = 0

    def met(self, tag: bytes, attributes: bytes) -> None:
        """Take note of a tag. FileFault as soon as a sheet is found to be too large."""
        if tag == b"table":
            self.row = self.column = self.last_row = self.last_column = 0
        elif tag == b"table-row":
            self.row, self.column = self.row + _times(_ROWS, attributes), 0
        else:
            self.column += _times(_COLUMNS, attributes)
            if b"value-type" in attributes:
                self._holds_something()

    def _holds_something(self) -> None:
        self.last_row, self.last_column = self.row, max(self.last_column, self.column)
        cells = self.last_row * self.last_column
        if cells > limits.SHEET_CELLS:
            raise _too_many_cells(self.file, cells)


def _times(repeated: re.Pattern[bytes], attributes: bytes) -> int:
    found = repeated.search(attributes)
    return int(found[1]) if found else 1


def _too_many_cells(name: str, cells: int, title: str = "") -> FileFault:
    where = f"the sheet '{title}'" if title else "the workbook"
    return FileFault(
        name,
        f"{where} reaches over {cells:,} cells, most of them empty; the most is "
        f"{limits.SHEET_CELLS:,}.",
        "Delete the stray cells far below or to the right of the rows, or copy the rows to a new "
        "workbook, and import that.",
    )


def _too_much_text(name: str) -> FileFault:
    return FileFault(
        name,
        f"the cells of the workbook hold more than {limits.WORKBOOK_TEXT:,} characters.",
        "Shorten the long texts, or leave their columns out.",
    )
