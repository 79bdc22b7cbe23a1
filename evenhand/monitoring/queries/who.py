"""Whom the sections count: open children within the viewer's counts, and how exactly."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from evenhand.accounts.models import User
from evenhand.accounts.once import once
from evenhand.accounts.scope import Reach, scope_of
from evenhand.equality.grouping import Children, children
from evenhand.equality.pathway import value
from evenhand.equality.queries import counted_on
from evenhand.facts.holding import Integers
from evenhand.facts.reading import fetch_integers
from evenhand.people.models import Child
from evenhand.people.models.closing import closing_of

NO_TEAM = 0


class Who(NamedTuple):
    """Children who are counted, by key, with the team of each (0: none).

    ``exact``: the viewer may open every record behind the counts. ``below``: else counts under it
    are hidden. ``everyone`` is every child that may be counted by group at all.
    """

    ids: Integers
    teams: Integers
    everyone: Children
    exact: bool
    below: int


@once
def open_children(viewer: User) -> Who:
    """Return the open children whom the viewer's counts hold; who objected is not among them."""
    closing = closing_of(viewer)
    return _who(closing.uncounted, scope_of(viewer).aggregates, exact=sees_exactly(viewer))


def every_open_child() -> Who:
    """Return every open child who may be counted by group, for what no page shows as it is."""
    return _who(frozenset(), Reach(everyone=True), exact=True)


def _who(uncounted: frozenset[int], reach: Reach, *, exact: bool) -> Who:
    everyone = children()
    kept = everyone.open & ~np.isin(everyone.ids, list(uncounted))
    if not reach.everyone:
        kept &= np.isin(everyone.ids, _within(reach))
    return Who(everyone.ids[kept], everyone.teams[kept], everyone, exact, hidden_below())


def _within(reach: Reach) -> Integers:
    found = Child.objects.filter(is_open=True, merged_into=None).within(reach)
    return fetch_integers(found.order_by().values_list("pk"), 1)[0]


def hidden_below() -> int:
    """Return the number under which counts are hidden, as the packs have it."""
    return int(value("suppress-below", counted_on()))


def sees_exactly(viewer: User) -> bool:
    """Say whether the viewer may open every record behind the counts shown to them."""
    scope, closing = scope_of(viewer), closing_of(viewer)
    if closing.uncounted:
        return False
    teams = scope.aggregates.teams
    of_teams = not scope.aggregates.everyone and bool(teams)
    return scope.persons.everyone or (of_teams and scope.persons.teams.issuperset(teams))


def sees_everything(viewer: User) -> bool:
    """Say whether the viewer's counts reach the whole authority."""
    return scope_of(viewer).aggregates.everyone
