"""A profile of disclosure control: which counts are small, how the rest is rounded, what is told.

Nothing here is policy: a profile's numbers come from a pack.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from numpy.typing import ArrayLike

from evenhand.analytics.arrays import Mask, floats, ints


class Bounds(NamedTuple):
    """What a reader knows of a count: it is from ``low`` to ``high``, both included."""

    low: float
    high: float


class Profile(NamedTuple):
    """How small numbers are hidden before figures leave.

    Counts from 1 to `threshold` less 1 are hidden, noughts too unless `shows_zeros`. The rest is
    rounded to `base`, halves up. `shares_of_rounded`: shares are worked out from rounded counts, so
    that no more can be learnt than these; else a reader may find the counts behind them. `spread`
    is by how much at least the largest number that a hidden count could be must pass the smallest.
    A sum is hidden where its `largest` contributors could make more than `dominance` of it.
    Figures whose days begin and end within `same_period` days of others' are taken for the same.
    """

    id: str
    label: str
    threshold: int
    shows_zeros: bool = True
    base: int = 1
    shares_of_rounded: bool = False
    hides_company: bool = True
    spread: int = 1
    largest: int = 0
    dominance: float = 1.0
    same_period: int = 0

    def small(self, counts: ArrayLike) -> Mask:
        """Where a count is itself too small to be shown."""
        numbers = ints(counts)
        least = 1 if self.shows_zeros else 0
        small: Mask = (numbers >= least) & (numbers < self.threshold)
        return small

    def rounded(self, count: int) -> int:
        """The count to the nearest `base`, halves up."""
        return (2 * count + self.base) // (2 * self.base) * self.base

    def told_by(self, count: int) -> Bounds:
        """What a reader learns of a count that is shown."""
        if not self.shares_of_rounded or self.base == 1:
            return Bounds(count, count)
        return self.within(self.rounded(count))

    def within(self, shown: int) -> Bounds:
        """What a rounded count that is shown tells: nought is nought, and small ones are hidden."""
        low = math.ceil(shown - self.base / 2)
        high = math.ceil(shown + self.base / 2) - 1
        if shown == 0 and self.shows_zeros and high < self.threshold:
            return Bounds(0, 0)
        return Bounds(max(low, 0 if shown == 0 else self.threshold), high)


def dominated(amounts: ArrayLike, squares: ArrayLike, profile: Profile) -> Mask:
    """Where a sum of amounts could be mostly of a few, and would tell of them: the (n, k) rule.

    `squares` are the sums of the squares of what each contributed. The largest n make at most the
    root of n times these (Cauchy and Schwarz), whoever they are: hidden where that is more than k
    of the sum. Somewhat cautious, and needs no list of contributors. Nobody's sum tells nothing.
    """
    most = profile.largest * floats(squares)
    mask: Mask = most > (profile.dominance * floats(amounts)) ** 2
    return mask
