"""Counted children by area and by each dimension that the pack names, as rows to be hidden."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np

from evenhand.accounts.models import Team, User
from evenhand.equality.events import day_number
from evenhand.equality.grouping import grouped, read_together
from evenhand.equality.pathway import Dimension, dimension_called
from evenhand.facts.holding import Integers
from evenhand.monitoring.pack import uses
from evenhand.monitoring.queries.who import NO_TEAM, Who, open_children
from evenhand.rules.table import Mask

AREA, NO_AREA = "area", "No team yet"


class Way(NamedTuple):
    """One way to tell counted children apart: the labels of its groups, and each child's place.

    ``groups`` are their keys, and ``dimension`` is None for areas.
    """

    id: str
    label: str
    labels: Sequence[str]
    of_child: Integers
    groups: Sequence[str] = ()
    dimension: Dimension | None = None

    def counts(self, masks: Iterable[Mask]) -> list[list[int]]:
        """Return how many of each group are in each mask, of every group in the order of labels."""
        size = len(self.labels)
        columns = [np.bincount(self.of_child[mask], minlength=size) for mask in masks]
        return [[int(column[place]) for column in columns] for place in range(size)]


class Counted(NamedTuple):
    """Whom a page counts, and every way to tell them apart: read once for all its sections."""

    who: Who
    ways: list[Way]
    day: date


def counted_for(viewer: User, today: date) -> Counted:
    """Return whom the viewer's counts hold, as they stand today."""
    who = open_children(viewer)
    return Counted(who, ways_of(who, today), today)


def ways_of(who: Who, today: date) -> list[Way]:
    """Return the ways in the pack's order, and by area first. A dimension there is not is left out.

    What is read at the event is read as it stands ``today``.
    """
    named = [one for one in map(dimension_called, uses().profile) if one is not None]
    needed = (name for need in uses().needs for name in need.recorded_in)
    read_together([*(one.characteristic for one in named), *needed], who.everyone)
    return [_by_area(who), *(_by(one, who, today) for one in named)]


def _by_area(who: Who) -> Way:
    keys, places = np.unique(who.teams, return_inverse=True)
    teams = Team.objects.in_bulk(keys.tolist())
    labels = [NO_AREA if key == NO_TEAM else teams[key].name for key in keys.tolist()]
    refs = [NO_AREA if key == NO_TEAM else teams[key].ref for key in keys.tolist()]
    return Way(AREA, "Area (team)", labels, places.astype(np.int64), refs)


def _by(dimension: Dimension, who: Who, today: date) -> Way:
    groups, of_child = grouped_today(dimension, who, today)
    labels = [dimension.label_of(group) for group in groups]
    return Way(dimension.id, dimension.label, labels, of_child, groups, dimension)


def grouped_today(dimension: Dimension, who: Who, today: date) -> tuple[Sequence[str], Integers]:
    """Return the groups of a dimension, and the place in them of each child counted, today."""
    found = grouped(dimension, who.everyone)
    days = np.full(len(who.ids), day_number(today), np.int64)
    return found.groups, found.of_events(who.everyone, who.ids, days, who.teams)
