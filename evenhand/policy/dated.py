"""Dated values, read from a pack: each with the day from which it holds and its authority."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar, cast

from evenhand.policy.documents import Faults, Mapping, Node, items_of, shown
from evenhand.policy.fields import Fields
from evenhand.rules.values import BASES, UNITS, Basis, Dated, Entry, Offset, Unit

T = TypeVar("T")
ALWAYS = date.min
FIELDS = (
    "from", "to", "enacted", "value", "unit", "basis", "citation", "local", "bound", "note",
)  # fmt: skip


@dataclass(frozen=True)
class Shape(Generic[T]):
    """How a dated value of one kind is read: its fields, to the value (None: a fault is noted)."""

    name: str
    read: Callable[[Fields], T | None]
    default_citation: str
    local: bool = False
    bound: tuple[int | None, int | None] = (None, None)


def read(node: Node, shape: Shape[T], faults: Faults) -> Dated[T] | None:
    """The dated values at a node, in order; None where none can be used."""
    entries: list[Entry[T]] = []
    for item in items_of(node):
        if not isinstance(item, Mapping):
            remedy = "Write {from: DATE, value: N, unit: ..., basis: ...}."
            faults.add(item, shape.name, f"{shown(item)} stands for a dated value", remedy)
            continue
        entry = _entry(item, shape, faults)
        if entry is not None:
            _check_overlap(item, entry, entries, shape.name, faults)
            entries.append(entry)
    if not items_of(node):
        faults.add(node, shape.name, "it holds no value", "Write one dated value at least.")
    return Dated.of(entries) if entries else None


def _entry(node: Mapping, shape: Shape[T], faults: Faults) -> Entry[T] | None:
    fields = Fields(node, faults, FIELDS, f"a value of {shape.name}")
    enacted = fields.day("enacted", required=False)
    from_ = fields.day("from", required=enacted is None)
    value = shape.read(fields)
    basis, citation = authority(fields, shape.default_citation)
    if value is None or basis is None or (from_ is None and enacted is None):
        return None
    at_most, at_least = bound(fields) if "bound" in fields else shape.bound
    return Entry(
        from_, value, basis, citation, fields.day("to", required=False), enacted,
        fields.flag("local") or shape.local, at_most, at_least,
    )  # fmt: skip


def authority(fields: Fields, default_citation: str) -> tuple[Basis | None, str]:
    """The basis and the citation of a value: law cites its own, others may rest on the pack's."""
    basis = fields.choice("basis", BASES)
    citation = fields.text("citation", required=basis == "law")
    return cast("Basis | None", basis or None), citation or default_citation


def bound(fields: Fields) -> tuple[int | None, int | None]:
    """The bound within which an authority may set its own value: (at most, at least)."""
    node = fields.get("bound")
    if node is None:
        return None, None
    if not isinstance(node, Mapping):
        fields.wrong("bound", shown(node), "Write bound: {at_most: N} or {at_least: N}.")
        return None, None
    inner = Fields(node, fields.faults, ("at_most", "at_least"), "the bound")
    return inner.integer("at_most", required=False), inner.integer("at_least", required=False)


def offset(fields: Fields) -> Offset | None:
    """A length of time: a whole number, not below nought, and its unit."""
    value, unit = fields.integer("value"), fields.choice("unit", UNITS)
    if value is not None and value < 0:
        fields.wrong("value", f"{value} is below nought", "Write it above, with direction: before.")
        return None
    return Offset(value, cast("Unit", unit)) if value is not None and unit else None


def number(fields: Fields) -> int | None:
    """A number to be reached: one at least."""
    value = fields.integer("value")
    if value is not None and value < 1:
        fields.wrong("value", f"{value} asks for nothing", "Write 1 or more.")
        return None
    return value


def _check_overlap(
    node: Mapping, entry: Entry[T], before: list[Entry[T]], name: str, faults: Faults
) -> None:
    for other in before:
        if any(_overlap(*pair) for pair in ((entry, other), (other, entry))):
            found = f"the values from {other.from_} and from {entry.from_} both hold on one day"
            faults.add(
                node, name, found, "Give each its own day to begin, after the last one ends."
            )


def _overlap(first: Entry[T], second: Entry[T]) -> bool:
    """Whether `second` begins while `first`, which ends on a day, still holds; or both together.

    A value without an end gives way to the next, and so overlaps nothing that begins later.
    """
    if first.from_ is None or second.from_ is None or second.from_ < first.from_:
        return False
    return first.from_ == second.from_ or (first.to is not None and second.from_ <= first.to)
