"""The policy's grounds and the Act's characteristics, read from the adopted packs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from evenhand.facts.adopted import policy

NONE = "none"


class Ground(NamedTuple):
    """One ground of the policy; ``characteristic`` is empty where the Act has none for it."""

    id: str
    label: str
    characteristic: str
    clause: str
    note: str


class Characteristic(NamedTuple):
    """One characteristic of the Equality Act 2010, and the aims of the duty it counts for.

    ``known_from`` names the items of the ask set that tell how far it is known of children.
    """

    id: str
    label: str
    section: str
    aims: frozenset[int]
    note: str
    known_from: tuple[str, ...]


def grounds() -> tuple[Ground, ...]:
    """Return the policy's grounds, in its order (grounds.yaml)."""
    return _grounds(policy().digest)


def characteristics() -> tuple[Characteristic, ...]:
    """Return the Act's characteristics, in their order (characteristics.yaml)."""
    return _characteristics(policy().digest)


def aims() -> Mapping[int, str]:
    """Return the three aims of the public sector equality duty, in words."""
    return {int(number): words for number, words in _document("characteristics")["aims"].items()}


@cache
def _grounds(_digest: str) -> tuple[Ground, ...]:
    return tuple(
        Ground(
            each["id"], each["label"], _named(each.get("characteristic")), each.get("clause", ""),
            each.get("note", ""),
        )
        for each in _document("grounds")["grounds"]
    )  # fmt: skip


def _named(characteristic: str | None) -> str:
    return "" if characteristic in {None, NONE} else str(characteristic)


@cache
def _characteristics(_digest: str) -> tuple[Characteristic, ...]:
    return tuple(
        Characteristic(
            each["id"], each["label"], str(each["section"]), frozenset(each["aims"]),
            each.get("note", ""), tuple(each.get("known_from", ())),
        )
        for each in _document("characteristics")["characteristics"]
    )  # fmt: skip


def _document(name: str) -> Any:
    return policy().document(name)
