"""The tiers as a picture: a bar for all families and one for each tier."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from evenhand.eligibility.pack import Choice, Tiers, criteria

BAR, GAP = 56, 8
"""Pixels: the height of a bar, and the space between two."""
NARROWER = 11
"""Hundredths of the picture's width by which each bar is narrower than the one above it."""
EVERYBODY = "All children and families"


class Bar(NamedTuple):
    """One bar of the picture: where it stands (``x`` and ``width`` in hundredths, ``y`` in pixels),
    and its two lines of words."""

    x: float
    y: int
    width: int
    words: str
    note: str

    @property
    def y_words(self) -> int:
        """Return the foot of the first line; of a line alone, in the middle."""
        return self.y + (24 if self.note else 33)

    @property
    def y_note(self) -> int:
        """Return the foot of the second line."""
        return self.y + 44


class Shown(NamedTuple):
    """One tier in words: what it is called, its priority, its level, and its criteria."""

    label: str
    priority: int
    level: str
    words: str


class Figure(NamedTuple):
    """The picture and the same in words, of one day."""

    bars: Sequence[Bar]
    height: int
    shown: Sequence[Shown]
    title: str


def figure(found: Tiers, on: date) -> Figure:
    """Return the tiers as the packs' criteria of a day say them, the widest first."""
    upwards = list(reversed(found.choices))
    words = criteria(found.form, on)
    bars = [_bar(0, EVERYBODY, ""), *(_of(place, one) for place, one in enumerate(upwards, 1))]
    listed = [Shown(one.label, one.priority, one.level, words.get(one.id, "")) for one in upwards]
    title = f"{EVERYBODY}, then {len(listed)} tiers: the fewer children, the more urgent"
    return Figure(bars, len(bars) * (BAR + GAP), listed, title)


def _of(place: int, choice: Choice) -> Bar:
    return _bar(place, choice.label, f"Priority {choice.priority}")


def _bar(place: int, words: str, note: str) -> Bar:
    width = 100 - NARROWER * place
    return Bar((100 - width) / 2, place * (BAR + GAP), width, words, note)
