"""Whose referrals are accepted, and how long each group then waits for a service to begin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import numpy as np

from evenhand.accounts.models import User
from evenhand.accounts.scope import scope_of
from evenhand.analytics.survival import median_wait
from evenhand.analytics.waits import Waits, between
from evenhand.equality.comparing import compare
from evenhand.equality.comparison import Comparison, Count, Row
from evenhand.equality.events import day_number
from evenhand.equality.grouping import Children, children, grouped
from evenhand.equality.keeping.waited import counted, table_of
from evenhand.equality.models import GroupTally
from evenhand.equality.pathway import Dimension
from evenhand.equality.queries import Asked, counted_on, steps_for
from evenhand.equality.queries.fares import tallies_within
from evenhand.facts.holding import NOTHING, Integers
from evenhand.facts.reading import Subjects, columns, days_of
from evenhand.facts.registry import is_bound
from evenhand.monitoring.models import ServiceWaitTally
from evenhand.monitoring.pack import uses
from evenhand.people.models.closing import closing_of
from evenhand.rules.periods import Span
from evenhand.rules.table import Column, Mask

RECEIVED, REFUSED, CLOSED = (
    "referral.received", "referral.no_further_action", "referral.closed",
)  # fmt: skip
SPREAD = 2**20  # more days than any two lie apart: a child and a day in one whole number


class Wait(NamedTuple):
    """Half of a group had a service within ``days`` of the referral; None: half have not yet.

    ``of`` is how many referrals were accepted and can be followed.
    """

    days: float | None
    of: int


class Access(NamedTuple):
    """Acceptance by group, against everyone else; and waits, by group.

    ``accepted`` counts as reached the referrals that were accepted; None where the packs or the
    data tell of none.
    """

    dimension: Dimension
    accepted: Comparison | None
    waits: Mapping[str, Wait]
    exact: bool

    def less_often(self) -> list[Row]:
        """Return the groups accepted less often by more than chance would explain."""
        return [row for row in self.accepted.flagged() if not row.more] if self.accepted else []


def access_for(viewer: User, dimension: Dimension) -> Access:
    """Return acceptance and waits by one dimension, within the viewer's counts."""
    found = steps_for(viewer, Asked(dimension))
    refused = uses().access.refused
    one = next((each for each in found.comparisons if each.tallied.measure == refused), None)
    accepted = accepted_of(one, exact=found.is_exact) if one is not None else None
    if accepted is None or not accepted.total.of:
        return Access(dimension, None, {}, found.is_exact)
    waits = _waits(viewer, dimension, accepted.rules.confidence)
    return Access(dimension, accepted, waits, found.is_exact)


def accepted_of(refused: Comparison, *, exact: bool) -> Comparison:
    """Return the comparison turned round: of those referred, how many were accepted.

    Its groups are tested together, apart from the other steps of the pathway.
    """
    told = refused.tallied
    turned = told._replace(groups=_rest(told.groups), before=_rest(told.before))
    return compare([turned], refused.dimension, refused.rules, exact=exact)[0]


def accepted_less_often(compared: Iterable[Comparison]) -> list[tuple[Comparison, Row]]:
    """Return, of comparisons already made, each group accepted less often beyond chance."""
    refused = uses().access.refused
    found = [
        accepted_of(one, exact=not one.is_suppressed)
        for one in compared
        if one.tallied.measure == refused and one.rows
    ]
    return [(one, row) for one in found for row in one.flagged() if not row.more]


def _rest(groups: Mapping[str, Count]) -> dict[str, Count]:
    return {group: _turned(count) for group, count in groups.items()}


def _turned(count: Count) -> Count:
    """The counts of those who did not reach; the sums over families follow from (of - reached)."""
    squares = count.of_squared - 2 * count.reached_by_of + count.reached_squared
    return count._replace(
        reached=count.of - count.reached, waiting=0, reached_squared=squares,
        reached_by_of=count.of_squared - count.reached_by_of,
    )  # fmt: skip


def _waits(viewer: User, dimension: Dimension, confidence: float) -> dict[str, Wait]:
    """How long each group waits: as kept, else from every referral."""
    uncounted = closing_of(viewer).uncounted
    within, _ = tallies_within(viewer, None)
    kept = ServiceWaitTally.objects.filter(within, dimension=dimension.id).order_by("pk")
    bodies = [] if uncounted else list(kept.values_list("body", flat=True))
    if not bodies:
        found = awaited()
        if found is None:
            return {}
        bodies = [body_of(found, dimension, children(), _within(viewer, found))]
    groups = bodies[0]["groups"]
    table = table_of(bodies, len(groups), without=False)
    medians = median_wait(table, confidence)
    return {
        group: Wait(_day(float(medians.value[place])), int(table.people[place]))
        for place, group in enumerate(groups)
        if table.people[place]
    }


class Awaited(NamedTuple):
    """Referrals accepted in the year: whose, of which team, when received, and the waits."""

    whose: Integers
    teams: Integers
    received: Integers
    waits: Waits


def awaited() -> Awaited | None:
    """Read how long each referral accepted waited; None where the packs or the data tell of none.

    Of the year in which referrals on which nothing more was done are counted.
    """
    starts = [name for name in uses().access.starts if is_bound(name)]
    refused = GroupTally.objects.filter(
        measure=uses().access.refused, period=GroupTally.Period.YEAR, team=None
    ).order_by("pk")
    span = refused.values_list("since", "until").first()
    if not starts or span is None or not all(map(is_bound, (RECEIVED, REFUSED, CLOSED))):
        return None
    found = columns("referral", [RECEIVED, REFUSED, CLOSED])
    chosen = _accepted(found, Span(*span))
    whose, received = found.children[chosen], _days(found, RECEIVED)[chosen]
    began, left = _first_after(whose, received, starts), _days(found, CLOSED)[chosen]
    until = day_number(counted_on())
    waits = between(_or_nan(received), _or_nan(began), until, _or_nan(left))
    return Awaited(whose, found.teams[chosen], received, waits)


def body_of(
    found: Awaited, dimension: Dimension, everyone: Children, chosen: Mask
) -> dict[str, Any]:
    """Return the waits at ``chosen`` by one dimension, as they are kept (``keeping.waited``)."""
    whose, teams, received = (each[chosen] for each in found[:3])
    way = grouped(dimension, everyone)
    groups = way.of_events(everyone, whose, received, teams)
    some = Waits(*(column[chosen] for column in found.waits))
    counts = counted(some, groups, np.zeros(len(groups), np.int64))
    return {"groups": list(way.groups), **counts}


def _accepted(found: Subjects, span: Span) -> Mask:
    refused = _column(found, REFUSED)
    days = _days(found, RECEIVED)
    first, last = day_number(span.since), day_number(span.until)
    inside: Mask = (days >= first) & (days <= last) & refused.valid & (refused.values == 0)
    return inside


def _within(viewer: User, found: Awaited) -> Mask:
    reach, uncounted = scope_of(viewer).aggregates, closing_of(viewer).uncounted
    kept = ~np.isin(found.whose, list(uncounted))
    if reach.everyone:
        return kept
    inside: Mask = kept & np.isin(found.teams, list(reach.teams))
    return inside


def _days(found: Subjects, name: str) -> Integers:
    column = _column(found, name)
    return np.where(column.valid, column.days().astype(np.int64), NOTHING)


def _column(found: Subjects, name: str) -> Column:
    column = found.facts[name]
    if not isinstance(column, Column):
        raise LookupError(f"monitoring-uses.yaml: {name} holds many values; name one of one day")
    return column


def _first_after(whose: Integers, days: Integers, starts: list[str]) -> Integers:
    """Return for each child and day the first day on or after it that a service began."""
    their, began = _starts(starts)
    order = np.lexsort((began, their))
    their, began = their[order], began[order]
    keys = their * SPREAD + began
    places = np.searchsorted(keys, whose * SPREAD + days, side="left")
    inside = places < len(keys)
    places = np.minimum(places, max(len(keys) - 1, 0))
    if not len(keys):
        return np.full(len(whose), NOTHING, np.int64)
    same = inside & (their[places] == whose)
    return np.where(same, began[places], NOTHING)


def _starts(names: list[str]) -> tuple[Integers, Integers]:
    """Return whose each service was that began, and the day."""
    try:
        return days_of(names)
    except LookupError as wrong:
        raise LookupError(f"monitoring-uses.yaml: {wrong}") from wrong


def _or_nan(days: Integers) -> np.ndarray:
    return np.where(days == NOTHING, np.nan, days.astype(float))


def _day(value: float) -> float | None:
    return None if np.isnan(value) else value
