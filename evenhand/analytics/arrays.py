"""The kinds of array that the analytics pass round, and division that may have no answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]
Column = NDArray[Any]


_BLOCK = 8192  # So many cells and all that is worked out for them stay in a core's own cache.


def floats(values: ArrayLike) -> Floats:
    """The values as 64-bit floats."""
    return np.asarray(values, dtype=np.float64)


def ints(values: ArrayLike) -> Ints:
    """The values as 64-bit whole numbers."""
    return np.asarray(values, dtype=np.int64)


def divide(top: ArrayLike, bottom: ArrayLike) -> Floats:
    """`top` over `bottom`, cell by cell; nan where `bottom` is 0."""
    over, under = floats(top), floats(bottom)
    with np.errstate(divide="ignore", invalid="ignore"):
        answer = over / under
    return np.where(under == 0, np.nan, answer)


def sum_by(values: ArrayLike, sets: Ints) -> Ints:
    """The sum of the values of each set, sets numbered from 0; exact to 2 to the 53."""
    size = int(sets.max(initial=-1)) + 1
    return ints(np.bincount(sets, weights=floats(values), minlength=size))


def count_by(mask: Mask, sets: Ints) -> Ints:
    """How many of each set are true, sets numbered from 0."""
    size = int(sets.max(initial=-1)) + 1
    return ints(np.bincount(sets[mask], minlength=size))


def numbered(sets: ArrayLike) -> Ints:
    """The sets numbered from 0 in their own order, with few gaps."""
    given = ints(sets)
    if len(given) and given.min() == 0 and given.max() < 2 * len(given):
        return given
    return ints(np.unique(given, return_inverse=True)[1])


def blocks_of(size: int) -> list[slice]:
    """The places of so many cells, a block at a time."""
    return [slice(start, min(start + _BLOCK, size)) for start in range(0, size, _BLOCK)]


def in_blocks(
    work: Callable[[Sequence[Floats], Sequence[Column]], None],
    answers: Sequence[type[np.generic]],
    *parts: ArrayLike,
) -> list[Column]:
    """What `work` writes for the parts, brought to one shape, a block at a time.

    `work` takes one-dimensional floats, and as many cells of each of `answers`, which are types. It
    writes there, each value from its own place only. Twice as fast as whole arrays from some tens
    of thousands of cells: new arrays cost more than sums.
    """
    laid = np.broadcast_arrays(*(floats(part) for part in parts))
    shape = laid[0].shape
    flat = [part.reshape(-1) for part in laid]
    written = [np.empty(flat[0].size, each) for each in answers]
    # What is no number has no answer, and no warning.
    with np.errstate(divide="ignore", invalid="ignore"):
        for block in blocks_of(flat[0].size):
            work([part[block] for part in flat], [each[block] for each in written])
    return [each.reshape(shape) for each in written]
