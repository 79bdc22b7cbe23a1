"""Counting groups in columns: one pass for each dimension, whatever the number of outcomes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from evenhand.analytics.arrays import Ints

Column = NDArray[Any]
_BLOCK = 1 << 20
_MOST_OUTCOMES = 8


class Dimension(NamedTuple):
    """A column of group numbers from 0, and how many groups there are.

    A number from `groups` on, or below 0, is *not known*: it is counted in a last group of its
    own, number `groups`, and never dropped.
    """

    codes: Column
    groups: int


class Counter:
    """Counts block after block: `add` as many as there are, then read `of` and `events`.

    `groups` is the number of groups of each dimension, not counting *not known*; `outcomes` how
    many outcomes there are. Memory does not grow with the rows.
    """

    def __init__(self, groups: Sequence[int], outcomes: int) -> None:
        self.groups = tuple(groups)
        self.outcomes = outcomes
        patterns = 1 << outcomes
        if outcomes > _MOST_OUTCOMES:
            raise ValueError(f"{outcomes} outcomes are too many; at most {_MOST_OUTCOMES}.")
        self._bins = [np.zeros((size + 1) * patterns, np.int64) for size in self.groups]

    def add(self, columns: Sequence[Column], outcomes: Sequence[Column]) -> None:
        """Count a block: group numbers for each dimension, true or false for each outcome."""
        count = len(columns[0])
        for start in range(0, count, _BLOCK):
            part = slice(start, start + _BLOCK)
            self._add([each[part] for each in columns], pattern([each[part] for each in outcomes]))

    def _add(self, columns: Sequence[Column], patterns: NDArray[np.uint8]) -> None:
        for place, column in enumerate(columns):
            bins = self._bins[place]
            packed = _known(column, self.groups[place])
            packed <<= self.outcomes
            packed |= patterns
            bins += np.bincount(packed, minlength=len(bins))

    def of(self) -> list[Ints]:
        """For each dimension, how many are in each group; the last is *not known*."""
        return [bins.reshape(-1, 1 << self.outcomes).sum(axis=1) for bins in self._bins]

    def events(self) -> list[Ints]:
        """For each dimension, an array of groups by outcomes: to how many each happened."""
        bits = _bits(self.outcomes)
        return [bins.reshape(-1, 1 << self.outcomes) @ bits for bins in self._bins]


def count(
    dimensions: Sequence[Dimension], outcomes: Sequence[Column]
) -> tuple[list[Ints], list[Ints]]:
    """How many are in each group of each dimension, and to how many each outcome happened."""
    counter = Counter([each.groups for each in dimensions], len(outcomes))
    counter.add([each.codes for each in dimensions], outcomes)
    return counter.of(), counter.events()


def pattern(outcomes: Sequence[Column]) -> NDArray[np.uint8]:
    """Each row's outcomes as the bits of one number, the first outcome the lowest."""
    packed = outcomes[0].astype(np.uint8)
    for place, outcome in enumerate(outcomes[1:], 1):
        packed |= outcome.astype(np.uint8) << np.uint8(place)
    return packed


def _known(column: Column, groups: int) -> NDArray[np.intp]:
    """The group numbers, those that are none of them as the number after the last."""
    numbers = column.astype(np.intp)
    outside = (numbers < 0) | (numbers > groups)
    if outside.any():
        numbers[outside] = groups
    return numbers


def _bits(outcomes: int) -> Ints:
    """Which of the outcomes each pattern has."""
    patterns = np.arange(1 << outcomes)
    return (patterns[:, None] >> np.arange(outcomes)) & 1
