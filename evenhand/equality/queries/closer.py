"""A closer look at one measure by one dimension, within the viewer's reach: from what is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from evenhand.accounts.models import User
from evenhand.equality.allowing import Allowance, allowing_for
from evenhand.equality.comparison import Comparison
from evenhand.equality.crossing import Crossed, hide
from evenhand.equality.keeping.crossed import Crossings, can_cross
from evenhand.equality.looking import Close, close_on
from evenhand.equality.models import CrossTally
from evenhand.equality.pathway import Dimension, dimension_called, dimensions
from evenhand.equality.queries.fares import (
    Asked,
    counted_on,
    fares_of,
    is_exact,
    tallies_within,
)
from evenhand.equality.queries.teams import TeamCount, teams_of

Alone = Mapping[str, Comparison]


class Closer(NamedTuple):
    """One measure by one dimension: alone, crossed with another, and with others allowed for.

    ``crossed`` is None where it may not be shown or nothing is counted.
    """

    comparison: Comparison
    crossed: Crossed | None
    allowances: list[Allowance]
    close: Close
    teams: list[TeamCount]


def closer_for(viewer: User, measure: str, asked: Asked, also: Dimension) -> Closer | None:
    """Return a closer look at a step or standard; None where nothing of it can be counted."""
    alone = {one.dimension.id: one for one in fares_of(viewer, measure, asked)}
    comparison, kept = alone.get(asked.dimension.id), _kept(viewer, measure, asked)
    if comparison is None or not comparison.total.of or kept is None:
        return None
    close, exact = close_on(counted_on()), is_exact(viewer, asked.team)
    return Closer(
        comparison,
        _crossed(kept, comparison, alone.get(also.id), also, exact=exact),
        list(filter(None, (_allowance(kept, alone, id_, asked, close) for id_ in close.allow_for))),
        close,
        teams_of(viewer, kept.teams()) if exact else [],
    )


def _kept(viewer: User, measure: str, asked: Asked) -> Crossings | None:
    """What is kept of a measure within the viewer's reach; None where nothing is. One query."""
    within, _ = tallies_within(viewer, asked.team)
    found = CrossTally.objects.filter(within, measure=measure).order_by("pk")
    bodies = list(found.values_list("body", flat=True))
    return Crossings(bodies, without=asked.without_unaccompanied) if bodies else None


def also_by(dimension: Dimension, wanted: str) -> Dimension:
    """Return the dimension to cross with another: the one wanted, else the first that is not it."""
    offered = crossable(dimension)
    return next((each for each in offered if each.id == wanted), offered[0])


def crossable(dimension: Dimension) -> list[Dimension]:
    """Return what a dimension can be crossed with."""
    return [each for each in dimensions() if can_cross(dimension, each)]


def _crossed(
    kept: Crossings, one: Comparison, other: Comparison | None, also: Dimension, *, exact: bool
) -> Crossed | None:
    if other is None or (kept.without and not exact):
        return None
    found = kept.of(one.dimension, also)
    if exact or found is None:
        return found
    return hide(found, one.rules.suppress_below, _hidden(one), _hidden(other))


def _hidden(one: Comparison) -> set[str]:
    return {row.group for row in one.rows if row.hidden}


def _allowance(
    kept: Crossings, alone: Alone, id_: str, asked: Asked, close: Close
) -> Allowance | None:
    """What is left allowing for one dimension, where that is known of enough."""
    strata, one, other = dimension_called(id_), alone[asked.dimension.id], alone.get(id_)
    if strata is None or other is None or id_ == asked.dimension.id or not other.has_headline:
        return None
    found = kept.of(one.dimension, strata)
    if found is None:
        return None
    groups = [row.group for row in one.rows if row.is_compared and not row.hidden]
    differs = [row.group for row in one.flagged() if not row.hidden]
    return allowing_for(found, groups, differs, one.rules, close.same)
