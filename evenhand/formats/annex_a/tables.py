"""The lists of Annex A and their codes, read from our own lists."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from itertools import groupby
from typing import Final, cast

from evenhand.formats.reading import CodeLists
from evenhand.formats.ssd import tables as dataset
from evenhand.formats.tables import Column, Kind, Table

CHILD: Final = "Child Unique ID"
ERRORS: Final = "Cells with an error"
"""A column of ours, last in every list: the columns in which the sheet holds an error."""


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
    yield from csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))


def name_of(number: int | str) -> str:
    """The name of the table that a list is."""
    return f"annex_a_list_{number}"


def _column(row: dict[str, str]) -> Column:
    return Column(
        name=row["column"],
        kind=cast(Kind, row["kind"]),
        key=row["key"] == "Y",
        needed=row["needed"] == "Y",
        codes=row["codes"],
        also=tuple(filter(None, row["also"].split("|"))),
    )


def _table(number: str, rows: list[dict[str, str]]) -> Table:
    return Table(
        name=name_of(number),
        used=rows[0]["used"] == "Y",
        columns=tuple(_column(row) for row in rows),
        spare=(Column(ERRORS, "text"),),
    )


@cache
def tables() -> Mapping[str, Table]:
    """Every list by its name, in Ofsted's order."""
    grouped = groupby(_rows("tables.csv"), key=lambda row: row["list"])
    return {name_of(number): _table(number, list(rows)) for number, rows in grouped}


@cache
def titles() -> Mapping[str, str]:
    """What each list is called."""
    return {name_of(row["list"]): row["title"] for row in _rows("tables.csv")}


@cache
def months() -> Mapping[str, int]:
    """How many months back each list looks; 0 for one that shows the present only."""
    return {name_of(row["list"]): int(row["months"]) for row in _rows("tables.csv")}


@cache
def first_ages() -> Mapping[str, int]:
    """The age at which a child can first be on a list, where it has one."""
    return {name_of(r["list"]): int(r["from_age"]) for r in _rows("tables.csv") if r["from_age"]}


@cache
def codes() -> CodeLists:
    """Every code list: the dataset's, and those of Annex A alone."""
    grouped = groupby(_rows("codes.csv"), key=lambda row: row["list"])
    own = {name: {row["code"]: row["label"] for row in rows} for name, rows in grouped}
    return {**dataset.codes(), **own}


@cache
def written() -> Mapping[str, Mapping[str, str]]:
    """How Ofsted's template writes the codes of each list; a code that is not here is bare."""
    grouped = groupby(_rows("written.csv"), key=lambda row: row["list"])
    return {name: {row["code"]: row["written"] for row in rows} for name, rows in grouped}
