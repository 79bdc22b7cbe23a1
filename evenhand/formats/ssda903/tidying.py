"""Rows of a module as they come, made even: one spelling of codes and postcodes, and the cells
that the reader adds.

Only what is beyond doubt is changed here: sex 1 and 2 are M and F, a postcode has its space, a
whole number loses the ``.0`` that a spreadsheet gave it. What a cell means is for the reader.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from typing import Final

from evenhand.formats import cells
from evenhand.formats.delimited import Row
from evenhand.formats.faults import Fault
from evenhand.formats.recognise import Layout
from evenhand.formats.ssda903.modules import KEY, RETURN, code_lists, key_parts
from evenhand.formats.tables import Column, Table

_POSTCODES: Final = frozenset({"HOME_POST", "PL_POST"})
_POSTCODE: Final = re.compile(r"([A-Z]{1,2}[0-9][0-9A-Z]?)([0-9][A-Z]{2})")
_MOST: Final = 100_000


class Kept(dict[str, str]):
    """What a function makes of texts, remembered for as many as fit."""

    def __init__(self, make: Callable[[str], str]) -> None:
        super().__init__()
        self.make = make

    def __missing__(self, text: str) -> str:
        if len(self) >= _MOST:
            self.clear()
        self[text] = made = self.make(text)
        return made


class Unkept(Kept):
    """Of texts of which hardly one comes twice, nothing is remembered."""

    def __missing__(self, text: str) -> str:
        return self.make(text)


def postcode(text: str) -> str:
    """A postcode in capitals with its space; what is not one stays as it is."""
    match = _POSTCODE.fullmatch(re.sub(r"\s+", "", text.upper()))
    return f"{match[1]} {match[2]}" if match else text


def day(text: str) -> str:
    """A day as ISO text, for keys; what is no day stays as it is."""
    value = cells.to_date(text)
    return value.isoformat() if isinstance(value, date) else text.strip()


def identifier(text: str) -> str:
    """An identifier without the ``.0`` of a spreadsheet."""
    if text.isdecimal():
        return text
    value = cells.to_id(text)
    return value if isinstance(value, str) else text.strip()


def extended(layout: Layout, width: int) -> Layout:
    """The layout with the cells that the reader adds at the end of each row."""
    names = [column.name for column in layout.table.every_column]
    places = list(layout.places)
    places[names.index(KEY)], places[names.index(RETURN)] = width, width + 1
    return Layout(layout.table, tuple(places), layout.left_aside)


class Tidy:
    """Makes the rows of one table even; ``layout`` is that of the rows as they come."""

    def __init__(self, layout: Layout, of: str) -> None:
        self.of = of
        places = dict(zip([c.name for c in layout.table.every_column], layout.places, strict=True))
        self._changes = [
            (place, change)
            for column in layout.table.columns
            if (place := places[column.name]) is not None
            and (change := _change(column)) is not None
        ]
        self._parts = [
            (place, _day if column != "CHILD" else _id)
            for column in key_parts()[layout.table.name]
            if (place := places[column]) is not None
        ]

    def row(self, texts: Sequence[str]) -> list[str]:
        """The cells made even, then the key, then the return."""
        made = list(texts)
        for place, change in self._changes:
            made[place] = change[made[place]]
        made += ["|".join([plain[texts[place]] for place, plain in self._parts]), self.of]
        return made

    def rows(self, rows: Iterable[Row | Fault]) -> Iterator[Row | Fault]:
        """Every row made even; faults as they are."""
        for row in rows:
            yield row if isinstance(row, Fault) else Row(row.line, self.row(row.cells))


_day, _id, _postcode = Kept(day), Unkept(identifier), Kept(postcode)


def _change(column: Column) -> Kept | None:
    if column.name in _POSTCODES:
        return _postcode
    also = _spellings(column.codes) if column.codes else {}
    return Kept(lambda text: also.get(text.strip().removesuffix(".0"), text)) if also else None


@cache
def _spellings(name: str) -> dict[str, str]:
    return {other: one.code for one in code_lists()[name].values() for other in one.also}


def plain_layout(table: Table) -> Layout:
    """The layout of rows that the reader lays out itself, in the order of the table's columns."""
    return Layout(table, tuple(range(len(table.columns))), ())
