"""Until when a record is kept, and why: pure, from a schedule's rule and a handful of days.

A rule keeps to the end of a day. What has several terms is kept to the latest of them; a child
whose record is of several types is kept to the longest. A day that cannot be told (no day of birth,
a case that is open) outlasts every day that can: what is not known is never due.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from evenhand.rules.arithmetic import add_days, add_months, birthday


class Trigger(StrEnum):
    """What a term counts from."""

    BIRTH = "birth"
    DEATH = "death"
    CLOSURE = "closure"
    MADE = "made"


class Reason(StrEnum):
    """Why a record is kept to a day, or why no day can be told."""

    AFTER_BIRTH = "after birth"
    AFTER_DEATH = "after death"
    AFTER_CLOSURE = "after closure"
    AFTER_MADE = "after made"
    NO_BIRTH_KNOWN = "no day of birth known"
    NO_CLOSURE_KNOWN = "no day of closure known"
    STILL_OPEN = "still open"


AFTER: Final = {
    Trigger.BIRTH: Reason.AFTER_BIRTH,
    Trigger.DEATH: Reason.AFTER_DEATH,
    Trigger.CLOSURE: Reason.AFTER_CLOSURE,
    Trigger.MADE: Reason.AFTER_MADE,
}
MISSING: Final = {
    Trigger.BIRTH: Reason.NO_BIRTH_KNOWN,
    Trigger.DEATH: Reason.NO_BIRTH_KNOWN,
    Trigger.CLOSURE: Reason.NO_CLOSURE_KNOWN,
    Trigger.MADE: Reason.NO_CLOSURE_KNOWN,
}


@dataclass(frozen=True)
class Term:
    """A length of time after an event: ``value`` of ``unit`` (years, months or days)."""

    value: int
    unit: str
    after: Trigger


@dataclass(frozen=True)
class Keep:
    """How long a type of record is kept from a day on, and on what authority.

    ``died_under`` is an age in years: of who died before it, ``then`` holds instead of ``terms``.
    """

    from_: date
    terms: tuple[Term, ...]
    basis: str
    citation: str = ""
    died_under: int | None = None
    then: tuple[Term, ...] = ()


@dataclass(frozen=True)
class Rule:
    """A type of record and its values, each from a day; ``of`` is which records are of the type."""

    id: str
    title: str
    of: str
    values: tuple[Keep, ...]
    pack: str = ""
    as_: str = ""
    note: str = ""

    def on(self, day: date) -> Keep | None:
        """Return the value in force on a day; None: no rule was."""
        begun = [one for one in self.values if one.from_ <= day]
        return max(begun, key=lambda one: one.from_, default=None)


class Days(NamedTuple):
    """The days of one record on which its keeping turns."""

    born_on: date | None = None
    died_on: date | None = None
    closed_on: date | None = None
    made_on: date | None = None
    is_open: bool = False


class Kept(NamedTuple):
    """To the end of which day a record of a type is kept (None: cannot be told), and why."""

    rule: str
    until: date | None
    reason: Reason

    def is_due(self, today: date) -> bool:
        """Say whether the time is over: it is due for a person's review, never gone by itself."""
        return self.until is not None and self.until < today


def keep_until(rule: Rule, days: Days, today: date) -> Kept | None:
    """Return how long a record is kept by the value in force today; None: no rule in force."""
    value = rule.on(today)
    if value is None:
        return None
    if days.is_open:
        return Kept(rule.id, None, Reason.STILL_OPEN)
    terms = value.then if _died_young(value, days) else value.terms
    return longest(_by_term(rule.id, term, days) for term in terms)


def longest(kept: Iterable[Kept]) -> Kept | None:
    """Return the one that keeps longest; what cannot be told outlasts every day."""
    return max(kept, key=lambda one: one.until or date.max, default=None)


def _died_young(value: Keep, days: Days) -> bool:
    if value.died_under is None or days.died_on is None or days.born_on is None:
        return False
    return days.died_on < birthday(days.born_on, value.died_under)


def _by_term(rule: str, term: Term, days: Days) -> Kept:
    begins = {
        Trigger.BIRTH: days.born_on,
        Trigger.DEATH: days.died_on,
        Trigger.CLOSURE: days.closed_on,
        Trigger.MADE: days.made_on,
    }[term.after]
    if begins is None:
        return Kept(rule, None, MISSING[term.after])
    return Kept(rule, _after(begins, term), AFTER[term.after])


def _after(begins: date, term: Term) -> date:
    if term.unit == "days":
        return add_days(begins, term.value)
    if term.unit == "years" and term.after is Trigger.BIRTH:
        return birthday(begins, term.value)
    return add_months(begins, term.value * (12 if term.unit == "years" else 1))
