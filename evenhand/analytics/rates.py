"""Rates in a population, and who a group is compared with."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from evenhand.analytics.arrays import Floats, Ints, Mask, divide, floats, ints, numbered, sum_by
from evenhand.analytics.intervals import poisson


class Rate(NamedTuple):
    """A rate and the ends of its interval, all per so many people; nan where there are none."""

    rate: Floats
    low: Floats
    high: Floats


class Against(NamedTuple):
    """Whom each cell is compared with: their events, and of how many."""

    events: Ints
    of: Ints


def per(
    events: ArrayLike, population: ArrayLike, per: int, confidence: float, exact_under: int = 10
) -> Rate:
    """Events for each `per` people, such as 10,000, with Byar's interval, exact where few.

    The population is taken as known and the count as Poisson. nan where the population is 0.
    Describes only: a ratio to population does not say that anyone was treated differently.
    """
    x, people = np.broadcast_arrays(floats(events), floats(population))
    low, high = poisson(x, confidence, exact_under)
    return Rate(*(divide(part * per, people) for part in (x, low, high)))


def against(
    events: ArrayLike,
    of: ArrayLike,
    groups: ArrayLike,
    reference: int | None = None,
    *,
    sets: ArrayLike | None = None,
    known: ArrayLike | None = None,
) -> Against:
    """Whom each group is compared with: all the others of its set, or the group `reference`.

    All arrays have a cell for each group of each set: `groups` the group's number, `sets` which
    cells belong to one comparison (all to one when not given), `known` False for a group such as
    *not known*, which no group is compared with. The group itself is never among the others. The
    reference group has no one to compare with: 0 of 0, as has each cell of a set without it.
    """
    x, n, group = ints(events), ints(of), ints(groups)
    which = np.zeros_like(group) if sets is None else numbered(sets)
    taking = np.ones(len(group), bool) if known is None else np.asarray(known, bool)
    if reference is not None:
        return _named(x, n, group == reference, which)
    return Against(_others(x, which, taking), _others(n, which, taking))


def _others(counts: Ints, sets: Ints, taking: Mask) -> Ints:
    """The sum of each cell's set over the cells that are taken, less the cell itself."""
    taken = np.where(taking, counts, 0)
    return ints(sum_by(taken, sets)[sets] - taken)


def _named(events: Ints, of: Ints, is_reference: Mask, sets: Ints) -> Against:
    """The reference's own counts for each other cell of its set."""
    happened = sum_by(np.where(is_reference, events, 0), sets)
    people = sum_by(np.where(is_reference, of, 0), sets)
    return Against(
        np.where(is_reference, 0, happened[sets]), np.where(is_reference, 0, people[sets])
    )
