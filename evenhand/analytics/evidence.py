"""How many separate children counts are worth, once brothers and sisters are allowed for."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np


class Evidence(NamedTuple):
    """How many separate children went on, of how many that the counts are worth."""

    reached: Any
    of: Any


def evidence(counts: Any) -> Evidence:
    """Return counts with what brothers and sisters, or one child again, say twice taken out.

    Each group's counts are divided by its design effect: the variance of its rate between
    families over that of as many children who have nothing to do with one another; never under 1.
    Where all or none went on, by the size of family that a child is met in. Rao and Scott (1992),
    Biometrics 48:577-585.
    """
    of, reached, of_squared, reached_squared, product = (
        counts[:, place].astype(float) for place in (0, 1, 4, 5, 6)
    )
    rate = np.divide(reached, of, out=np.zeros_like(of), where=of > 0)
    between = reached_squared - 2 * rate * product + rate * rate * of_squared
    alone = of * rate * (1 - rate)
    size = np.divide(of_squared, of, out=np.ones_like(of), where=of > 0)
    effect = np.divide(between, alone, out=size, where=alone > 0)
    effect = np.maximum(effect, 1.0)
    worth = np.maximum(np.rint(of / effect), np.minimum(of, 1)).astype(np.int64)
    return Evidence(np.rint(rate * worth).astype(np.int64), worth)
