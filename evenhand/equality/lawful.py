"""On which lawful condition groups are told apart, and who uses the answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from evenhand.equality.pathway import Dimension
from evenhand.people.pack import ask_set


class Use(NamedTuple):
    """One dimension's lawful condition, and who uses what is known by it."""

    label: str
    condition: str
    used_by: str


def uses(dimensions: Iterable[Dimension]) -> list[Use]:
    """Return the lawful condition of each dimension, each condition once."""
    asked = {item.characteristic: item for item in ask_set()}
    found = {}
    for dimension in dimensions:
        item = asked.get(dimension.characteristic)
        if item is not None:
            by = ", ".join(item.used_by)
            found.setdefault(item.characteristic, Use(dimension.label, item.lawful_condition, by))
    return list(found.values())
