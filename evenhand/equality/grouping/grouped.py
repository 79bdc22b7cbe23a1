"""A dimension with the group of every child, or with what says it at each event."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np

from evenhand.accounts.models import Team
from evenhand.equality.dimensions import NOT_KNOWN, Dimension, unknown_groups
from evenhand.equality.grouping.ages import of_ages
from evenhand.equality.grouping.answers import of_answers
from evenhand.equality.grouping.everyone import Children
from evenhand.equality.grouping.homes import homes, localities, of_homes
from evenhand.equality.grouping.records import of_records, running
from evenhand.equality.grouping.statuses import of_statuses, statuses
from evenhand.facts.holding import Integers
from evenhand.facts.reading import columns
from evenhand.rules.table import Column

Groups = tuple[str, ...]
YES, NO = "yes", "no"
LONGEST = 80  # characters of a group's name in the table of counts


class Asked(NamedTuple):
    """Of each event: its child, that child's place among all, the day, and the team (0: none)."""

    whose: Integers
    places: Integers
    days: Integers
    teams: Integers


AtEvents = Callable[[Asked], Integers]


class Grouped(NamedTuple):
    """A dimension with its groups in order, and the group of each child or what finds it.

    ``of_child`` is empty where the group is that at the event; then ``at_events`` finds it.
    """

    dimension: Dimension
    groups: Groups
    of_child: Integers
    at_events: AtEvents | None = None

    def of_events(
        self, children: Children, whose: Integers, days: Integers, teams: Integers | None = None
    ) -> Integers:
        """Return the place in ``groups`` of each event: its child's, or as it was on its day.

        ``teams`` are the events' teams, without which a team is not known.
        """
        unknown = self.groups.index(NOT_KNOWN)
        places, known = children.places_of(whose)
        if self.dimension.by == "team":
            known = np.ones(len(whose), bool)
        elif not len(children.ids):
            return np.full(len(whose), unknown, np.int64)
        if self.at_events is None:
            return np.where(known, self.of_child[places], unknown)
        of_nobody = np.zeros(len(whose), np.int64) if teams is None else teams
        found = self.at_events(Asked(whose, places, days, of_nobody))
        return np.where(known, found, unknown)


def grouped(dimension: Dimension, everyone: Children) -> Grouped:
    """Return the group of every child on one dimension, read once; nobody is left out."""
    key = f"grouped by {dimension.id}"
    kept: Grouped | None = everyone.read.get(key)
    if kept is None or kept.dimension != dimension:
        kept = everyone.read[key] = READERS.get(dimension.by, _by_answer)(dimension, everyone)
    return kept


def _by_answer(dimension: Dimension, everyone: Children) -> Grouped:
    groups = (*dimension.labels, *unknown_groups(dimension))
    return Grouped(dimension, groups, of_answers(dimension, groups, everyone))


def _by_age(dimension: Dimension, everyone: Children) -> Grouped:
    groups = (*dimension.labels, *unknown_groups(dimension))
    unknown = groups.index(NOT_KNOWN)

    def at_events(asked: Asked) -> Integers:
        born = everyone.born[asked.places]
        return of_ages(dimension.bands, born, asked.days, unknown)

    return Grouped(dimension, groups, _none(), at_events)


def _by_fact(dimension: Dimension, everyone: Children) -> Grouped:
    """A yes or no of the child; what no source holds is not known."""
    groups = (*dimension.labels, *unknown_groups(dimension))
    found = columns("child", [dimension.fact])
    column = found.facts.get(dimension.fact)
    of_child = np.full(len(everyone.ids), groups.index(NOT_KNOWN), np.int64)
    if isinstance(column, Column):
        places, known = everyone.places_of(found.ids)
        answers = np.where(column.values == 1, groups.index(YES), groups.index(NO))
        held = known & column.valid
        of_child[places[held]] = answers[held]
    return Grouped(dimension, groups, of_child)


def _by_records(dimension: Dimension, everyone: Children) -> Grouped:
    groups = (*dimension.labels, *unknown_groups(dimension))
    found = running(dimension)

    def at_events(asked: Asked) -> Integers:
        at = (asked.whose, asked.places, asked.days)
        return of_records(found, groups, dimension.otherwise, everyone, at)

    return Grouped(dimension, groups, _none(), at_events)


def _by_home(dimension: Dimension, everyone: Children) -> Grouped:
    """Where the child lived on the day; the localities are those of the lookup."""
    found = homes(everyone)
    listed = localities(found) if dimension.is_open else tuple(dimension.labels)
    groups = (*listed, *unknown_groups(dimension))

    def at_events(asked: Asked) -> Integers:
        return of_homes(found, dimension.field, groups, asked.whose, asked.days)

    return Grouped(dimension, groups, _none(), at_events)


def _by_status(dimension: Dimension, _everyone: Children) -> Grouped:
    groups = (*dimension.labels, *unknown_groups(dimension))
    found = statuses(dimension, groups)

    def at_events(asked: Asked) -> Integers:
        return of_statuses(found, dimension, groups, asked.whose, asked.days)

    return Grouped(dimension, groups, _none(), at_events)


def _by_team(dimension: Dimension, _everyone: Children) -> Grouped:
    """The team of the event by its name; of two with one name, by its code too."""
    names = _names(dict(Team.objects.order_by("name", "pk").values_list("pk", "name")))
    groups = (*names.values(), NOT_KNOWN)
    ids = np.array(sorted(names), np.int64)
    order = list(names)
    place_of = np.array([order.index(pk) for pk in sorted(names)], np.int64)

    def at_events(asked: Asked) -> Integers:
        found = np.full(len(asked.teams), groups.index(NOT_KNOWN), np.int64)
        if len(ids):
            at = np.minimum(np.searchsorted(ids, asked.teams), len(ids) - 1)
            known = ids[at] == asked.teams
            found[known] = place_of[at[known]]
        return found

    return Grouped(dimension, groups, _none(), at_events)


def _names(teams: Mapping[int, str]) -> dict[int, str]:
    found: dict[int, str] = {}
    for pk, name in teams.items():
        short = name[:LONGEST]
        told = f"{name[: LONGEST - len(f' ({pk})')]} ({pk})" if short in found.values() else short
        found[pk] = told
    return found


def _none() -> Integers:
    return np.zeros(0, np.int64)


READERS: Mapping[str, Callable[[Dimension, Children], Grouped]] = {
    "age": _by_age,
    "fact": _by_fact,
    "home": _by_home,
    "records": _by_records,
    "status": _by_status,
    "team": _by_team,
}
