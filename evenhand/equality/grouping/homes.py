"""Where each child lived on a day, by what the authority's lookup says of the postcode."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from evenhand.equality.dimensions import NOT_KNOWN
from evenhand.equality.grouping.everyone import Children
from evenhand.equality.grouping.spells import NONE, Spells, spells
from evenhand.facts.expressions import EpochDay
from evenhand.facts.holding import NOTHING, Integers
from evenhand.facts.reading import fetch_integers
from evenhand.people.models import Address, Place

READ = "homes"
FIELDS = ("decile", "rural", "locality")


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


def localities() -> tuple[str, ...]:
    """Return the names of localities that the lookup has, in order."""
    named = Place.objects.exclude(locality="").order_by("locality")
    return tuple(named.values_list("locality", flat=True).distinct())


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
    place = Place.objects.filter(postcode=OuterRef("postcode")).values("pk")[:1]
    rows = Address.objects.filter(withdrawn=False).order_by("pk").values_list(
        Coalesce("child__merged_into_id", "child_id"),
        Coalesce(EpochDay("starts_on"), Value(NOTHING)),
        Coalesce(EpochDay("ends_on"), Value(NOTHING)),
        Coalesce(Subquery(place), Value(0)),
    )  # fmt: skip
    whose, starts, ends, keys = fetch_integers(rows, 4)
    different, which = np.unique(np.append(keys, 0), return_inverse=True)
    return Homes(spells(whose, starts, ends, which[:-1]), _places(different.tolist()))


def _places(keys: list[int]) -> tuple[Mapping[str, str], ...]:
    """What is said of each, in the order of keys; 0 is none."""
    wanted = set(keys)
    rows = Place.objects.values_list("pk", *FIELDS).order_by("pk").iterator(chunk_size=5000)
    told = {
        pk: {name: str(value) for name, value in zip(FIELDS, values, strict=True) if value}
        for pk, *values in rows
        if pk in wanted
    }
    return tuple(told.get(key, {}) for key in keys)
