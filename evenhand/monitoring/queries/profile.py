"""Who the children are whom we work with now: open children by area and by each dimension."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import numpy as np

from evenhand.accounts.models import Team
from evenhand.equality.releasing.counted import CountedGroups
from evenhand.monitoring.hiding import shown
from evenhand.monitoring.queries.groups import NO_AREA, Counted, Way, ways_of
from evenhand.monitoring.queries.who import every_open_child

OPEN_CHILDREN, WHAT = "open-children", "Children we work with"


class Part(NamedTuple):
    """The children by one way: each group's label with its count as it may be shown."""

    id: str
    label: str
    rows: list[tuple[str, str]]


class Profile(NamedTuple):
    """Open children by every way of the pack, and all of them; ``hides``: small numbers are hidden.

    ``below`` is the number under which counts are hidden from those not entitled to the records.
    """

    parts: list[Part]
    total: str
    hides: bool
    below: int
    day: date


def profile_of(counted: Counted) -> Profile:
    """Return the profile of those counted, for those who work here."""
    who, ways, today = counted
    everybody = [np.ones(len(who.ids), bool)]
    counts = {way.id: [row for row in way.counts(everybody) if any(row)] for way in ways}
    tables = shown(counts, who.below, exact=who.exact)
    parts = []
    for way in ways:
        labels = [
            label for label, row in zip(way.labels, way.counts(everybody), strict=True) if any(row)
        ]
        cells = [row[0] for row in tables[way.id].rows[:-1]] if way.id in tables else []
        parts.append(Part(way.id, way.label, list(zip(labels, cells, strict=True))))
    total = next((table.rows[-1][0] for table in tables.values()), "0")
    hides = any(table.hides for table in tables.values())
    return Profile(parts, total, hides, who.below, today)


def to_leave(way: str, today: date) -> CountedGroups | None:
    """Return the authority's open children by one way, with their true counts, to be released.

    Whoever asks, so that no two people's releases differ. None where there is no such way.
    """
    ways = ways_of(every_open_child(), today)
    found = next((each for each in ways if each.id == way), None)
    return _figures(found, today) if found is not None else None


def _figures(way: Way, today: date) -> CountedGroups:
    numbers = np.bincount(way.of_child, minlength=len(way.groups)).tolist()
    one = way.dimension
    parents = {each: one.parent_of(each) for each in way.groups} if one and one.within else {}
    return CountedGroups(
        measure=OPEN_CHILDREN, what=WHAT, by=way.id, by_words=way.label,
        source=one.source if one else "the teams of the authority", on=today,
        labels=dict(zip(way.groups, way.labels, strict=True)) if one else _areas(),
        counts={group: n for group, n in zip(way.groups, numbers, strict=True) if n},
        root=one.within or one.id if one else way.id, parents=parents,
    )  # fmt: skip


def _areas() -> dict[str, str]:
    """Return every team, also those that have no child now."""
    teams = Team.objects.order_by("name", "pk").values_list("ref", "name")
    return {**dict(teams), NO_AREA: NO_AREA}
