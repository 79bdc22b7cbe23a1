"""How far apart two sources may date one event, from the adopted packs (matching.yaml)."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from evenhand.facts.adopted import policy


class Births(NamedTuple):
    """How many days before or after the expected day a birth may lie."""

    before: int
    after: int


def days_apart(kind: str) -> int:
    """How many days apart two sources may date one event of this kind."""
    return _days(policy().digest).get(kind, _document()["other_kinds"]["days"])


def births() -> Births:
    """How far a birth may lie from the day on which it was expected."""
    born = _document()["born"]
    return Births(int(born["before_expected"]), int(born["after_expected"]))


@cache
def _days(_digest: str) -> dict[str, int]:
    return {each["id"]: int(each["days"]) for each in _document()["kinds"]}


def _document() -> Any:
    return policy().document("matching")
