"""One measure by quarter and group, as far as ``scope_of(viewer).aggregates`` reaches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from django.db.models import Sum

from evenhand.accounts.models import User
from evenhand.equality.models import QuarterTally
from evenhand.equality.queries.fares import Asked, tallies_within
from evenhand.rules.periods import Span


class OfQuarter(NamedTuple):
    """How many of a group could be judged in a quarter, and how many of them went on."""

    of: int
    reached: int


class Quarters(NamedTuple):
    """The quarters in order, each with its counts by group, and whether they may be shown as such.

    Where ``is_exact`` is false the numbers are still true ones: hide the small before showing.
    """

    found: list[tuple[Span, Mapping[str, OfQuarter]]]
    is_exact: bool


def quarters_for(viewer: User, measure: str, asked: Asked) -> Quarters:
    """Return each quarter of a measure on a dimension, the oldest first. One query of tallies.

    A quarter's span ends where what is known does, so the last may be part of one. Empty where
    nothing of it is counted within the viewer's reach.
    """
    within, is_exact = tallies_within(viewer, asked.team)
    tallies = QuarterTally.objects.filter(
        within, measure=measure, dimension=asked.dimension.id
    ).order_by("quarter", "until")
    if asked.without_unaccompanied:
        tallies = tallies.filter(unaccompanied=False)
    counts: dict[Span, dict[str, OfQuarter]] = defaultdict(dict)
    rows = tallies.values_list("quarter", "until", "group")
    for since, until, group, of, reached in rows.annotate(Sum("of"), Sum("reached")):
        counts[Span(since, until)][group] = OfQuarter(of, reached)
    return Quarters(list(counts.items()), is_exact)
