"""What differs between two policies: in what they say, and in whose result it would change."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any, NamedTuple

import numpy as np

from evenhand.policy.library import Policy
from evenhand.rules.columns import STATES
from evenhand.rules.outcome_columns import OutcomeColumns
from evenhand.rules.standards import Deadline, PerPeriod, Recurrence, Standard
from evenhand.rules.states import State
from evenhand.rules.values import Dated, Entry, Offset

VALUE_FIELDS = ("within", "stages", "at_least", "tree")
UNCOMPARED = ("digest", *VALUE_FIELDS)


class Change(NamedTuple):
    """One difference of what is said. `from_` is set where a dated value differs."""

    standard: str
    field: str
    from_: date | None
    before: str
    after: str

    def __str__(self) -> str:
        when = f" from {self.from_}" if self.from_ else ""
        before, after = self.before or "none", self.after or "none"
        return f"{self.standard}: {self.field}{when}: {before} -> {after}"


class Flip(NamedTuple):
    """One result that would change: the subject, the cycle, and the two states (None: no cycle)."""

    subject: Hashable
    cycle: int
    before: State | None
    after: State | None


def diff(old: Policy, new: Policy) -> tuple[Change, ...]:
    """Every difference of standards and of dated values, in order of standard."""
    names = sorted({*old.standards, *new.standards})
    return tuple(
        change for name in names
        for change in changes(old.standards.get(name), new.standards.get(name))
    )  # fmt: skip


def changes(old: Standard | None, new: Standard | None) -> tuple[Change, ...]:
    """What differs between two definitions of a standard; None where it is not there."""
    return tuple(_changes(old, new))


def _changes(old: Standard | None, new: Standard | None) -> Iterator[Change]:
    if old is None or new is None:
        one = old or new
        assert one is not None  # noqa: S101  a name comes from one of the two policies
        title = one.title
        yield Change(one.id, "standard", None, title if old else "", title if new else "")
        return
    for field in fields(old):
        if field.name not in UNCOMPARED:
            before, after = getattr(old, field.name), getattr(new, field.name, None)
            if before != after:
                yield Change(old.id, field.name, None, _shown(before), _shown(after))
    yield from _value_changes(old, new)


def _value_changes(old: Standard, new: Standard) -> Iterator[Change]:
    before, after = _values(old), _values(new)
    for key in sorted({*before, *after}, key=lambda key: (key[0], key[1] or date.max)):
        first, second = before.get(key, ""), after.get(key, "")
        if first != second:
            yield Change(old.id, key[0], key[1], first, second)


def _values(standard: Standard) -> dict[tuple[str, date | None], str]:
    if isinstance(standard, Deadline) and isinstance(standard.within, str):
        return {("within", None): standard.within}
    found: dict[tuple[str, date | None], str] = {}
    for place, dated in enumerate(standard.dated, start=1):
        name = f"stage {place}" if isinstance(standard, Recurrence) else "value"
        for entry in dated.entries:
            ends = f" until {entry.to}" if entry.to else ""
            found[name, entry.from_] = f"{_shown(entry.value)}{ends} ({entry.basis})"
    return found


def _shown(value: object) -> str:
    if value is None or value in ((), ""):
        return ""
    return ", ".join(map(str, value)) if type(value) is tuple else str(value)


# What if -----------------------------------------------------------------------------------------


def with_value(standard: Standard, value: int, stage: int = 1) -> Standard:
    """The standard as if every value of it (of one stage, in a recurrence) were `value`.

    ValueError where the standard has no such number.
    """
    if isinstance(standard, Deadline) and isinstance(standard.within, Dated):
        return replace(standard, within=_all(standard.within, value))
    if isinstance(standard, PerPeriod):
        return replace(standard, at_least=_all(standard.at_least, value))
    if isinstance(standard, Recurrence) and 1 <= stage <= len(standard.stages):
        stages = list(standard.stages)
        stages[stage - 1] = _all(stages[stage - 1], value)
        return replace(standard, stages=tuple(stages))
    raise ValueError(f"{standard.id} has no value that is a number")


def _all(dated: Dated[Any], value: int) -> Dated[Any]:
    return Dated(tuple(_with(entry, value) for entry in dated.entries))


def _with(entry: Entry[Any], value: int) -> Entry[Any]:
    new = Offset(value, entry.value.unit) if isinstance(entry.value, Offset) else value
    return replace(entry, value=new)


def flips(
    before: Iterable[tuple[Hashable, int, State]], after: Iterable[tuple[Hashable, int, State]]
) -> Iterator[Flip]:
    """The subjects and cycles whose state differs, in order of first appearance."""
    old = {(subject, cycle): state for subject, cycle, state in before}
    new = {(subject, cycle): state for subject, cycle, state in after}
    for subject, cycle in dict.fromkeys([*old, *new]):
        first, second = old.get((subject, cycle)), new.get((subject, cycle))
        if first != second:
            yield Flip(subject, cycle, first, second)


def column_states(
    outcomes: OutcomeColumns, states: np.ndarray[Any, Any]
) -> Iterator[tuple[Hashable, int, State]]:
    """Outcomes in columns as the triples that `flips` takes: row, cycle, state."""
    for row, cycle, code in zip(outcomes.row, outcomes.cycle, states, strict=True):
        yield int(row), int(cycle), STATES[code]


def tally(found: Iterable[Flip]) -> Mapping[tuple[State | None, State | None], int]:
    """How many results flip, by the state before and after."""
    counts: dict[tuple[State | None, State | None], int] = {}
    for flip in found:
        counts[flip.before, flip.after] = counts.get((flip.before, flip.after), 0) + 1
    return counts
