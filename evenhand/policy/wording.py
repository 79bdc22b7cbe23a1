"""Rules in plain sentences, for the reference pages and for whoever asks why."""

from __future__ import annotations

from datetime import date

from evenhand.rules.standards import Deadline, Period, PerPeriod, Recurrence, Standard
from evenhand.rules.trees import (
    Age,
    AllOf,
    AnyOf,
    AtLeast,
    Compare,
    Count,
    IsIn,
    Known,
    Leaf,
    Not,
    SameAs,
    Tree,
)
from evenhand.rules.values import Entry, Offset

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
PERIODS = {"month": "each month", "half-year": "each half-year", "year": "each year"}
BASES = {
    "law": "law",
    "text": "the policy's text",
    "default": "our default, change it",
    "reconstruction": "what the source lost, put together again",
}


def day(value: date | None) -> str:
    """A day in words, as 1 April 2005; the first of all days is "always"."""
    if value is None:
        return "not yet in force"
    if value == date.min:
        return "always"
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def condition(tree: Tree) -> str:
    """A tree of conditions as one sentence's worth of words."""
    if isinstance(tree, AllOf):
        return _joined(tree.parts, " and ")
    if isinstance(tree, AnyOf):
        return _joined(tree.parts, " or ")
    if isinstance(tree, AtLeast):
        return f"at least {tree.n} of: {'; '.join(map(condition, tree.parts))}"
    if isinstance(tree, Not):
        return f"not ({condition(tree.part)})"
    return _leaf(tree)


def promise(standard: Standard) -> str:
    """What a standard promises, without its value: what starts it and what keeps it."""
    if isinstance(standard, Deadline):
        return _deadline(standard)
    if isinstance(standard, Recurrence):
        return f"`{standard.held}` again and again, first from `{standard.starts}`"
    if isinstance(standard, PerPeriod):
        since = f", from `{standard.starts}`" if standard.starts else ""
        return f"`{standard.counted}` counted in {period(standard.period)}{since}"
    return "A test of what is recorded"


def period(value: Period) -> str:
    """A period in words."""
    if isinstance(value, tuple):
        return "each " + " and each ".join(MONTHS[month - 1] for month in value)
    return PERIODS[value]


def entry(value: Entry[Offset] | Entry[int] | Entry[Tree]) -> str:
    """A dated value in words: what, from when, and on what authority."""
    what = value.value
    text = str(what) if isinstance(what, Offset | int) else condition(what)
    until = f" to {day(value.to)}" if value.to else ""
    cited = f", {value.citation}" if value.citation else ""
    return f"{text} (from {day(value.from_)}{until}; {BASES[value.basis]}{cited})"


def _deadline(standard: Deadline) -> str:
    stops = f"`{standard.stops}`" if standard.stops else "No one fact"
    every = "every " if standard.all_of_many else ""
    if isinstance(standard.within, str):
        return f"{every}{stops} by `{standard.within}`, begun by `{standard.starts}`"
    roll = f", moved to the {standard.roll}" if standard.roll else ""
    return f"{every}{stops} {standard.direction} `{standard.starts}`{roll}"


def _joined(parts: tuple[Tree, ...], word: str) -> str:
    texts = [condition(part) for part in parts]
    return texts[0] if len(texts) == 1 else "(" + word.join(texts) + ")"


def _leaf(leaf: Leaf) -> str:
    if isinstance(leaf, IsIn):
        return f"`{leaf.fact}` is {' or '.join(map(_value, leaf.values))}"
    if isinstance(leaf, Known):
        return f"`{leaf.fact}` is {'' if leaf.wanted else 'not '}recorded"
    if isinstance(leaf, Compare):
        other = day(leaf.other) if isinstance(leaf.other, date) else f"`{leaf.other}`"
        return f"`{leaf.fact}` is {leaf.order.replace('_', ' ')} {other}"
    if isinstance(leaf, SameAs):
        return f"`{leaf.fact}` is the same person as `{leaf.other}`"
    if isinstance(leaf, Age):
        on = f"on `{leaf.on}`" if leaf.on else "today"
        return f"born on `{leaf.born}` and aged {leaf.years} or more {on}"
    counted = "the number of " if isinstance(leaf, Count) else ""
    bound = f"`{leaf.n}`" if isinstance(leaf.n, str) else leaf.n
    return f"{counted}`{leaf.fact}` is {leaf.bound.replace('_', ' ')} {bound}"


def _value(value: str | int | bool) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
