"""Fisher's exact test for many tables at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from evenhand.analytics.arrays import Floats, Ints

_TOGETHER = 1 << 18  # Counts worked on at once: a few megabytes, and sums that stay exact enough.
_SAME = 1e-7  # Two tables this near in probability are equally likely; as R's fisher.test has it.


class Exact(NamedTuple):
    """The two-sided probability of each table, and the probability of the table itself."""

    two_sided: Floats
    itself: Floats


def hypergeometric(x: Ints, n: Ints, y: Ints, m: Ints) -> Exact:
    """For each table of x of n against y of m, how likely one no likelier than it would be.

    One dimension; the counts must be possible. The probabilities of all tables with the same
    margins follow from each other by p(k+1)/p(k) = (n-k)(e-k) / ((k+1)(m-e+k+1)), e = x + y, so no
    factorial is needed. Fisher (1935), Journal of the Royal Statistical Society 98:39-82.
    """
    events = x + y
    low, high = np.maximum(0, events - m), np.minimum(events, n)
    sizes = high - low + 1
    answer = Exact(np.ones(len(x)), np.ones(len(x)))
    for part in _parts(sizes):
        done = _block(x[part], n[part], m[part], events[part], low[part], sizes[part])
        answer.two_sided[part], answer.itself[part] = done
    return answer


def _parts(sizes: Ints) -> Iterator[slice]:
    """Runs of cells whose tables come to at most `_TOGETHER`, or of one cell that has more."""
    ends = np.cumsum(sizes)
    start = 0
    while start < len(sizes):
        before = ends[start - 1] if start else 0
        stop = max(int(np.searchsorted(ends, before + _TOGETHER, side="right")), start + 1)
        yield slice(start, stop)
        start = stop


def _block(x: Ints, n: Ints, m: Ints, events: Ints, low: Ints, sizes: Ints) -> Exact:
    first = np.cumsum(sizes) - sizes
    place = np.arange(int(sizes.sum())) - np.repeat(first, sizes)
    spread = [np.repeat(part, sizes) for part in (n, m, events, low)]
    logs = _logs(place, spread, first)
    logs -= np.repeat(np.maximum.reduceat(logs, first), sizes)
    chances = np.exp(logs)
    total = np.add.reduceat(chances, first)
    own = logs[first + x - low]
    no_likelier = logs <= np.repeat(own, sizes) + _SAME
    two_sided = np.add.reduceat(np.where(no_likelier, chances, 0.0), first) / total
    return Exact(np.minimum(two_sided, 1.0), np.exp(own) / total)


def _logs(place: Ints, spread: list[Ints], first: Ints) -> Floats:
    """The logarithm of each table's probability, less that of the first table of its cell."""
    n, m, events, low = spread
    k = low + place - 1  # The step that leads to each place is the one from k to k + 1.
    with np.errstate(divide="ignore", invalid="ignore"):
        steps = np.log((n - k) * ((events - k) / ((k + 1.0) * (m - events + k + 1))))
    steps[first] = 0.0
    logs: Floats = np.cumsum(steps)
    sizes = np.diff(np.append(first, len(place)))
    logs -= np.repeat(logs[first], sizes)
    return logs
