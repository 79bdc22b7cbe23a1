"""From a file of a known table to typed rows and faults, a few thousand at a time.

Memory stays flat whatever the size of the file. A row is a tuple in the order of the table's
columns; a column that the file lacks is None in every row. Columns are converted one at a time
over a block of rows, which is several times quicker than row by row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from evenhand.formats import cells, limits
from evenhand.formats.cells import Bad, Converter, Remembered, Value
from evenhand.formats.delimited import Row
from evenhand.formats.faults import Fault
from evenhand.formats.recognise import Layout
from evenhand.formats.tables import Column

BLOCK: Final = 5_000
_ENDS_IN_A_FIGURE: Final = re.compile(rf"[\w|/-]{{0,{limits.ID_CHARACTERS - 1}}}[0-9]", re.ASCII)
"""An identifier that is what it says: no blank, no ``.0``, and no word for nothing."""
CodeLists = Mapping[str, Mapping[str, str]]
Meanings = Mapping[tuple[str, str], str]
"""What an authority said a value stands for: (column, value in lower case) to code."""


@dataclass(slots=True)
class Block:
    """Some rows of a file: those that can be taken, and what is wrong with others or with cells.

    ``lines`` and ``rows`` go together. ``raw`` holds the cells, by column, of each line that has a
    fault. ``read`` counts every row met, taken or not.
    """

    lines: list[int] = field(default_factory=list)
    rows: list[tuple[Value, ...]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    raw: dict[int, dict[str, str]] = field(default_factory=dict)
    read: int = 0


class Reader:
    """Reads the rows of one table. ``supplied`` names the columns met with a value so far."""

    def __init__(self, layout: Layout, codes: CodeLists, meanings: Meanings | None = None) -> None:
        self.layout = layout
        self.columns = layout.table.every_column
        self.supplied: set[str] = set()
        self._converters = [_remembered(c, codes, meanings or {}) for c in self.columns]

    def blocks(self, rows: Iterable[Row | Fault]) -> Iterator[Block]:
        """Typed blocks of the rows of a file."""
        held: list[Row] = []
        faults: list[Fault] = []
        for row in rows:
            if isinstance(row, Fault):
                faults.append(row)
            else:
                held.append(row)
            if len(held) >= BLOCK:
                yield self._block(held, faults)
                held, faults = [], []
        if held or faults:
            yield self._block(held, faults)

    def _block(self, rows: list[Row], faults: list[Fault]) -> Block:
        block = Block(read=len(rows) + len(faults), faults=faults)
        block.raw = {fault.line: {} for fault in faults}
        block.lines = [row.line for row in rows]
        by_place = list(zip(*[row.cells for row in rows], strict=True))
        columns = [self._column(place, by_place, rows) for place in range(len(self.columns))]
        block.rows = list(zip(*columns, strict=True)) if rows else []
        self._mark_blanks(block, columns)
        if any(converter.any_bad for converter in self._converters):
            self._part(block, rows)
        self._drop_faulty(block, rows)
        return block

    def _column(
        self, index: int, by_place: Sequence[Sequence[str]], rows: list[Row]
    ) -> list[Value | Bad]:
        place = self.layout.places[index]
        if place is None or not by_place:
            return [None] * len(rows)
        values = self._converted(index, by_place[place])
        column = self.columns[index]
        if column.name not in self.supplied and any(value is not None for value in values):
            self.supplied.add(column.name)
        return values

    def _converted(self, index: int, texts: Sequence[str]) -> list[Value | Bad]:
        convert = self._converters[index]
        if self.columns[index].kind != "id":
            return list(map(convert.__getitem__, texts))
        # Most identifiers are plain, and hardly one comes twice.
        most, plain = limits.ID_CHARACTERS, _ENDS_IN_A_FIGURE.fullmatch
        return [t if (t.isdecimal() and len(t) <= most) or plain(t) else convert[t] for t in texts]

    def _mark_blanks(self, block: Block, columns: Sequence[Sequence[object]]) -> None:
        """A row whose key or needed column is blank cannot be taken."""
        for index, column in enumerate(self.columns):
            if column.needed and self.layout.places[index] is not None and None in columns[index]:
                for line, value in zip(block.lines, columns[index], strict=True):
                    if value is None:
                        block.faults.append(_blank(line, column))

    def _part(self, block: Block, rows: list[Row]) -> None:
        """Tell the faults of cells, and leave aside the cells that do not refuse their row."""
        for number, row in enumerate(block.rows):
            if any(isinstance(value, Bad) for value in row):
                block.rows[number] = self._without_bad(
                    block, block.lines[number], row, rows[number]
                )

    def _without_bad(
        self, block: Block, line: int, row: Sequence[Value | Bad], raw: Row
    ) -> tuple[Value, ...]:
        kept: list[Value] = []
        for index, value in enumerate(row):
            if isinstance(value, Bad):
                block.faults.append(self._fault(line, index, value, raw))
                kept.append(None)
            else:
                kept.append(value)
        return tuple(kept)

    def _fault(self, line: int, index: int, bad: Bad, raw: Row) -> Fault:
        column, place = self.columns[index], self.layout.places[index]
        found = raw.cells[place] if place is not None else ""
        return Fault(
            line=line,
            column=column.name,
            found=found[:500].replace("\0", ""),
            rule=bad.rule,
            sentence=f"{column.name} {bad.sentence}.",
            remedy=bad.remedy,
            weight=bad.weight,
        )

    def _drop_faulty(self, block: Block, rows: list[Row]) -> None:
        if not block.faults:
            return
        refused = {fault.line for fault in block.faults if fault.weight == "row"}
        noted = refused | {fault.line for fault in block.faults}
        for row in rows:
            if row.line in noted:
                block.raw[row.line] = self.as_dict(row.cells)
        kept = [
            pair for pair in zip(block.lines, block.rows, strict=True) if pair[0] not in refused
        ]
        block.lines, block.rows = [line for line, _ in kept], [row for _, row in kept]

    def as_dict(self, texts: Sequence[str]) -> dict[str, str]:
        """The cells of a row by the standard's column names, as they were written."""
        pairs = zip(self.columns, self.layout.places, strict=True)
        return {
            column.name: texts[place].replace("\0", "")[:4000]
            for column, place in pairs
            if place is not None and place < len(texts)
        }


def fault_of(column: Column, codes: CodeLists, text: str) -> Bad | None:
    """What is wrong with a value for a column, or None: asked before somebody's mend is kept."""
    value = _converter(column, codes)(text)
    if value is None and column.needed:
        return Bad("SSD-R03", "is blank", "Give a value.")
    return value if isinstance(value, Bad) else None


def _blank(line: int, column: Column) -> Fault:
    what = "the row has no key" if column.key else "the row cannot be used without it"
    return Fault(
        line=line,
        column=column.name,
        found="",
        rule="SSD-R03",
        sentence=f"{column.name} is blank: {what}.",
        remedy="Fill it in the case system, or here.",
    )


def _remembered(column: Column, codes: CodeLists, meanings: Meanings) -> Remembered:
    most = 1_000 if column.kind in ("id", "text", "json") else 100_000
    return Remembered(_meant(column, _converter(column, codes), meanings), most)


def _meant(column: Column, convert: Converter, meanings: Meanings) -> Converter:
    mine = {value: code for (name, value), code in meanings.items() if name == column.name}
    if not mine:
        return convert
    return lambda text: convert(mine.get(text.strip().lower(), text))


def _converter(column: Column, codes: CodeLists) -> Converter:
    if column.kind == "code":
        return cells.to_code(dict(codes.get(column.codes, {})), column.codes)
    return _BY_KIND[column.kind]


_BY_KIND: Final[Mapping[str, Converter]] = {
    "id": cells.to_id,
    "somebody": cells.to_somebody,
    "text": cells.to_text,
    "json": cells.to_text,
    "date": cells.to_date,
    "day": cells.to_day,
    "number": cells.to_number,
}
