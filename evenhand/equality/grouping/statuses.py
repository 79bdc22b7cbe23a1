"""The immigration status that a child had on a day, as the case system words it."""

from __future__ import annotations

import numpy as np
from django.db.models import Value
from django.db.models.functions import Coalesce

from evenhand.casework.models import ImmigrationStatus
from evenhand.equality.dimensions import NOT_KNOWN, REST, Dimension
from evenhand.equality.grouping.records import held_from
from evenhand.equality.grouping.spells import NONE, Spells, spells
from evenhand.facts.expressions import EpochDay
from evenhand.facts.holding import NOTHING, Integers, integers
from evenhand.facts.reading import fetch


def statuses(dimension: Dimension, groups: tuple[str, ...]) -> Spells:
    """Return every status on record with the place of its group, from its first day to its last.

    Words that the pack does not list are of its group for all others (``*``).
    """
    known = {words.casefold(): group for words, group in dimension.group_of.items()}
    rows = fetch(
        ImmigrationStatus.objects.filter(withdrawn=False)
        .exclude(status="")
        .order_by("pk")
        .values_list(
            Coalesce("child__merged_into_id", "child_id"),
            Coalesce(EpochDay("started_on"), Value(NOTHING)),
            Coalesce(EpochDay("ended_on"), Value(NOTHING)),
            "status",
        )
    )
    whose, starts, ends, words = zip(*rows, strict=True) if rows else ((), (), (), ())
    told = [groups.index(known.get(one.strip().casefold(), known[REST])) for one in words]
    return spells(integers(whose), integers(starts), integers(ends), integers(told))


def of_statuses(
    found: Spells, dimension: Dimension, groups: tuple[str, ...], whose: Integers, days: Integers
) -> Integers:
    """Return the place in ``groups`` of the status on each day; ``otherwise`` where none was.

    Not known where no source tells of statuses, or none did yet on that day.
    """
    at = found.on(whose, days)
    silent = (days == NOTHING) | (days < held_from(dimension.fact))
    without = np.where(silent, groups.index(NOT_KNOWN), groups.index(dimension.otherwise))
    return np.where(at == NONE, without, at)
