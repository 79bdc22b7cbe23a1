"""What a row of a report may be, read from our own list.

A key that is not in the report is made of whom the row is of, and the day. The codes of what
children say of themselves are the adopted packs' and not known here.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from itertools import groupby
from typing import Final, cast

from evenhand.formats.format import CodeLists
from evenhand.formats.tables import Column, Kind, Table

KEY: Final = "Key"
CHILD: Final = "Child"
WORKER: Final = "Worker"
DAY: Final = "Day"
YES_NO: Final = "yes_no"


def _rows() -> Iterator[dict[str, str]]:
    text = resources.files(__package__).joinpath("tables.csv").read_text(encoding="utf-8")
    yield from csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))


def _column(row: dict[str, str]) -> Column:
    return Column(
        name=row["column"],
        kind=cast(Kind, row["kind"]),
        key=row["key"] == "Y",
        needed=row["needed"] == "Y",
        codes=row["codes"],
    )


@cache
def tables() -> Mapping[str, Table]:
    """Every kind of row by its name."""
    grouped = groupby(_rows(), key=lambda row: row["table"])
    return {name: Table(name, tuple(map(_column, rows))) for name, rows in grouped}


@cache
def titles() -> Mapping[str, str]:
    """What a row of each table is, in words."""
    return {row["table"]: row["title"] for row in _rows()}


@cache
def words() -> Mapping[tuple[str, str], tuple[str, ...]]:
    """For each table and column the words by which a report is likely to call it."""
    return {
        (row["table"], row["column"]): tuple(filter(None, row["words"].split("|")))
        for row in _rows()
    }


@cache
def codes() -> CodeLists:
    """The code lists that every report has: yes and no."""
    return {YES_NO: {"Y": "Yes", "N": "No"}}


def whose(table: Table) -> str:
    """The column that says of whom a row is: of a child, or of a member of staff."""
    return CHILD if any(column.name == CHILD for column in table.columns) else WORKER
