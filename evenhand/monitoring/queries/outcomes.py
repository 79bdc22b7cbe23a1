"""How children of each group fare by a few chosen steps and standards."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from evenhand.accounts.models import User
from evenhand.equality.comparison import Comparison
from evenhand.equality.dimensions import dimension_called
from evenhand.equality.models import GroupTally
from evenhand.equality.queries import everything_for
from evenhand.equality.queries.fares import counted_for
from evenhand.monitoring.hiding import Shown, shown
from evenhand.monitoring.outcomes import chosen
from evenhand.monitoring.queries.who import hidden_below, sees_everything


class Outcome(NamedTuple):
    """One outcome by one dimension: what it compares, and the counts as they may be shown.

    ``shown`` has a row a group, of those it came about for, those it did not, and both together;
    last all groups.
    """

    compared: Comparison
    shown: Shown


def outcomes_of(viewer: User, measures: Sequence[str], by: Collection[str]) -> list[Comparison]:
    """Return each measure on each headline dimension of ``by``, as the viewer may see it."""
    found = [
        one
        for one in everything_for(viewer)
        if one.dimension.id in by and one.tallied.measure in measures
    ]
    return sorted(found, key=lambda one: list(measures).index(one.tallied.measure))


def outcomes_for(viewer: User) -> list[Outcome]:
    """Return the strategy's outcomes by group, small numbers hidden whoever asks.

    For showing round, inside. Nothing to those whose counts are not the whole authority's.
    """
    if not sees_everything(viewer):
        return []
    by = [found for name in chosen().by if (found := dimension_called(name))]
    compared = counted_for((), by, list(GroupTally.Kind))
    return [
        each
        for measure in chosen().of
        for each in _hidden([one for one in compared if one.tallied.measure == measure])
    ]


def _hidden(ones: Sequence[Comparison]) -> list[Outcome]:
    """Hide in all tables of one measure together: they are of the same children."""
    counts = {
        one.dimension.id: [
            [row.count.reached, row.count.of - row.count.reached] for row in one.rows
        ]
        for one in ones
    }
    found = shown(counts, hidden_below(), exact=False)
    return [Outcome(one, found[one.dimension.id]) for one in ones if one.dimension.id in found]
