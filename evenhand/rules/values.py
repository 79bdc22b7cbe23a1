"""The values that rules are made of: offsets, facts, and values that change on a date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, Literal, NamedTuple, TypeVar, get_args

Unit = Literal[
    "minutes", "hours", "days", "weeks", "months", "years", "working days", "years of age"
]
UNITS: tuple[Unit, ...] = get_args(Unit)
EXACT_UNITS: frozenset[str] = frozenset({"minutes", "hours"})

Basis = Literal["text", "law", "default", "reconstruction"]
BASES: tuple[Basis, ...] = get_args(Basis)

Single = date | datetime | str | bool | int
FactValue = Single | tuple[Single | None, ...] | None
Case = Mapping[str, FactValue]
"""The facts of one subject by name. A missing name, or None, means not recorded."""

T = TypeVar("T")


class Offset(NamedTuple):
    """A length of time as a pack states it; a negative value reaches back."""

    value: int
    unit: Unit

    @property
    def is_exact(self) -> bool:
        """Whether it counts minutes or hours, so that a time of day matters."""
        return self.unit in EXACT_UNITS

    def __str__(self) -> str:
        unit = self.unit[:-1] if self.value == 1 and self.unit != "years of age" else self.unit
        return f"{self.value} {unit}"


@dataclass(frozen=True)
class Entry(Generic[T]):
    """One dated value with its authority. `from_` is None for law enacted but not commenced."""

    from_: date | None
    value: T
    basis: Basis
    citation: str = ""
    to: date | None = None
    enacted: date | None = None
    local: bool = False
    at_most: int | None = None
    at_least: int | None = None

    def in_force(self, day: date) -> bool:
        """Whether this value holds on `day`, both ends included."""
        if self.from_ is None or day < self.from_:
            return False
        return self.to is None or day <= self.to


@dataclass(frozen=True)
class Dated(Generic[T]):
    """A value that changes on dates: entries in order of `from_`, uncommenced ones last."""

    entries: tuple[Entry[T], ...]

    @classmethod
    def of(cls, entries: Iterable[Entry[T]]) -> Dated[T]:
        """Put the entries in order of the day from which each holds."""
        return cls(tuple(sorted(entries, key=lambda entry: entry.from_ or date.max)))

    def entry_on(self, day: date) -> Entry[T] | None:
        """The newest entry in force on `day`, or None: no rule in force."""
        found = [entry for entry in self.entries if entry.in_force(day)]
        return found[-1] if found else None

    def on(self, day: date) -> T | None:
        """The value in force on `day`, or None: no rule in force."""
        entry = self.entry_on(day)
        return None if entry is None else entry.value

    @property
    def newest(self) -> Entry[T]:
        """The commenced entry that began last (or the first entry, if none has commenced)."""
        commenced = [entry for entry in self.entries if entry.from_ is not None]
        return commenced[-1] if commenced else self.entries[0]
