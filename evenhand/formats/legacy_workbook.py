"""A look into a legacy .xls workbook: whether it is locked or has macros, how far it reaches.

Such a file is a small file system of sectors (Microsoft's [MS-CFB]) with one stream of records
([MS-XLS]). Only the heads of records are looked at; anything broken is left for the loader to say.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

SIGNATURE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END: Final = 0xFFFFFFFC
_BEGIN, _LOCKED, _DIMENSIONS, _STRINGS = 0x0809, 0x002F, 0x0200, 0x00FC
_ROWS, _COLUMNS = 65_536, 256
_CELLS: Final = frozenset({0x0006, 0x0203, 0x0204, 0x0205, 0x00BD, 0x00BE, 0x00D6, 0x00FD, 0x027E})
_MANY: Final = frozenset({0x00BD, 0x00BE})
_SMALL_SECTOR: Final = 64


@dataclass(slots=True)
class Look:
    """What was seen. ``cells`` is how many would be held in memory, all sheets together.

    ``is_damaged`` where a record declares more than can be: the loader would make room for it.
    """

    is_locked: bool = False
    is_damaged: bool = False
    has_macros: bool = False
    cells: int = 0


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    start: int
    size: int


def look(data: bytes) -> Look:
    """See what an .xls file is; what cannot be made out counts as nothing."""
    try:
        return _look(_Sectors(data))
    except (struct.error, IndexError, UnicodeDecodeError):
        return Look()


class _Sectors:
    """The sectors of a compound file, and the entries of its directory."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.size = 1 << min(struct.unpack_from("<H", data, 0x1E)[0], 16)
        self.table = self._table()
        self.entries = list(self._entries(struct.unpack_from("<I", data, 0x30)[0]))
        self.most_small = struct.unpack_from("<I", data, 0x38)[0]

    def _table(self) -> list[int]:
        wanted = list(struct.unpack_from("<109I", self.data, 0x4C))
        next_list = struct.unpack_from("<I", self.data, 0x44)[0]
        for _ in range(len(self.data) // self.size):
            if next_list >= _END:
                break
            more = self._integers(next_list)
            wanted += more[:-1]
            next_list = more[-1]
        return [n for sector in wanted if sector < _END for n in self._integers(sector)]

    def _integers(self, sector: int) -> list[int]:
        return list(struct.unpack_from(f"<{self.size // 4}I", self.data, (sector + 1) * self.size))

    def chain(self, sector: int, table: list[int] | None = None) -> Iterator[int]:
        """The sectors that follow one another; a chain that bites its tail ends."""
        table = self.table if table is None else table
        for _ in range(len(table)):
            if sector >= _END:
                return
            yield sector
            sector = table[sector]

    def read(self, start: int) -> bytes:
        """The bytes of a chain of sectors."""
        size = self.size
        return b"".join(self.data[(n + 1) * size : (n + 2) * size] for n in self.chain(start))

    def stream(self, entry: _Entry) -> bytes:
        """The bytes of an entry, wherever they are kept."""
        if entry.size >= self.most_small:
            return self.read(entry.start)[: entry.size]
        links = self.read(struct.unpack_from("<I", self.data, 0x3C)[0])
        table = list(struct.unpack(f"<{len(links) // 4}I", links))
        small = self.read(self.entries[0].start)
        parts = [small[n * _SMALL_SECTOR :][:_SMALL_SECTOR] for n in self.chain(entry.start, table)]
        return b"".join(parts)[: entry.size]

    def _entries(self, start: int) -> Iterator[_Entry]:
        directory = self.read(start)
        for at in range(0, len(directory) - 127, 128):
            length = struct.unpack_from("<H", directory, at + 64)[0]
            name = directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le")
            sector, size = struct.unpack_from("<II", directory, at + 116)
            yield _Entry(name, sector, size)


def _look(sectors: _Sectors) -> Look:
    by_name = {entry.name.lower(): entry for entry in sectors.entries}
    found = Look()
    found.is_locked = "encryptedpackage" in by_name
    found.has_macros = any(name.startswith(("_vba_project", "vba")) for name in by_name)
    stream = by_name.get("workbook") or by_name.get("book")
    if stream is not None:
        _records(sectors.stream(stream), found)
    return found


def _records(stream: bytes, found: Look) -> None:
    rows = columns = at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if kind == _BEGIN:
            found.cells += rows * columns
            rows = columns = 0
        elif kind == _LOCKED:
            found.is_locked = True
            return
        elif kind in _CELLS and length >= 4:
            row, column = struct.unpack_from("<HH", stream, at + 4)
            if kind in _MANY and length >= 6:
                column = struct.unpack_from("<H", stream, at + 2 + length)[0]
            rows, columns = max(rows, row + 1), max(columns, column + 1)
        found.is_damaged |= _declares_too_much(stream, at, kind, length)
        at += 4 + length
    found.cells += rows * columns


def _declares_too_much(stream: bytes, at: int, kind: int, length: int) -> bool:
    """Whether a record speaks of more rows, columns or texts than there can be."""
    if kind == _DIMENSIONS and length >= 14:
        first_row, last_row, first, last = struct.unpack_from("<IIHH", stream, at + 4)
        return bool(max(first_row, last_row) > _ROWS or max(first, last) > _COLUMNS)
    if kind == _STRINGS and length >= 8:
        return bool(struct.unpack_from("<I", stream, at + 8)[0] > len(stream) // 3)
    return False
