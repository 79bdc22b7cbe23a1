"""The kinds of standard: a deadline, a recurrence, a count per period, and a test."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from evenhand.rules.trees import Tree, facts_of
from evenhand.rules.values import Basis, Dated, Entry, Offset

Direction = Literal["after", "before", "at"]
Roll = Literal["next working day", "previous working day"]
Period = Literal["month", "half-year", "year"] | tuple[int, ...]

SAME_DAY = Offset(0, "days")


@dataclass(frozen=True, kw_only=True)
class Standard:
    """What every standard has. `id` is "<pack>/<standard>"; `words` are for families.

    `per` says to whom the promise is made, `where` whom it covers, `excused_by` the facts that
    excuse it, `until` the fact whose date ends the duty. `also_shown_by` are other facts that
    would show it done: unless all are held, that it was not done cannot be known. What they hold
    counts as held in a recurrence. `digest` changes with its definition.
    """

    id: str
    title: str
    clauses: tuple[str, ...]
    pack: str
    subject: str
    category: str = ""
    per: str | None = None
    where: Tree | None = None
    excused_by: tuple[str, ...] = ()
    until: str | None = None
    also_shown_by: tuple[str, ...] = ()
    words: str = ""
    gate: str | None = None
    digest: str = ""

    @property
    def dated(self) -> tuple[Dated[Offset] | Dated[int] | Dated[Tree], ...]:
        """Its dated values, in order of stage."""
        return ()

    def entries(self) -> Iterator[Entry[Offset] | Entry[int] | Entry[Tree]]:
        """Every dated entry, in order of stage and then of date."""
        for dated in self.dated:
            yield from dated.entries

    @property
    def _newest(self) -> Entry[Offset] | Entry[int] | Entry[Tree] | None:
        return self.dated[0].newest if self.dated else None

    @property
    def basis(self) -> Basis:
        """On what its newest value rests; `basis_on` gives that of a day."""
        return self._newest.basis if self._newest else "text"

    def basis_on(self, day: date) -> Basis | None:
        """On what the value in force on `day` rests; None: no rule in force."""
        entry = self.dated[0].entry_on(day) if self.dated else None
        return entry.basis if entry else None

    @property
    def citation(self) -> str:
        """The authority for its newest value."""
        return self._newest.citation if self._newest else ""

    @property
    def law(self) -> bool:
        """Whether it is law, so that missing it is a breach of law and not of a promise."""
        return self.basis == "law"

    @property
    def local(self) -> bool:
        """Whether an authority may set its own value."""
        return any(entry.local for entry in self.entries())

    @property
    def own_facts(self) -> tuple[str, ...]:
        """The facts that its kind reads, in order."""
        return ()

    def facts(self) -> tuple[str, ...]:
        """Every fact it reads, each once: its kind's, then until, excuses and `where`."""
        names = [*self.own_facts, *([self.until] if self.until else []), *self.excused_by]
        names += self.also_shown_by
        if self.where is not None:
            names += facts_of(self.where)
        return tuple(dict.fromkeys(names))

    @property
    def shown_by(self) -> str | None:
        """The fact that would show it done, whose horizon decides; None: no one fact does."""
        return None

    @property
    def all_shown_by(self) -> tuple[str, ...]:
        """Every fact that would show it done: `shown_by`, and what else would."""
        return (self.shown_by, *self.also_shown_by) if self.shown_by else ()


@dataclass(frozen=True, kw_only=True)
class Deadline(Standard):
    """Something happens within an offset after (or before, or at) the fact that starts the clock.

    `within` is dated offsets, or the name of a fact that holds the due day itself, which rests on
    `due_basis`. With `all_of_many` every value of `stops` must be there, and the last of them
    counts.
    """

    starts: str
    stops: str | None = None
    all_of_many: bool = False
    within: Dated[Offset] | str
    direction: Direction = "after"
    roll: Roll | None = None
    due_basis: Basis = "text"
    due_citation: str = ""

    @property
    def basis(self) -> Basis:
        return self.due_basis if isinstance(self.within, str) else super().basis

    def basis_on(self, day: date) -> Basis | None:
        return self.due_basis if isinstance(self.within, str) else super().basis_on(day)

    @property
    def citation(self) -> str:
        return self.due_citation if isinstance(self.within, str) else super().citation

    @property
    def dated(self) -> tuple[Dated[Offset], ...]:
        return (self.within,) if isinstance(self.within, Dated) else ()

    @property
    def own_facts(self) -> tuple[str, ...]:
        due = [self.within] if isinstance(self.within, str) else []
        return (self.starts, *([self.stops] if self.stops else []), *due)

    @property
    def shown_by(self) -> str | None:
        return self.stops


@dataclass(frozen=True, kw_only=True)
class Recurrence(Standard):
    """Something is held again and again: each stage counts from what was last held.

    The first stage counts from `starts`; the last stage repeats. With `start_is_held` the start is
    itself the first that was held, so what is held on its day does not count again. What the facts
    of `also_shown_by` hold counts like what `held` holds.
    """

    starts: str
    held: str
    stages: tuple[Dated[Offset], ...]
    start_is_held: bool = False

    @property
    def dated(self) -> tuple[Dated[Offset], ...]:
        return self.stages

    @property
    def own_facts(self) -> tuple[str, ...]:
        return (self.starts, self.held)

    @property
    def shown_by(self) -> str | None:
        return self.held


@dataclass(frozen=True, kw_only=True)
class PerPeriod(Standard):
    """At least so many are counted in every month, half-year, year, or each of the named months."""

    counted: str
    starts: str | None = None
    period: Period
    at_least: Dated[int]

    @property
    def dated(self) -> tuple[Dated[int], ...]:
        return (self.at_least,)

    @property
    def own_facts(self) -> tuple[str, ...]:
        return (self.counted, *([self.starts] if self.starts else []))

    @property
    def shown_by(self) -> str | None:
        return self.counted


@dataclass(frozen=True, kw_only=True)
class TestStandard(Standard):
    """A tree is met, judged on the day of `starts` (default: today), by the tree then in force."""

    __test__ = False  # a standard that tests, not a test for pytest to collect

    tree: Dated[Tree]
    starts: str | None = None

    @property
    def dated(self) -> tuple[Dated[Tree], ...]:
        return (self.tree,)

    @property
    def own_facts(self) -> tuple[str, ...]:
        return (*([self.starts] if self.starts else []), *self._asked)

    @property
    def all_shown_by(self) -> tuple[str, ...]:
        """Every fact that its trees ask, and what else would show it met."""
        return tuple(dict.fromkeys((*self._asked, *self.also_shown_by)))

    @property
    def _asked(self) -> tuple[str, ...]:
        return tuple(name for entry in self.tree.entries for name in facts_of(entry.value))
