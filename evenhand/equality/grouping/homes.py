"""Where each child lived on a day, by what the authority's lookup says of the postcode."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from django.db.models import CharField, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat

from evenhand.equality.dimensions import NOT_KNOWN
from evenhand.equality.grouping.everyone import Children
from evenhand.equality.grouping.spells import NONE, Spells, spells
from evenhand.facts.expressions import EpochDay
from evenhand.facts.holding import NOTHING, Integers
from evenhand.facts.reading import fetch
from evenhand.people.models import Address, Place

READ = "homes"
FIELDS = ("decile", "rural", "locality")
APART = "|"


class Homes(NamedTuple):
    """Times at addresses, by the place in ``places`` of what the lookup says of each.

    The first of ``places`` says nothing: a blank postcode, or one that is not in the lookup.
    """

    spells: Spells
    places: tuple[Mapping[str, str], ...]


def homes(everyone: Children) -> Homes:
    """Return every time at an address; read once for all that are told by it."""
    if READ not in everyone.read:
        everyone.read[READ] = _read()
    found: Homes = everyone.read[READ]
    return found


def localities(found: Homes) -> tuple[str, ...]:
    """Return the names of the localities in which anybody lived, in order."""
    return tuple(sorted({each["locality"] for each in found.places if "locality" in each}))


def of_homes(
    found: Homes, field: str, groups: tuple[str, ...], whose: Integers, days: Integers
) -> Integers:
    """Return the place in ``groups`` of the home on each day; without one, not known."""
    unknown = groups.index(NOT_KNOWN)
    order = {group: place for place, group in enumerate(groups)}
    told = [order.get(each.get(field, ""), unknown) for each in found.places]
    at = found.spells.on(whose, days)
    return np.where(at == NONE, unknown, np.array(told, np.int64)[np.maximum(at, 0)])


def _read() -> Homes:
    told = Concat(Cast("decile", CharField()), Value(APART), "rural", Value(APART), "locality")
    place = Place.objects.filter(postcode=OuterRef("postcode")).values(told=told)[:1]
    rows = Address.objects.filter(withdrawn=False).order_by("pk").values_list(
        Coalesce("child__merged_into_id", "child_id"),
        Coalesce(EpochDay("starts_on"), Value(NOTHING)),
        Coalesce(EpochDay("ends_on"), Value(NOTHING)),
        Coalesce(Subquery(place), Value("")),
    )  # fmt: skip
    places = {"": 0}
    found = [(*days, places.setdefault(told, len(places))) for *days, told in fetch(rows)]
    columns = np.array(found, np.int64).reshape(-1, 4).T
    return Homes(spells(*columns), tuple(map(_said, places)))


def _said(told: str) -> Mapping[str, str]:
    said = zip(FIELDS, told.split(APART), strict=False)
    return {name: value for name, value in said if value}
