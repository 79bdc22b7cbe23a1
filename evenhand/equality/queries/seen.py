"""The events of one measure behind its figures, within the viewer's reach: read when asked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from evenhand.accounts.models import User
from evenhand.accounts.scope import with_teams_below
from evenhand.equality.events import Events, day_number, of_clock, of_pathway
from evenhand.equality.grouping import Children, children, grouped
from evenhand.equality.pathway import Dimension, step_called
from evenhand.equality.queries.fares import Asked, counted_on, is_exact
from evenhand.facts.adopted import policy
from evenhand.facts.holding import Integers
from evenhand.rules.london import last_moment
from evenhand.rules.periods import YEAR, Span
from evenhand.rules.table import Mask
from evenhand.standards.queries.counting import teams_counted
from evenhand.standards.states import horizon_alone


class Seen(NamedTuple):
    """What was counted of one measure in the year: a place for each event that can be judged.

    ``whose`` is the child's key, ``teams`` the event's, ``days`` its day (of a clock, when it was
    due) and ``placed`` the day by which the child's age and the like are told.
    ``is_exact``: the viewer may open the cases behind it.
    """

    kind: str
    measure: str
    span: Span
    whose: Integers
    teams: Integers
    days: Integers
    placed: Integers
    reached: Mask
    everyone: Children
    is_exact: bool

    def groups_of(self, dimension: Dimension) -> tuple[tuple[str, ...], Integers]:
        """Return a dimension's groups, and of each event the place of its group among them."""
        way = grouped(dimension, self.everyone)
        return way.groups, way.of_events(self.everyone, self.whose, self.placed, self.teams)


def seen_for(viewer: User, measure: str, asked: Asked) -> Seen | None:
    """Return the events of a step or standard that its figures count; None where there are none.

    The same as the kept counts, read anew: a change since the counting shows here first.
    """
    events = _events(measure)
    if events is None or YEAR not in events.spans:
        return None
    span, everyone = events.spans[YEAR], children()
    chosen = events.judged & _within(events, span) & of_reach(viewer, asked, events.teams)
    chosen &= are_asked(asked, everyone, events.whose)
    if not chosen.any():
        return None
    return Seen(
        str(events.kind), measure, span, events.whose[chosen], events.teams[chosen],
        events.days[chosen], events.placed[chosen], events.reached[chosen], everyone,
        is_exact(viewer, asked.team),
    )  # fmt: skip


def of_reach(viewer: User, asked: Asked, teams: Integers) -> Mask:
    """Return which events are counted for a viewer, by the teams of the events."""
    counted = teams_counted(viewer, asked.team) or ()
    if None in counted:
        return np.ones(len(teams), bool)
    within = with_teams_below({pk for pk in counted if pk is not None})
    return np.isin(teams, list(within))


def are_asked(asked: Asked, everyone: Children, whose: Integers) -> Mask:
    """Return which events are counted: all but those of children left out of every comparison.

    Or all but the unaccompanied, too, where that is asked. An event of no child is counted.
    """
    if not len(everyone.ids):
        return np.asarray(whose == 0, bool)
    places, known = everyone.places_of(whose)
    if asked.without_unaccompanied:
        known = known & (everyone.unaccompanied[places] == 0)
    return np.asarray(known | (whose == 0), bool)


def _within(events: Events, span: Span) -> Mask:
    inside: Mask = (events.days >= day_number(span.since)) & (events.days <= day_number(span.until))
    return inside


def _events(measure: str) -> Events | None:
    return next(_found(measure), None)


def _found(measure: str) -> Iterator[Events]:
    """Steps are read in their order until this one: each counts those of the one before."""
    as_at = counted_on()
    if step_called(measure) is not None:
        yield from (each for each in of_pathway(as_at, measure) if each.measure == measure)
        return
    standard = policy().standards.get(measure)
    if standard is not None:
        found = of_clock(standard, as_at, last_moment(as_at), horizon_alone(standard))
        yield from [found] if found is not None else []
