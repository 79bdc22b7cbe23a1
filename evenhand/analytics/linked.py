"""What can be worked out from many tables together: least and greatest, by linear programmes.

Each unknown is a count that no table shows on its own. Whatever was shown is a sum of unknowns
between two bounds. A hidden number that can only be one, whatever the unknowns, is known. Older
figures may disagree with newer ones, because something was corrected in between: then a reader is
taken to believe the newer, and that as little was corrected as explains the older.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from scipy import sparse  # type: ignore[import-untyped]
from scipy.optimize import linprog  # type: ignore[import-untyped]

from evenhand.analytics.arrays import Floats
from evenhand.analytics.profiles import Bounds

NEARLY = 1e-6  # What the solver's floating point may be out by.
UNBOUNDED = 3  # The solver's word for no greatest value.
Sum = Mapping[int, float]  # Of the unknown at each place, so many times.


class Told(NamedTuple):
    """That a sum of unknowns lies within bounds; ``firm`` unless a correction may contradict it."""

    sum: Sum
    bounds: Bounds
    firm: bool = True


class Unsound(ValueError):
    """What is firmly told cannot all be true."""


def known(unknowns: int, told: Sequence[Told], wanted: Sequence[Sum], spread: int = 1) -> Floats:
    """What each wanted sum must be; nan where whole numbers ``spread`` apart are possible.

    Of several numbers nearer than that, the smallest. Unknowns are at least 0. Raises Unsound
    where the firm part of what is told contradicts itself.
    """
    if not wanted:
        return np.zeros(0)
    programme = _Programme(unknowns, told)
    targets = _matrix(wanted, programme.width)
    ranges = _Ranges(targets, programme.least_changed())
    for place in range(len(wanted)):
        aim = targets[[place]].toarray()[0]
        for direction in (-1.0, 1.0):
            if ranges.is_open(place, spread):
                break
            ranges.saw(place, programme.solve(direction * aim), direction)
    opens = [ranges.is_open(place, spread) for place in range(len(wanted))]
    return np.where(opens, np.nan, np.ceil(ranges.low - NEARLY))


class _Ranges:
    """The least and greatest that each wanted sum was seen to be, in any solution at all."""

    def __init__(self, targets: Any, solution: Floats) -> None:
        self._targets = targets
        self.low = targets @ solution
        self.high = self.low.copy()

    def saw(self, place: int, solution: Floats | None, direction: float) -> None:
        """Widen every sum's range by a solution; None: the one at ``place`` has no end."""
        if solution is None:
            (self.high if direction < 0 else self.low)[place] = -direction * math.inf
            return
        found = self._targets @ solution
        self.low, self.high = np.minimum(self.low, found), np.maximum(self.high, found)

    def is_open(self, place: int, spread: int) -> bool:
        """Whether whole numbers so far apart were both seen to be possible."""
        low, high = self.low[place], self.high[place]
        if math.isinf(low) or math.isinf(high):
            return True
        return bool(math.floor(high + NEARLY) - math.ceil(low - NEARLY) >= spread)


class _Programme:
    """The unknowns, then how far each figure that is not firm may be out, up and down."""

    def __init__(self, unknowns: int, told: Sequence[Told]) -> None:
        loose = [place for place, each in enumerate(told) if not each.firm]
        self.width = unknowns + 2 * len(loose)
        self._slack = np.zeros(self.width)
        self._slack[unknowns:] = 1.0
        rows: list[Sum] = [dict(each.sum) for each in told]
        for number, place in enumerate(loose):
            rows[place] = {**rows[place], unknowns + 2 * number: 1.0,
                           unknowns + 2 * number + 1: -1.0}  # fmt: skip
        self._split(_matrix(rows, self.width), told)
        self._bounds = np.array([(0.0, np.inf)] * self.width)

    def _split(self, matrix: Any, told: Sequence[Told]) -> None:
        low = np.array([each.bounds.low for each in told], float)
        high = np.array([each.bounds.high for each in told], float)
        same, under, over = low == high, np.isfinite(high), low > 0
        upper, lower = np.flatnonzero(~same & under), np.flatnonzero(~same & over)
        self._equal, self._is = matrix[np.flatnonzero(same)], low[same]
        self._less = sparse.vstack([matrix[upper], -matrix[lower]]).tocsr()
        self._than = np.concatenate([high[upper], -low[lower]])

    def least_changed(self) -> Floats:
        """Solve for as little disagreement as there can be, and hold to it from then on."""
        found = self.solve(self._slack)
        if found is None:  # pragma: no cover (a sum of what is not below 0 has a least)
            raise Unsound
        least = float(self._slack @ found)
        if least < NEARLY:
            self._bounds[self._slack > 0] = (0.0, 0.0)
        else:
            self._less = sparse.vstack([self._less, sparse.csr_array([self._slack])]).tocsr()
            self._than = np.append(self._than, least + NEARLY)
        return found

    def solve(self, aim: Floats) -> Floats | None:
        """Return the unknowns at the least of ``aim``, or None where it has none."""
        found = linprog(
            aim, A_ub=self._less if self._less.shape[0] else None,
            b_ub=self._than if self._less.shape[0] else None,
            A_eq=self._equal if self._equal.shape[0] else None,
            b_eq=self._is if self._equal.shape[0] else None, bounds=self._bounds, method="highs",
        )  # fmt: skip
        if found.status == UNBOUNDED:
            return None
        if found.x is None:
            raise Unsound("What was told firmly cannot all be true.")
        return np.asarray(found.x, float)


def _matrix(sums: Iterable[Sum], width: int) -> Any:
    listed = list(sums)
    rows = [row for row, each in enumerate(listed) for _ in each]
    columns = [column for each in listed for column in each]
    values = [value for each in listed for value in each.values()]
    return sparse.csr_array((values, (rows, columns)), shape=(len(listed), width))
