"""The tables and code lists of the Standard Safeguarding Dataset, read from our own lists."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from itertools import groupby
from typing import cast

from evenhand.formats.tables import Column, Kind, Table

RELEASE = "1.4.5"


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
    yield from csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))


def _column(row: dict[str, str]) -> Column:
    kind = "id" if row["kind"] == "spare" else row["kind"]
    return Column(
        name=row["column"],
        kind=cast(Kind, kind),
        key=row["key"] == "Y",
        needed=row["needed"] == "Y",
        codes=row["codes"],
        refers=row["refers"],
        also=tuple(row["also"].split()),
    )


def _table(name: str, rows: list[dict[str, str]]) -> Table:
    return Table(
        name=name,
        used=rows[0]["used"] == "Y",
        columns=tuple(_column(row) for row in rows if row["kind"] != "spare"),
        spare=tuple(_column(row) for row in rows if row["kind"] == "spare"),
    )


@cache
def tables() -> Mapping[str, Table]:
    """Every table of the dataset by its name, in the order of our list."""
    grouped = groupby(_rows("tables.csv"), key=lambda row: row["table"])
    return {name: _table(name, list(rows)) for name, rows in grouped}


@cache
def codes() -> Mapping[str, Mapping[str, str]]:
    """Every code list: list name, then code to label."""
    grouped = groupby(_rows("codes.csv"), key=lambda row: row["list"])
    return {name: {row["code"]: row["label"] for row in rows} for name, rows in grouped}
