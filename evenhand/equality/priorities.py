"""The strategy's priorities and the aims of the duty each serves, from the adopted packs."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from evenhand.facts.adopted import policy


class Priority(NamedTuple):
    """One priority of the strategy, with the aims of the duty (their numbers) that it serves."""

    number: int
    label: str
    aims: tuple[int, ...]
    clauses: tuple[str, ...]


def priorities() -> tuple[Priority, ...]:
    """Return the strategy's priorities in their order (priorities.yaml), perhaps none."""
    return _priorities(policy().digest)


def whose_reading() -> str:
    """Return on whose word each priority is said to serve its aims."""
    return str(_document().get("aims_citation", ""))


@cache
def _priorities(_digest: str) -> tuple[Priority, ...]:
    return tuple(
        Priority(each["number"], each["label"], tuple(each.get("aims", ())), tuple(each["clauses"]))
        for each in _document().get("priorities", ())
    )


def _document() -> Any:
    return policy().document("priorities") or {}
