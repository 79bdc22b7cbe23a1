"""A closer look at one measure by one dimension, within the viewer's reach; nothing is stored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from evenhand.accounts.models import User
from evenhand.equality.allowing import Allowance, allowing_for
from evenhand.equality.comparison import Comparison
from evenhand.equality.crossing import Crossed, crossed, hide
from evenhand.equality.grouping import read_together
from evenhand.equality.looking import Close, close_on
from evenhand.equality.pathway import Dimension, dimension_called, main_dimensions
from evenhand.equality.queries.fares import Asked, counted_on, fares_of
from evenhand.equality.queries.seen import Seen, seen_for

Alone = Mapping[str, Comparison]


class Closer(NamedTuple):
    """One measure by one dimension: alone, crossed with another, and with others allowed for.

    ``crossed`` is None where it may not be shown or nothing is counted.
    """

    comparison: Comparison
    crossed: Crossed | None
    allowances: list[Allowance]
    close: Close
    seen: Seen


def closer_for(viewer: User, measure: str, asked: Asked, also: Dimension) -> Closer | None:
    """Return a closer look at a step or standard; None where nothing of it can be counted."""
    alone = {one.dimension.id: one for one in fares_of(viewer, measure, asked)}
    comparison, seen = alone.get(asked.dimension.id), seen_for(viewer, measure, asked)
    if comparison is None or not comparison.total.of or seen is None:
        return None
    close = close_on(counted_on())
    ways = filter(None, map(dimension_called, (asked.dimension.id, also.id, *close.allow_for)))
    read_together([way.characteristic for way in ways], seen.everyone)
    return Closer(
        comparison,
        _crossed(seen, comparison, alone.get(also.id), also, asked),
        list(filter(None, (_allowance(seen, alone, id_, asked, close) for id_ in close.allow_for))),
        close,
        seen,
    )


def also_by(dimension: Dimension, wanted: str) -> Dimension:
    """Return the dimension to cross with another: the one wanted, else the first that is not it."""
    offered = crossable(dimension)
    return next((each for each in offered if each.id == wanted), offered[0])


def crossable(dimension: Dimension) -> list[Dimension]:
    """Return what a dimension can be crossed with: whose groups the pack lists, and not its own."""
    own = {dimension.id, dimension.within}
    return [each for each in main_dimensions() if each.labels and each.id not in own]


def _crossed(
    seen: Seen, one: Comparison, other: Comparison | None, also: Dimension, asked: Asked
) -> Crossed | None:
    if other is None or (asked.without_unaccompanied and not seen.is_exact):
        return None
    found = _counted(seen, one.dimension, also)
    if seen.is_exact:
        return found
    return hide(found, one.rules.suppress_below, _hidden(one), _hidden(other))


def _hidden(one: Comparison) -> set[str]:
    return {row.group for row in one.rows if row.hidden}


def _counted(seen: Seen, dimension: Dimension, also: Dimension) -> Crossed:
    first, second = seen.groups_of(dimension), seen.groups_of(also)
    return crossed((dimension, first), (also, second), seen.reached)


def _allowance(seen: Seen, alone: Alone, id_: str, asked: Asked, close: Close) -> Allowance | None:
    """What is left allowing for one dimension, where that is known of enough."""
    strata, one, other = dimension_called(id_), alone[asked.dimension.id], alone.get(id_)
    if strata is None or other is None or id_ == asked.dimension.id or not other.has_headline:
        return None
    groups = [row.group for row in one.rows if row.is_compared and not row.hidden]
    differs = [row.group for row in one.flagged() if not row.hidden]
    return allowing_for(
        _counted(seen, one.dimension, strata), groups, differs, one.rules, close.same
    )
