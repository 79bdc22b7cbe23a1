"""Counts as a viewer may see them: as they are, or with small ones hidden and what tells them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from evenhand.analytics.suppression import suppress

HIDDEN = "Hidden"
Cells = tuple[int | None, ...]


class Shown(NamedTuple):
    """A table of counts as it may be shown: None is hidden. Each row ends with its total."""

    rows: Mapping[str, Cells]
    total: Cells

    def of(self, key: str) -> Cells:
        """Return a row; one that has nothing is nought throughout."""
        return self.rows.get(key, (0,) * len(self.total))


def shown(
    counts: Mapping[str, Sequence[int]], *, exact: bool, below: int, columns: int = 1
) -> Shown:
    """Return counts by row with their totals; unless ``exact``, those under ``below`` are hidden.

    Hidden with them is as much as keeps them from being worked out; where that reaches the grand
    total, everything is: other tables on the page may tell it.
    """
    if not counts:
        return Shown({}, (0,) * (columns + 1))
    table = np.array([list(row) for row in counts.values()], dtype=np.int64)
    found = suppress(table, 0 if exact else below)
    if found.hidden[-1].any() and not exact:
        found.hidden[:] = found.shown > 0
        found.hidden[:] |= np.isnan(found.shown)
    cells = [_cells(found.shown[place], found.hidden[place]) for place in range(len(table) + 1)]
    return Shown(dict(zip(counts, cells, strict=False)), cells[-1])


def _cells(numbers: np.ndarray, hidden: np.ndarray) -> Cells:
    return tuple(
        None if hides else int(number) for number, hides in zip(numbers, hidden, strict=True)
    )
