"""Which table a file is, by its name and by its columns, and where each column stands.

Names of columns are compared without case, spaces or marks; spellings that a case system is known
to use count as the standard's. Columns of no table are left aside and named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from evenhand.formats.faults import FileFault, shown
from evenhand.formats.nearest import nearest
from evenhand.formats.tables import Column, Table

_ENOUGH = 3


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file lays out a table: for each of its columns the place in a row, or None."""

    table: Table
    places: tuple[int | None, ...]
    left_aside: tuple[str, ...]

    @property
    def absent(self) -> tuple[str, ...]:
        """The standard's columns that the file does not have."""
        pairs = zip(self.table.columns, self.places, strict=False)
        return tuple(column.name for column, place in pairs if place is None)


def plain(name: str) -> str:
    """A column's name as it is compared: lower case, words joined by underscores."""
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")


def table_named(file_name: str, tables: Mapping[str, Table]) -> Table | None:
    """The table that a file's name says it is: ssd_person.csv, SSD_PERSON_2026-11.csv, or None.

    The longest table name that begins the file's name is meant, so that ssd_cin_plans is not
    taken for ssd_cin.
    """
    stem = plain(PurePosixPath(file_name).stem)
    for part in (stem, f"ssd_{stem}", stem[stem.find("ssd_") :] if "ssd_" in stem else stem):
        fits = [n for n in tables if part == n or re.match(rf"{n}_[\d_]+$", part)]
        if fits:
            return tables[max(fits, key=len)]
    return None


def table_with(header: Sequence[str], tables: Iterable[Table]) -> Table | None:
    """The table most of whose columns are in the header, if it has at least three and its key."""
    names = {plain(name) for name in header}
    best = max(tables, key=lambda table: len(names & set(_spellings(table))))
    shared = len(names & set(_spellings(best)))
    whole = shared >= min(_ENOUGH, len(best.columns))
    return best if whole and names & set(_of(best.key)) else None


def layout(file_name: str, header: Sequence[str], table: Table) -> Layout:
    """Say where each column of the table stands.

    Raises FileFault where the key or a needed column is missing (with the nearest name), where a
    column comes twice, and where the first line is no header at all.
    """
    places = _places(file_name, header, table)
    if not places:
        raise FileFault(
            file_name,
            f"the first line has no column of {table.name}: it begins {shown(header[0])}.",
            f"Extract it again with its header row, which begins {table.columns[0].name}.",
        )
    for column in table.columns:
        if column.needed and column.name not in places:
            raise _missing(file_name, header, table, column)
    known = _spellings(table)
    aside = tuple(name for name in header if name and plain(name) not in known)
    return Layout(table, tuple(places.get(c.name) for c in table.every_column), aside)


def _of(column: Column) -> tuple[str, ...]:
    return (plain(column.name), *(plain(name) for name in column.also))


def _spellings(table: Table) -> dict[str, str]:
    return {spelling: column.name for column in table.every_column for spelling in _of(column)}


def _places(file_name: str, header: Sequence[str], table: Table) -> dict[str, int]:
    known, places = _spellings(table), dict[str, int]()
    for place, name in enumerate(header):
        column = known.get(plain(name))
        if column in places:
            raise FileFault(
                file_name,
                f"the column {column} comes twice, as column {places[column] + 1} and column "
                f"{place + 1}.",
                "Keep one of the two and import again.",
            )
        if column is not None:
            places[column] = place
    return places


def _missing(file_name: str, header: Sequence[str], table: Table, column: Column) -> FileFault:
    unknown = [name for name in header if plain(name) not in _spellings(table)]
    like = nearest(column.name, unknown)
    hint = f" The nearest is {shown(like)}: rename it if it is the same." if like else ""
    return FileFault(
        file_name,
        f"line 1: the column {column.name} of {table.name} is missing.{hint}",
        "Extract the table again with all its columns.",
    )
