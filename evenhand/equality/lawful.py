"""On which lawful condition groups are told apart, and what the answer is used for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from evenhand.equality.pathway import Dimension


class Use(NamedTuple):
    """One dimension's lawful condition, what is done with what is known by it, and who says so."""

    label: str
    condition: str
    used_for: str
    source: str


def uses(dimensions: Iterable[Dimension]) -> list[Use]:
    """Return the lawful condition of each dimension; of parts of another, that one's alone."""
    found: dict[str, Use] = {}
    for one in dimensions:
        condition = one.lawful_condition.strip().rstrip(".")
        if condition:
            told = (one.used_for.strip().rstrip("."), one.source.strip().rstrip("."))
            use = Use(one.label, condition, *told)
            found.setdefault(one.characteristic or one.id, use)
    return list(found.values())
