"""The formats that can be read. A new one is a package with a ``FORMAT``, and a line here."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from evenhand.formats import annex_a, cin, report, ssd, ssda903
from evenhand.formats.format import Checked, CodeLists, Format, Frame, Opened, Passed
from evenhand.formats.tables import Table

FORMATS: Final[tuple[Format, ...]] = (
    ssda903.FORMAT,
    ssd.FORMAT,
    cin.FORMAT,
    annex_a.FORMAT,
    report.FORMAT,
)
BY_KEY: Final[Mapping[str, Format]] = {one.key: one for one in FORMATS}
BESIDE: Final = frozenset({"roster", "roster_children"})
"""Tables of our own that may come beside the files of any format."""


@cache
def known_tables() -> Mapping[str, Table]:
    """Every table that can be read, of every format, by its name."""
    return {name: table for one in FORMATS for name, table in one.tables.items()}


@cache
def format_of(table: str) -> Format:
    """The format that a table is of; KeyError for a name that none has."""
    for one in FORMATS:
        if table in one.tables:
            return one
    raise KeyError(f"no format has a table {table}")


def codes_of(table: str) -> CodeLists:
    """The code lists of the format that a table is of."""
    return format_of(table).codes


__all__ = [
    "BESIDE",
    "BY_KEY",
    "FORMATS",
    "Checked",
    "CodeLists",
    "Format",
    "Frame",
    "Opened",
    "Passed",
    "codes_of",
    "format_of",
    "known_tables",
]
