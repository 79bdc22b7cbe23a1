"""Which group each child belongs to, as columns: by answer, or by age on the day of an event."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from django.db.models import Value
from django.db.models.functions import Coalesce

from evenhand.equality.pathway import DECLINED, NOT_KNOWN, Band, Dimension
from evenhand.facts.holding import NOTHING, Integers, integers
from evenhand.facts.reading import columns, fetch, fetch_integers
from evenhand.people.models import FamilyMember, IdentityStanding

ANSWERED, SAID_NO = "answered", "declined"
Groups = tuple[str, ...]


class Children(NamedTuple):
    """Every child in order of key, with the day of birth and which are unaccompanied.

    A day of birth that is not known is ``NOTHING``; an unborn child has the day expected.
    ``families`` numbers the family of each, a child without one being a family alone.
    """

    ids: Integers
    born: Integers
    unaccompanied: Integers
    families: Integers

    def places_of(self, wanted: Integers) -> tuple[Integers, Integers]:
        """Return each wanted child's place, and whether there is such a child."""
        if not len(self.ids):
            return np.zeros(len(wanted), np.int64), np.zeros(len(wanted), bool)
        places = np.minimum(np.searchsorted(self.ids, wanted), len(self.ids) - 1)
        return places, self.ids[places] == wanted


class Grouped(NamedTuple):
    """A dimension with its groups in order and, unless it is age, the group of each child."""

    dimension: Dimension
    groups: Groups
    of_child: Integers

    def of_events(self, children: Children, whose: Integers, days: Integers) -> Integers:
        """Return the place in ``groups`` of each event's child, at the event where it is age."""
        places, known = children.places_of(whose)
        unknown = self.groups.index(NOT_KNOWN)
        if not len(children.ids):
            return np.full(len(whose), unknown, np.int64)
        if self.dimension.by != "age":
            return np.where(known, self.of_child[places], unknown)
        born = np.where(known, children.born[places], NOTHING)
        return _bands(self.dimension.bands, born, days, unknown)


def children() -> Children:
    """Read every child that is not merged into another."""
    found = columns("child", ["child.born", "child.expected", "child.unaccompanied"])
    born, expected = found.facts["child.born"], found.facts["child.expected"]
    day = np.where(born.valid, born.values, np.where(expected.valid, expected.values, 0))
    known = born.valid | expected.valid
    alone = found.facts["child.unaccompanied"]
    is_alone = alone.valid & (alone.values == 1)
    days = np.where(known, day.astype(np.int64), NOTHING)
    return Children(found.ids, days, is_alone.astype(np.int64), _families(found.ids))


def _families(ids: Integers) -> Integers:
    """Families by even numbers, children without one by odd; of two families the first."""
    members = FamilyMember.objects.order_by("-family_id").values_list("child_id", "family_id")
    whose, families = fetch_integers(members, 2)
    found = ids * 2 + 1
    if len(ids) and len(whose):
        places = np.minimum(np.searchsorted(ids, whose), len(ids) - 1)
        known = ids[places] == whose
        found[places[known]] = families[known] * 2
    return found


def grouped(dimension: Dimension, found: Children) -> Grouped:
    """Return the group of every child on one dimension; nobody is left out."""
    groups = (*dimension.labels, DECLINED, NOT_KNOWN)
    if dimension.by == "age":
        return Grouped(dimension, groups, np.zeros(0, np.int64))
    of_child = np.full(len(found.ids), groups.index(NOT_KNOWN), np.int64)
    rows = fetch(
        IdentityStanding.objects.filter(
            characteristic=dimension.characteristic, child__isnull=False
        )
        .order_by()
        .values_list("child_id", "status", Coalesce("answer", Value("")))
    )
    if rows:
        ids, statuses, answers = zip(*rows, strict=True)
        places, known = found.places_of(integers(ids))
        of_child[places[known]] = _of_answers(dimension, groups, statuses, answers)[known]
    return Grouped(dimension, groups, of_child)


def _of_answers(
    dimension: Dimension, groups: Groups, statuses: tuple[str, ...], answers: tuple[str, ...]
) -> Integers:
    """Each different answer is read once: there are few, and many who gave them."""
    pairs = list(zip(statuses, answers, strict=True))
    place = {pair: groups.index(group_of(dimension, *pair)) for pair in set(pairs)}
    return integers([place[pair] for pair in pairs])


def group_of(dimension: Dimension, status: str, answer: str) -> str:
    """Return the group that one leading answer gives; a refusal and no answer are groups too."""
    if status == SAID_NO:
        return DECLINED
    codes = answer.split()
    if status != ANSWERED or not codes:
        return NOT_KNOWN
    if dimension.by == "any":
        return "none" if codes == [dimension.none] else "any"
    found = dimension.group_of.get(codes[0], "") if dimension.by == "group" else codes[0]
    return found if found in dimension.labels else NOT_KNOWN


def _bands(bands: tuple[Band, ...], born: Integers, days: Integers, unknown: int) -> Integers:
    """Whole years on the day; a birthday on 29 February is reached on 1 March."""
    found = np.full(len(days), unknown, np.int64)
    known = (born != NOTHING) & (days != NOTHING)
    years = _years(np.where(known, born, 0), np.where(known, days, 0))
    for place, band in enumerate(bands):
        inside = known & (years >= band.starts) if band.starts is not None else known & (years < 0)
        if band.ends is not None:
            inside &= years < band.ends
        found[inside] = place
    return found


def _years(born: Integers, days: Integers) -> Integers:
    """Completed years from birth to a day; -1 before birth."""
    birth, on = born.astype("datetime64[D]"), days.astype("datetime64[D]")
    months = on.astype("datetime64[M]").astype(np.int64) - birth.astype("datetime64[M]").astype(
        np.int64
    )
    day_of_birth = (birth - birth.astype("datetime64[M]")).astype(np.int64)
    day_reached = (on - on.astype("datetime64[M]")).astype(np.int64)
    months -= day_reached < day_of_birth
    return np.where(days < born, -1, months // 12)
