"""The typed rows of a table as columns, for checks that look at a whole return at once."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

import polars as pl

from evenhand.formats.format import Frame
from evenhand.formats.reading import Block
from evenhand.formats.tables import Kind, Table

_TYPES: Final[dict[Kind, type[pl.DataType]]] = {
    "date": pl.Date,
    "day": pl.Date,
    "number": pl.Float64,
}
FILE, LINE = "file", "line"


def schema_of(table: Table) -> dict[str, type[pl.DataType]]:
    """The columns of a table's frame and their types."""
    columns = {c.name: _TYPES.get(c.kind, pl.String) for c in table.every_column}
    return {FILE: pl.Int32, LINE: pl.Int64, **columns}


def frame_of(table: Table, block: Block, file: int) -> Frame:
    """The rows of a block as a frame."""
    schema = schema_of(table)
    count = len(block.rows)
    values = zip(*block.rows, strict=True) if count else [()] * (len(schema) - 2)
    names = list(schema)[2:]
    return pl.DataFrame(
        {
            FILE: pl.repeat(file, count, dtype=pl.Int32, eager=True),
            LINE: block.lines,
            **dict(zip(names, values, strict=True)),
        },
        schema=schema,
    )


class Frames:
    """Frames gathered block by block, table by table."""

    def __init__(self) -> None:
        self._blocks: dict[str, list[Frame]] = defaultdict(list)

    def add(self, table: Table, block: Block, file: int) -> None:
        """Keep the rows of a block."""
        self._blocks[table.name].append(frame_of(table, block, file))

    def take(self) -> dict[str, Frame]:
        """Every table's frame; what was gathered is let go."""
        blocks, self._blocks = self._blocks, defaultdict(list)
        return {name: pl.concat(some, rechunk=True) for name, some in blocks.items()}
