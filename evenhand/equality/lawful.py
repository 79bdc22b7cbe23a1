"""On which lawful condition groups are told apart, and what the answer is used for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from evenhand.equality.pathway import Dimension


class Use(NamedTuple):
    """One dimension's lawful condition, and what is done with what is known by it."""

    label: str
    condition: str
    used_for: str


def uses(dimensions: Iterable[Dimension]) -> list[Use]:
    """Return the lawful condition of each dimension; of parts of another, that one's alone."""
    found: dict[str, Use] = {}
    for one in dimensions:
        condition = one.lawful_condition.strip().rstrip(".")
        if condition:
            use = Use(one.label, condition, one.used_for.strip().rstrip("."))
            found.setdefault(one.characteristic or one.id, use)
    return list(found.values())
