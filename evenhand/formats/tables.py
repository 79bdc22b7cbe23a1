"""What a table of a format holds: its columns, their kinds, and what may not be missing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["id", "somebody", "text", "code", "date", "number", "json", "day"]
"""A bad "date" refuses its row; a bad "day" is left aside, and the row is taken."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: name, kind of value, and the code list that a code must come from."""

    name: str
    kind: Kind
    key: bool = False
    needed: bool = False
    codes: str = ""
    refers: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a format, its columns in the standard's order."""

    name: str
    columns: tuple[Column, ...]
    used: bool = True
    spare: tuple[Column, ...] = field(default=())

    @property
    def every_column(self) -> tuple[Column, ...]:
        """The standard's columns, then those that some systems send in place of one."""
        return self.columns + self.spare

    @property
    def key(self) -> Column:
        """The column whose value names the row; the first where none is marked."""
        return next((column for column in self.columns if column.key), self.columns[0])

    def place(self, name: str) -> int:
        """Where a column stands in a row of this table; KeyError if it has none."""
        for place, column in enumerate(self.every_column):
            if column.name == name:
                return place
        raise KeyError(f"{self.name} has no column {name}")
