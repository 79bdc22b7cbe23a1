"""Dated entries of the packs' documents, as plain values: which of them is in force on a day.

An entry is a mapping with a day ``from`` which it holds, until the next of its kind begins.
Standards have their own, with ends and bounds (``rules.values.Dated``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from evenhand.problems import Problem

Entry = Mapping[str, Any]
Entries = Iterable[Entry]


def begun(entries: Entries, on: date) -> list[Entry]:
    """Return the entries that begin by a day, the newest last."""
    found = [each for each in entries if each["from"] <= on]
    return sorted(found, key=lambda each: each["from"])


def newest(entries: Entries, on: date) -> Entry | None:
    """Return the entry in force on a day: the newest that begins by it; None without one."""
    found = begun(entries, on)
    return found[-1] if found else None


def called(entries: Entries, id_: str) -> list[Entry]:
    """Return the entries of one id, in the packs' order."""
    return [each for each in entries if each["id"] == id_]


def in_force(entries: Entries, on: date) -> Any:
    """Return the ``value`` of the entry in force on a day; None without one."""
    found = newest(entries, on)
    return None if found is None else found["value"]


def needed(entries: Entries, id_: str, on: date, file: str) -> Entry:
    """Return the entry of an id in force on a day. Problem, naming it and the file, without one."""
    return that_holds(called(entries, id_), on, f'{file} has no value of "{id_}"')


def that_holds(entries: Entries, on: date, missing: str) -> Entry:
    """Return the entry in force on a day. Problem, which begins ``missing``, without one."""
    found = newest(entries, on)
    if found is None:
        raise Problem(
            f"{missing} in force on {on:%d/%m/%Y}.",
            "Add one that begins by then, or put the pack's own back.",
        )
    return found
