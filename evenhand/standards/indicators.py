"""What the packs count as national indicators, and which fields stand behind them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from evenhand.facts.adopted import policy


class Definition(NamedTuple):
    """What an indicator counts from a day on, on what basis and authority."""

    from_: date
    says: str
    basis: str
    citation: str


class InTime(NamedTuple):
    """What was kept of what fell due, of one standard; ``turn`` None is every turn of it."""

    standard: str
    turn: int | None


class Answered(NamedTuple):
    """Which records of a period hold one of some codes; those ``left_out`` are not counted."""

    subject: str
    at: str
    fact: str
    counted: frozenset[str]
    left_out: frozenset[str]


class Indicator(NamedTuple):
    """One indicator: n of m, as one of two kinds, with its dated definitions."""

    id: str
    title: str
    measured: InTime | Answered
    definitions: tuple[Definition, ...]

    def defined_on(self, day: date) -> Definition | None:
        """Return the definition in force on a day; None where none is yet."""
        begun = [one for one in self.definitions if one.from_ <= day]
        return max(begun, key=lambda one: one.from_, default=None)


class Field(NamedTuple):
    """A field behind the indicators: a fact of a subject, or an answer to a question of the child.

    One of ``fact`` and ``characteristic`` is filled. ``columns`` are its names in the sources.
    """

    id: str
    title: str
    subject: str
    at: str
    fact: str
    characteristic: str
    columns: tuple[str, ...] = ()


def indicators() -> tuple[Indicator, ...]:
    """Return the packs' indicators in their order (indicators.yaml), perhaps none."""
    return _indicators(policy().digest)


def fields() -> tuple[Field, ...]:
    """Return the fields that stand behind them (indicators.yaml), perhaps none."""
    return _fields(policy().digest)


def areas() -> tuple[str, ...]:
    """Return the categories of standards that the policy names as its areas (areas.yaml)."""
    document: Any = policy().document("areas") or {}
    return tuple(each["category"] for each in document.get("areas", ()))


@cache
def _indicators(_digest: str) -> tuple[Indicator, ...]:
    return tuple(
        Indicator(each["id"], each["title"], _measured(each), _definitions(each))
        for each in _document().get("indicators", ())
    )


def _measured(entry: Mapping[str, Any]) -> InTime | Answered:
    if "in_time" in entry:
        return InTime(entry["in_time"]["standard"], entry["in_time"].get("turn"))
    found = entry["answered"]
    return Answered(
        found["subject"], found["at"], found["fact"],
        frozenset(found["counted"]), frozenset(found.get("left_out", ())),
    )  # fmt: skip


def _definitions(entry: Mapping[str, Any]) -> tuple[Definition, ...]:
    return tuple(
        Definition(one["from"], one["says"], one["basis"], one["citation"])
        for one in entry["definitions"]
    )


@cache
def _fields(_digest: str) -> tuple[Field, ...]:
    return tuple(
        Field(
            each["id"], each["title"], each["subject"], each["at"], each.get("fact", ""),
            each.get("characteristic", ""), tuple(each.get("columns", ())),
        )
        for each in _document().get("fields", ())
    )  # fmt: skip


def _document() -> Any:
    return policy().document("indicators") or {}
