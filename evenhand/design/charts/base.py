"""What every chart has: a title, a description, a table, and how each state is filled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from evenhand.design.components import Table
from evenhand.design.looks import look_of

STATES = ("kept", "kept late", "late", "open", "not known", "not recorded", "excused")


class Key(NamedTuple):
    """One entry of a legend: its words and how it is filled. ``turn`` is in degrees."""

    words: str
    slug: str
    pattern: str
    turn: int


PATTERNS = {
    "kept late": ("lines", 45),
    "late": ("cross", 45),
    "open": ("dots", 0),
    "not known": ("lines", -45),
    "not recorded": ("lines", 90),
    "excused": ("dots", 45),
}


def key_of(state: str) -> Key:
    """Return how a state is filled in charts."""
    pattern, turn = PATTERNS.get(state, ("solid", 0))
    return Key(state, look_of(state).slug, pattern, turn)


@dataclass(frozen=True)
class Chart:
    """What every chart has. ``spoken`` is its description; ``template`` draws it."""

    id: str
    title: str
    desc: str
    spoken: str
    height: int
    table: Table
    template: str = ""
    legend: tuple[Key, ...] = ()
