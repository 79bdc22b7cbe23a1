"""Open children by area and by each dimension that the pack names, with whose needs are met."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np

from evenhand.accounts.models import Team, User
from evenhand.accounts.once import once
from evenhand.accounts.scope import Reach, scope_of
from evenhand.equality.dimensions import unknown_groups
from evenhand.equality.events import day_number
from evenhand.equality.grouping import grouped, read_together
from evenhand.equality.pathway import Dimension, dimension_called
from evenhand.facts.holding import Integers
from evenhand.monitoring.models import NeedTally
from evenhand.monitoring.pack import uses
from evenhand.monitoring.queries.met import masks_of
from evenhand.monitoring.queries.who import (
    NO_TEAM,
    Who,
    hidden_below,
    open_children,
    sees_exactly,
)
from evenhand.people.models.closing import closing_of

AREA, NO_AREA = "area", "No team yet"
OPEN = "open"
Row = tuple[int, str, str, str, int]
Numbers = Mapping[str, Mapping[str, int]]


class Way(NamedTuple):
    """One way to tell open children apart: its groups with their labels, and how many of each.

    ``numbers`` are by what is counted and group; ``dimension`` is None for areas.
    """

    id: str
    label: str
    labels: Sequence[str]
    groups: Sequence[str]
    numbers: Numbers
    dimension: Dimension | None = None

    def counts(self, what: Sequence[str]) -> list[list[int]]:
        """Return of every group, in the order of labels, how many of each there are."""
        return [[self.numbers.get(one, {}).get(group, 0) for one in what] for group in self.groups]

    def total(self, what: str) -> int:
        """Return how many there are of all groups."""
        return sum(self.numbers.get(what, {}).values())


class Counted(NamedTuple):
    """Open children by every way, true counts, as at a day; read once for all of a page.

    ``exact``: the viewer may open every record behind them. ``below``: else counts under it are
    hidden.
    """

    ways: list[Way]
    exact: bool
    below: int
    day: date


@once
def counted_for(viewer: User, today: date) -> Counted:
    """Return the open children whom the viewer's counts hold: as kept, else as they stand today."""
    kept = _kept(scope_of(viewer).aggregates) if not closing_of(viewer).uncounted else []
    if not kept:
        return afresh_for(viewer, today)
    rows = [(NO_TEAM, *row) for row, _ in kept]
    return Counted(_ways(rows), sees_exactly(viewer), hidden_below(), kept[0][1])


def afresh_for(viewer: User, today: date) -> Counted:
    """Return the open children whom the viewer's counts hold, as they stand today."""
    who = open_children(viewer)
    return Counted(ways_of(who, today), who.exact, who.below, today)


def ways_of(who: Who, today: date) -> list[Way]:
    """Return these children by every way in the pack's order, and by area first."""
    return _ways(rows_of(who, today))


def rows_of(who: Who, today: date) -> Iterator[Row]:
    """Yield team, way, group, what is counted and how many, where there is anybody.

    What is read at the event is read as it stands ``today``.
    """
    named = profiled()
    needed = (name for need in uses().needs for name in need.recorded_in)
    read_together([*(one.characteristic for one in named), *needed], who.everyone)
    teams, at = np.unique(who.teams, return_inverse=True)
    whats = {OPEN: np.ones(len(who.ids), bool), **masks_of(who, today)}
    of_way = [(AREA, [str(team) for team in teams.tolist()], at)]
    of_way += [(one.id, *grouped_today(one, who, today)) for one in named]
    for way, groups, places in of_way:
        for what, mask in whats.items():
            found = np.bincount(at[mask] * len(groups) + places[mask])
            for cell in np.flatnonzero(found).tolist():
                team, group = divmod(cell, len(groups))
                yield int(teams[team]), way, groups[group], what, int(found[cell])


def profiled() -> list[Dimension]:
    """Return the dimensions that the pack names; one that there is not is left out."""
    return [one for one in map(dimension_called, uses().profile) if one is not None]


def _kept(reach: Reach) -> list[tuple[tuple[str, str, str, int], date]]:
    """What is kept within a reach, with its day; none of one's own children alone. One query."""
    if reach.worker_id is not None or not (reach.everyone or reach.teams):
        return []
    found = NeedTally.objects.order_by("pk")
    found = found.filter(team=None) if reach.everyone else found.filter(team__in=reach.teams)
    rows = found.values_list("way", "group", "what", "children", "as_at")
    return [(tuple(row), as_at) for *row, as_at in rows]  # type: ignore[misc]


def _ways(rows: Iterable[Row]) -> list[Way]:
    numbers: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for _, way, group, what, count in rows:
        numbers[way][what][group] += count
    return [_by_area(numbers[AREA]), *(_by(one, numbers[one.id]) for one in profiled())]


def _by_area(numbers: Numbers) -> Way:
    keys = sorted(map(int, numbers.get(OPEN, {})))
    teams = Team.objects.in_bulk([key for key in keys if key != NO_TEAM])
    labels = [teams[key].name if key in teams else NO_AREA for key in keys]
    return Way(AREA, "Area (team)", labels, [str(key) for key in keys], numbers)


def _by(dimension: Dimension, numbers: Numbers) -> Way:
    groups = (*dimension.holding(numbers.get(OPEN, {})).labels, *unknown_groups(dimension))
    labels = [dimension.label_of(group) for group in groups]
    return Way(dimension.id, dimension.label, labels, groups, numbers, dimension)


def grouped_today(dimension: Dimension, who: Who, today: date) -> tuple[Sequence[str], Integers]:
    """Return the groups of a dimension, and the place in them of each child counted, today."""
    found = grouped(dimension, who.everyone)
    days = np.full(len(who.ids), day_number(today), np.int64)
    return found.groups, found.of_events(who.everyone, who.ids, days, who.teams)
