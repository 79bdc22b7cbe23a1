"""Which module a file is: by the names of its columns, never by its own name."""

from __future__ import annotations

from collections.abc import Sequence

from evenhand.formats.recognise import plain
from evenhand.formats.ssda903.modules import own_columns, tables
from evenhand.formats.tables import Table

_ENOUGH = 2


def module_of(header: Sequence[str]) -> Table | None:
    """The module that a header is of, or None: a child, and two of the module's own columns.

    A module that has but one column of its own (UASC: the day the status ceased) is known by it.
    """
    names = {plain(name) for name in header}
    if not names & _spellings_of("CHILD"):
        return None
    found = {table.name: _shared(table, names) for table in tables().values()}
    best = max(found, key=lambda name: (found[name], -len(own_columns(tables()[name]))))
    table = tables()[best]
    return table if found[best] >= min(_ENOUGH, len(own_columns(table))) else None


def _shared(table: Table, names: set[str]) -> int:
    return sum(bool(names & _spellings(table, name)) for name in own_columns(table))


def _spellings(table: Table, name: str) -> set[str]:
    column = next(one for one in table.columns if one.name == name)
    return {plain(name), *map(plain, column.also)}


def _spellings_of(name: str) -> set[str]:
    return _spellings(next(iter(tables().values())), name)
