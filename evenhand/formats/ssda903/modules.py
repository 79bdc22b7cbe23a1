"""The modules of the return as tables, and its code lists, read from our own lists.

Beside the return's columns each table has two that the reader makes: ``KEY``, which tells rows
apart (the child, and the day of the row), and ``RETURN``, the return that the row is of.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import groupby
from typing import Final, cast

from evenhand.formats.tables import Column, Kind, Table

KEY: Final = "KEY"
RETURN: Final = "RETURN"
SHARED: Final = frozenset({"CHILD", "DOB", "SEX"})
"""Columns that stand in many modules, and so do not tell which one a file is."""


@dataclass(frozen=True, slots=True)
class Code:
    """One code of a list: its label, other spellings, and the days between which it was in use."""

    code: str
    label: str
    since: str
    until: str
    also: tuple[str, ...]


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
    yield from csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))


def _column(row: dict[str, str]) -> Column:
    return Column(
        name=row["column"],
        kind=cast(Kind, row["kind"]),
        needed=row["needed"] == "Y",
        codes=row["codes"],
        also=tuple(row["also"].split()),
    )


def _table(name: str, rows: list[dict[str, str]]) -> Table:
    made = (Column(KEY, "text", key=True), Column(RETURN, "text"))
    columns = tuple(_column(row) for row in rows)
    return Table(name=name, used=rows[0]["used"] == "Y", columns=columns + made)


@cache
def tables() -> Mapping[str, Table]:
    """Every module by the name of its table, such as 903_episodes."""
    grouped = groupby(_rows("tables.csv"), key=lambda row: row["table"])
    return {name: _table(name, list(rows)) for name, rows in grouped}


@cache
def key_parts() -> Mapping[str, tuple[str, ...]]:
    """The columns that make the key of each table's rows, in their order."""
    parts: dict[str, dict[str, str]] = {}
    for row in _rows("tables.csv"):
        if row["key"]:
            parts.setdefault(row["table"], {})[row["key"]] = row["column"]
    return {name: tuple(of[n] for n in sorted(of)) for name, of in parts.items()}


@cache
def code_lists() -> Mapping[str, Mapping[str, Code]]:
    """Every code list with all that is known of its codes."""
    grouped = groupby(_rows("codes.csv"), key=lambda row: row["list"])
    return {name: {row["code"]: _code(row) for row in rows} for name, rows in grouped}


def _code(row: dict[str, str]) -> Code:
    also = tuple(row["also"].split())
    return Code(row["code"], row["label"], row["since"], row["until"], also)


@cache
def codes() -> Mapping[str, Mapping[str, str]]:
    """Every code list: its name, then code to label."""
    lists = code_lists().items()
    return {name: {one.code: one.label for one in of.values()} for name, of in lists}


def own_columns(table: Table) -> tuple[str, ...]:
    """The columns by which a module is known: those that hardly another module has."""
    made = {KEY, RETURN} | SHARED
    return tuple(column.name for column in table.columns if column.name not in made)
