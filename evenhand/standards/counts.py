"""How many cycles were kept, late, open and so on: one value to add up and to show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

from evenhand.rules import State
from evenhand.standards.states import FIELD_OF


@dataclass(frozen=True)
class Counts:
    """Cycles by state. ``late_earlier`` of the late fell due before the months shown."""

    kept: int = 0
    kept_late: int = 0
    late: int = 0
    open: int = 0
    not_known: int = 0
    not_recorded: int = 0
    excused: int = 0
    late_earlier: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    def __neg__(self) -> Counts:
        return Counts(*(-getattr(self, f.name) for f in fields(self)))

    @property
    def due(self) -> int:
        """How many fell due in the months shown and can be judged: kept, kept late or late."""
        return self.kept + self.kept_late + self.late - self.late_earlier

    @property
    def total(self) -> int:
        """How many there are in any state."""
        return sum(self.by_state().values())

    def by_state(self) -> Mapping[str, int]:
        """The counts under each state's own word, as charts take them."""
        return {str(state): getattr(self, field) for state, field in FIELD_OF.items()}

    def of(self, state: State) -> int:
        """The count of one state."""
        return int(getattr(self, FIELD_OF[state]))


def total_of(counts: Iterable[Counts]) -> Counts:
    """All of them together."""
    return sum(counts, Counts())
