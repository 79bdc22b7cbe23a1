"""A group's share of a service over its share of those who live here. Pure: it only describes.

An index of 2 says that twice as many of the group are in the service as live here would suggest.
It says nothing of how anybody was treated, so nothing is tested for chance and no one is flagged
but for a person to look at. Clause STR-1-b.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from evenhand.analytics import suppression
from evenhand.analytics.arrays import Ints
from evenhand.analytics.intervals import wilson
from evenhand.equality.pathway import Dimension


class Service(NamedTuple):
    """Whom a service is for now: records that began by a day and have not ended."""

    id: str
    label: str
    step: str
    subject: str
    starts: str
    ends: str
    unless_fact: str
    unless_codes: tuple[str, ...]


class Population(NamedTuple):
    """The share of each group among those who live here, from 0 to 1, and whose figure it is."""

    dimension: Dimension
    shares: Mapping[str, float]
    source: str
    caution: str


class Limits(NamedTuple):
    """Below how many a count is hidden, over which index a person looks, and how sure to be."""

    smallest: int
    over: float
    confidence: float


class Part(NamedTuple):
    """One group in a service. Shares are from 0 to 1; nan where there is none, and where hidden.

    ``low`` and ``high`` are the ends of the index with the population taken as known.
    """

    group: str
    label: str
    count: int
    share: float
    lives_here: float
    index: float
    low: float
    high: float
    hidden: bool
    is_over: bool


class Representation(NamedTuple):
    """One service by one dimension. ``known`` of ``total`` children's group is known."""

    service: Service
    population: Population
    parts: tuple[Part, ...]
    known: int
    total: int
    limits: Limits


def represented(
    service: Service,
    population: Population,
    counts: Mapping[str, int],
    limits: Limits,
    *,
    exact: bool,
) -> Representation:
    """Set each group's share of those whose group is known beside its share of who lives here.

    A count under the smallest is hidden; ``exact`` False, for those who may not open the cases,
    hides as many more as keep it from being worked out.
    """
    dimension = population.dimension
    groups = [g for g in dimension.labels if g in population.shares or counts.get(g)]
    numbers = np.array([counts.get(group, 0) for group in groups], np.int64)
    known, total = int(numbers.sum()), sum(counts.values())
    hidden = _hidden(numbers, limits, exact=exact)
    low, high = wilson(numbers, np.full(len(groups), known), limits.confidence)
    parts = [
        _part(population, group, int(count), known, hidden=is_hidden,
              ends=(float(one), float(two)), limits=limits)
        for group, count, is_hidden, one, two in zip(
            groups, numbers, hidden, low, high, strict=False
        )
    ]  # fmt: skip
    return Representation(service, population, tuple(parts), known, total, limits)


def _hidden(counts: Ints, limits: Limits, *, exact: bool) -> list[bool]:
    """Which must be hidden, where their sum is said: all, where the sum must be hidden too."""
    if exact or not len(counts):
        return [bool(each) for each in suppression.primary(counts, limits.smallest)]
    hidden = suppression.suppress(counts[:, None], limits.smallest).hidden
    return [bool(hidden[-1].any() or row.any()) for row in hidden[:-1]]


def _part(
    population: Population,
    group: str,
    count: int,
    known: int,
    *,
    hidden: bool,
    ends: tuple[float, float],
    limits: Limits,
) -> Part:
    lives_here = population.shares.get(group, float("nan"))
    label = population.dimension.label_of(group)
    if hidden or not known:
        nothing = (float("nan"),) * 3
        return Part(group, label, count, nothing[0], lives_here, *nothing, hidden, is_over=False)
    share = count / known
    index, low, high = (_over(each, lives_here) for each in (share, *ends))
    return Part(
        group, label, count, share, lives_here, index, low, high, hidden=False,
        is_over=index > limits.over,
    )  # fmt: skip


def _over(share: float, lives_here: float) -> float:
    return share / lives_here if lives_here > 0 else float("nan")
