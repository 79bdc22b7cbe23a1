"""One tree of conditions, answered with yes, no or unknown.

Unknown is Kleene's: `all` is no as soon as one part is no, `any` yes as soon as one is yes. A fact
that holds many values meets a condition where any of them does; an empty tuple is known to hold
none; a fact that is missing, or None, is not recorded and gives unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from evenhand.rules.arithmetic import birthday
from evenhand.rules.london import london_day
from evenhand.rules.values import Case, FactValue, Single


class Answer(StrEnum):
    """The three answers of a condition."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


DayOrder = Literal["before", "on_or_before", "on_or_after", "after"]
Bound = Literal["at_least", "at_most", "exactly"]


@dataclass(frozen=True)
class AllOf:
    """Every part is met."""

    parts: tuple[Tree, ...]


@dataclass(frozen=True)
class AnyOf:
    """One part at least is met."""

    parts: tuple[Tree, ...]


@dataclass(frozen=True)
class AtLeast:
    """`n` of the parts at least are met."""

    n: int
    parts: tuple[Tree, ...]


@dataclass(frozen=True)
class Not:
    """The part is not met."""

    part: Tree


@dataclass(frozen=True)
class IsIn:
    """The fact (code, number, person, yes or no) is one of the values."""

    fact: str
    values: tuple[str | int | bool, ...]


@dataclass(frozen=True)
class Known:
    """The fact is recorded (or, with `wanted` false, is not): never unknown."""

    fact: str
    wanted: bool = True


@dataclass(frozen=True)
class Compare:
    """The fact's London day stands in this order to a date, or to another fact's London day."""

    fact: str
    order: DayOrder
    other: date | str


@dataclass(frozen=True)
class Amount:
    """The fact, a number, reaches the bound: a number, or that of the answer that `n` names."""

    fact: str
    bound: Bound
    n: int | str


@dataclass(frozen=True)
class Count:
    """The number of values recorded for a many-fact reaches the bound, as in `Amount`."""

    fact: str
    bound: Bound
    n: int | str


@dataclass(frozen=True)
class SameAs:
    """The fact and the other, each one person's name, are the same: capitals and spaces apart."""

    fact: str
    other: str


@dataclass(frozen=True)
class Age:
    """Somebody born on the fact `born` has reached `years` on the day of `on` (default: today)."""

    born: str
    years: int
    on: str | None = None


Leaf = IsIn | Known | Compare | Amount | Count | SameAs | Age
Tree = AllOf | AnyOf | AtLeast | Not | Leaf


def answer(tree: Tree, case: Case, today: date) -> Answer:
    """Answer `tree` for one case; `today` is the London day on which it is judged."""
    if isinstance(tree, AllOf):
        return _at_least(len(tree.parts), [answer(part, case, today) for part in tree.parts])
    if isinstance(tree, AnyOf):
        return _at_least(1, [answer(part, case, today) for part in tree.parts])
    if isinstance(tree, AtLeast):
        return _at_least(tree.n, [answer(part, case, today) for part in tree.parts])
    if isinstance(tree, Not):
        return _opposite(answer(tree.part, case, today))
    return _leaf(tree, case, today)


def facts_of(tree: Tree) -> Iterator[str]:
    """The names of the facts that the tree reads, in its order, with repeats."""
    for leaf in leaves_of(tree):
        for name in ("fact", "born", "on", "other", "n"):
            value = getattr(leaf, name, None)
            if isinstance(value, str):
                yield value


def leaves_of(tree: Tree) -> Iterator[Leaf]:
    """The leaves of the tree in its order."""
    if isinstance(tree, AllOf | AnyOf | AtLeast):
        for part in tree.parts:
            yield from leaves_of(part)
    elif isinstance(tree, Not):
        yield from leaves_of(tree.part)
    else:
        yield tree


def unknown_facts(tree: Tree, case: Case) -> tuple[str, ...]:
    """The facts of the tree that this case does not record, each once, in order."""
    return tuple(dict.fromkeys(name for name in facts_of(tree) if case.get(name) is None))


def _at_least(n: int, answers: Sequence[Answer]) -> Answer:
    if answers.count(Answer.YES) >= n:
        return Answer.YES
    possible = len(answers) - answers.count(Answer.NO)
    return Answer.UNKNOWN if possible >= n else Answer.NO


def _opposite(given: Answer) -> Answer:
    return {Answer.YES: Answer.NO, Answer.NO: Answer.YES}.get(given, Answer.UNKNOWN)


def _leaf(leaf: Leaf, case: Case, today: date) -> Answer:
    if isinstance(leaf, Known):
        return _yes(bool(recorded(case.get(leaf.fact))) is leaf.wanted)
    if isinstance(leaf, Count | Amount):
        return _by_number(leaf, case)
    if isinstance(leaf, Age):
        return _age(leaf, case, today)
    if isinstance(leaf, Compare):
        return _compare(leaf, case)
    if isinstance(leaf, SameAs):
        return _same(leaf, case)
    return _any_value(case.get(leaf.fact), lambda value: value in leaf.values)


def recorded(value: FactValue) -> tuple[Single, ...]:
    """The values that a fact records: none, one or many."""
    many = value if isinstance(value, tuple) else (value,)
    return tuple(one for one in many if one is not None)


def reaches(value: int, bound: Bound, n: int) -> bool:
    """Whether a number stands within the bound."""
    if bound == "exactly":
        return value == n
    return value >= n if bound == "at_least" else value <= n


def _by_number(leaf: Amount | Count, case: Case) -> Answer:
    value, n = case.get(leaf.fact), _bound_of(leaf, case)
    if value is None or n is None:
        return Answer.UNKNOWN
    if isinstance(leaf, Count):
        return _yes(reaches(len(recorded(value)), leaf.bound, n))
    return _any_value(value, lambda one: isinstance(one, int) and reaches(one, leaf.bound, n))


def _bound_of(leaf: Amount | Count, case: Case) -> int | None:
    """The number to reach: the leaf's own, or that of the answer it names; None: not recorded."""
    value = case.get(leaf.n) if isinstance(leaf.n, str) else leaf.n
    return value if isinstance(value, int) else None


def _any_value(value: FactValue, meets: Callable[[Single], bool]) -> Answer:
    if value is None:
        return Answer.UNKNOWN
    if any(meets(one) for one in recorded(value)):
        return Answer.YES
    some_unknown = isinstance(value, tuple) and None in value
    return Answer.UNKNOWN if some_unknown else Answer.NO


def _compare(leaf: Compare, case: Case) -> Answer:
    other = leaf.other if isinstance(leaf.other, date) else case.get(leaf.other)
    if not isinstance(other, date):
        return Answer.UNKNOWN
    limit = london_day(other)
    return _any_value(case.get(leaf.fact), lambda value: _in_order(value, leaf.order, limit))


def _same(leaf: SameAs, case: Case) -> Answer:
    found = [one_name(value) for value in (case.get(leaf.fact), case.get(leaf.other))]
    return _yes(found[0] == found[1]) if all(found) else Answer.UNKNOWN


def one_name(value: object) -> str:
    """A person's name without regard to capitals and spaces; empty where none is recorded."""
    return " ".join(value.split()).casefold() if isinstance(value, str) else ""


def _in_order(value: Single, order: DayOrder, limit: date) -> bool:
    if not isinstance(value, date):
        return False
    day = london_day(value)
    if day == limit:
        return order in ("on_or_before", "on_or_after")
    return order in ("before", "on_or_before") if day < limit else order in ("after", "on_or_after")


def _age(leaf: Age, case: Case, today: date) -> Answer:
    born = case.get(leaf.born)
    on = today if leaf.on is None else case.get(leaf.on)
    if not isinstance(born, date) or not isinstance(on, date):
        return Answer.UNKNOWN
    return _yes(birthday(london_day(born), leaf.years) <= london_day(on))


def _yes(met: bool) -> Answer:
    return Answer.YES if met else Answer.NO
