"""The kinds of array that the analytics pass round, and division that may have no answer."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]


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
