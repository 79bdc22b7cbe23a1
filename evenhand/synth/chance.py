"""Draws that are the same on every machine.

Only ``random.Random.random`` is used: its sequence for a seed is promised not to change, and
nothing here takes a logarithm, whose last bit differs between processors.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from random import Random
from typing import TypeVar

from evenhand.synth.figures import Bands, Shares

Value = TypeVar("Value")


class Chance:
    """One stream of draws. Two with the same seed and name draw alike."""

    __slots__ = ("roll",)

    def __init__(self, seed: int, name: object) -> None:
        self.roll = Random(f"{seed}/{name}").random  # noqa: S311 (nothing here is secret)

    def happens(self, share: float) -> bool:
        """Draw true with this probability."""
        return self.roll() < share

    def between(self, least: int, most: int) -> int:
        """Draw a whole number evenly, both ends included."""
        return least + int(self.roll() * (most - least + 1))

    def one_of(self, values: Sequence[Value]) -> Value:
        """Draw one of the values, evenly."""
        return values[int(self.roll() * len(values))]

    def pick(self, values: Shares) -> str:
        """Draw a weighted value."""
        return values.at(self.roll())

    def size(self, bands: Bands) -> int:
        """Draw a whole number from weighted bands."""
        return bands.at(self.roll())


class Even:
    """Yes and no, spread evenly at a rate, apart for each key.

    A coin would make small teams differ by luck, and luck is not what Islehaven plants. Each call
    adds the rate to the key's account and answers yes whenever half a whole or more has gathered,
    which is then paid for. What falls on several children at once weighs as many.
    """

    def __init__(self) -> None:
        self._gathered: dict[Hashable, float] = defaultdict(float)

    def falls(self, key: Hashable, share: float, weight: int = 1) -> bool:
        """Answer for the next of this key at this rate, for so many children together."""
        gathered = self._gathered[key] + share * weight
        falls = gathered >= weight / 2
        self._gathered[key] = gathered - (weight if falls else 0)
        return falls
