"""A census opened, and what its checks find, as an import does it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date

from evenhand.formats.cin import FORMAT
from evenhand.formats.delimited import Row
from evenhand.formats.files import File
from evenhand.formats.format import Checked, Opened
from evenhand.formats.frames import Frames
from evenhand.formats.reading import Reader

TODAY = date(2026, 11, 21)


def opened(*texts: str) -> list[Opened]:
    """The tables of these censuses."""
    return [one for number, text in enumerate(texts) for one in _open(f"{number}.xml", text)]


def _open(name: str, text: str) -> list[Opened]:
    data = text.encode()
    found = FORMAT.open(File(name, len(data), lambda: io.BytesIO(data), named=True))
    assert isinstance(found, list)
    return found


def rows(text: str, table: str) -> list[dict[str, str]]:
    """The rows of a table as text, each with its line; nothing for cells left empty."""
    for one in opened(text):
        if one.layout.table.name == table:
            names = [column.name for column in one.layout.table.columns]
            return [
                {"line": str(row.line)} | {k: v for k, v in zip(names, row.cells, strict=True) if v}
                for row in one.rows()
                if isinstance(row, Row)
            ]
    return []


def checked(*texts: str) -> Iterator[Checked]:
    """What the checks find in these censuses."""
    frames = Frames()
    for number, one in enumerate(opened(*texts)):
        reader = Reader(one.layout, FORMAT.codes)
        for block in reader.blocks(one.rows()):
            frames.add(one.layout.table, block, number)
    assert FORMAT.check is not None
    return FORMAT.check(frames.take(), TODAY)


def rules_met(*texts: str) -> set[str]:
    """The numbers of the rules that find anything."""
    return {one.fault.rule.removeprefix("CIN-") for one in checked(*texts)}
