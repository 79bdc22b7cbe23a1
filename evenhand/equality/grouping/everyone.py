"""Every child who is counted by group, as columns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
from django.utils import timezone
from django.utils.timezone import localdate

from evenhand.accounts.once import once
from evenhand.equality.pack import reasons_left_out
from evenhand.facts.holding import NOTHING, Integers
from evenhand.facts.reading import Subjects, columns, fetch_integers
from evenhand.people.models import FamilyMember
from evenhand.people.queries.objections import never_counted
from evenhand.rules.table import Mask

FAMILIES = "families"
FACTS = ("child.born", "child.expected", "child.unaccompanied", "child.open")


class Children(NamedTuple):
    """Every child in order of key, with the day of birth and which are unaccompanied.

    A day of birth that is not known is ``NOTHING``; an unborn child has the day expected.
    ``open`` are those we work with now, ``teams`` whose they are (0: no team's).
    ``read`` keeps what several dimensions are read from, so that it is read once. ``are_some``: not
    every child, so that only theirs is read.
    """

    ids: Integers
    born: Integers
    unaccompanied: Integers
    open: Mask
    teams: Integers
    read: dict[str, Any]
    are_some: bool = False

    def places_of(self, wanted: Integers) -> tuple[Integers, Integers]:
        """Return each wanted child's place, and whether there is such a child."""
        if not len(self.ids):
            return np.zeros(len(wanted), np.int64), np.zeros(len(wanted), bool)
        places = np.minimum(np.searchsorted(self.ids, wanted), len(self.ids) - 1)
        return places, self.ids[places] == wanted


@once
def children() -> Children:
    """Read every child that is not merged into another and has not asked to be left out."""
    return _children(columns("child", FACTS))


def some(whose: Iterable[int]) -> Children:
    """Read these children as ``children`` reads everybody."""
    ids = sorted(set(whose))
    return _children(columns("child", FACTS, ids=ids))._replace(are_some=True)


def _children(found: Subjects) -> Children:
    born, expected = found.facts["child.born"], found.facts["child.expected"]
    day = np.where(born.valid, born.values, np.where(expected.valid, expected.values, 0))
    known = born.valid | expected.valid
    alone, now_open = found.facts["child.unaccompanied"], found.facts["child.open"]
    is_alone, is_open = (each.valid & (each.values == 1) for each in (alone, now_open))
    days = np.where(known, day.astype(np.int64), NOTHING)
    ids, counted = found.ids, not_left_out(found.ids)
    return Children(
        ids[counted], days[counted], is_alone.astype(np.int64)[counted], is_open[counted],
        found.teams[counted], {},
    )  # fmt: skip


def not_left_out(whose: Integers) -> Mask:
    """Return which of these children are counted: none of those ``left_out``."""
    mask: Mask = ~np.isin(whose, left_out())
    return mask


@once
def left_out() -> Integers:
    """Return the children whom no figure by group counts.

    Who objects to monitoring, and whose record is restricted for a reason of which the pack says
    so (disclosure.yaml): colleagues who know of them could find them in the figures.
    """
    now = timezone.now()
    found = never_counted(now, reasons_left_out(localdate(now)))
    return np.array(sorted(found), np.int64)


def families_of(everyone: Children) -> Integers:
    """Return a number for the family of each child; one without a family is a family alone."""
    if FAMILIES not in everyone.read:
        everyone.read[FAMILIES] = _families(everyone)
    found: Integers = everyone.read[FAMILIES]
    return found


def _families(everyone: Children) -> Integers:
    """Families by even numbers, children without one by odd; of two families the first."""
    ids, members = everyone.ids, FamilyMember.objects.order_by("-family_id")
    if everyone.are_some:
        members = members.filter(child__in=ids.tolist())
    whose, families = fetch_integers(members.values_list("child_id", "family_id"), 2)
    found = ids * 2 + 1
    if len(ids) and len(whose):
        places = np.minimum(np.searchsorted(ids, whose), len(ids) - 1)
        known = ids[places] == whose
        found[places[known]] = families[known] * 2
    return found
