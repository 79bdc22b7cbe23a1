"""The groups of the census as tables, and its code lists, read from our own lists.

Beside the census's elements each table has columns that the reader makes: ``key``, which tells
rows apart and stays the same from year to year (the child and the day, ``CHILD|2026-03-31``);
``parent_key``, that of the row it stands in; and ``other_elements``, the names of elements that
the census does not know or that came twice, of which nothing is read; and ``census``, the last day
of the census year, which says what belongs to one return. Children also carry what the header
says, ``Year`` and ``ReferenceDate``.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import groupby
from typing import Final, cast

from evenhand.formats.ssd.tables import codes as ssd_codes
from evenhand.formats.tables import Column, Kind, Table

CHILD: Final = "LAchildID"
CENSUS: Final = "census"
OTHER: Final = "other_elements"
CONFERENCE: Final = "DateOfInitialCPC"
LOOKED_THROUGH: Final = frozenset(
    {
        "ChildIdentifiers",
        "ChildCharacteristics",
        "Disabilities",
        "FactorsIdentifiedAtAssessment",
        "Reviews",
    }
)
"""Elements that only hold others: what they hold belongs to the group around them."""

_OWN: Final = (Column("key", "text", key=True, needed=True), Column(CHILD, "id", needed=True))
_BELOW: Final = (Column("parent_key", "text"),)
_HEADER: Final = (Column("Year", "text"), Column("ReferenceDate", "day"))
_WITH_CONFERENCE: Final = ("CINdetails", "Section47")
_MUST_HOLD: Final = ("Child", "CPPreviewDate")
_MADE: Final = frozenset(
    {
        "key",
        "parent_key",
        "section_47_key",
        "conference_key",
        "plan_made",
        "Year",
        "ReferenceDate",
        OTHER,
        CENSUS,
    }
)
"""Columns that no element of a child fills: the reader does."""
_LAST: Final = (Column(OTHER, "text"), Column(CENSUS, "text"))


@dataclass(frozen=True, slots=True)
class Group:
    """One group of elements: its table, where each element's cell stands, and the groups in it.

    ``dated`` is the element whose value tells its rows apart, ``of_parent`` whether among those of
    one row above rather than of one child. ``leaves`` are the elements that fill a cell,
    ``places`` every column. ``is_leaf``: the element itself holds the value, a code or a day that
    may come often. ``must_hold``: an empty one is told rather than passed over.
    """

    table: Table
    element: str
    dated: str
    of_parent: bool
    is_leaf: bool
    must_hold: bool
    places: Mapping[str, int]
    leaves: Mapping[str, int]
    inner: Mapping[str, Group]


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
    yield from csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))


@cache
def _grouped() -> Mapping[str, tuple[dict[str, str], ...]]:
    grouped = groupby(_rows("tables.csv"), key=lambda row: row["table"])
    return {name: tuple(rows) for name, rows in grouped}


@cache
def tables() -> Mapping[str, Table]:
    """Every table by its name, in the order of our list."""
    return {name: _table(name, rows) for name, rows in _grouped().items()}


def _table(name: str, rows: tuple[dict[str, str], ...]) -> Table:
    above = _BELOW if rows[0]["within"] else _HEADER
    own = tuple(
        Column(row["column"], cast(Kind, row["kind"]), needed=row["needed"] == "Y",
               codes=row["codes"])
        for row in rows
    )  # fmt: skip
    return Table(name, _OWN + above + own + _LAST, used=name != "cin_pre_proceedings")


@cache
def codes() -> Mapping[str, Mapping[str, str]]:
    """Every code list: its name, then code to label."""
    grouped = groupby(_rows("codes.csv"), key=lambda row: row["list"])
    own = {name: {row["code"]: row["label"] for row in rows} for name, rows in grouped}
    return {**ssd_codes(), **own}


@cache
def group(name: str = "cin_children") -> Group:
    """A group with all the groups that stand in it."""
    first = _grouped()[name][0]
    places = {column.name: place for place, column in enumerate(tables()[name].columns)}
    within = [rows[0] for rows in _grouped().values() if rows[0]["within"] == name]
    inner = {row["element"]: group(row["table"]) for row in within}
    if first["element"] in _WITH_CONFERENCE:
        inner[CONFERENCE] = group("cin_conferences")
    return Group(
        table=tables()[name],
        element=first["element"],
        dated=first["dated"].removeprefix(">"),
        of_parent=first["dated"].startswith(">"),
        is_leaf=first["element"] in places,
        must_hold=first["element"] in _MUST_HOLD,
        places=places,
        leaves={tag: place for tag, place in places.items() if tag not in _MADE},
        inner=inner,
    )
