"""Who the children are whom we work with now: open children by area and by each dimension."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from evenhand.accounts.models import Team
from evenhand.equality.releasing.counted import CountedGroups
from evenhand.monitoring.hiding import shown
from evenhand.monitoring.queries.groups import NO_AREA, OPEN, Counted, Way, ways_of
from evenhand.monitoring.queries.who import NO_TEAM, every_open_child

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
    ways, exact, below, day = counted
    counts = {way.id: [row for row in way.counts([OPEN]) if any(row)] for way in ways}
    tables = shown(counts, below, exact=exact)
    parts = []
    for way in ways:
        labels = [
            label for label, row in zip(way.labels, way.counts([OPEN]), strict=True) if any(row)
        ]
        cells = [row[0] for row in tables[way.id].rows[:-1]] if way.id in tables else []
        parts.append(Part(way.id, way.label, list(zip(labels, cells, strict=True))))
    total = next((table.rows[-1][0] for table in tables.values()), "0")
    hides = any(table.hides for table in tables.values())
    return Profile(parts, total, hides, below, day)


def to_leave(way: str, today: date) -> CountedGroups | None:
    """Return the authority's open children by one way, with their true counts, to be released.

    Whoever asks, so that no two people's releases differ. None where there is no such way.
    """
    ways = ways_of(every_open_child(), today)
    found = next((each for each in ways if each.id == way), None)
    return _figures(found, today) if found is not None else None


def _figures(way: Way, today: date) -> CountedGroups:
    one, refs = way.dimension, _refs(way)
    numbers = way.numbers.get(OPEN, {}).items()
    parents = {each: one.parent_of(each) for each in way.groups} if one and one.within else {}
    return CountedGroups(
        measure=OPEN_CHILDREN, what=WHAT, by=way.id, by_words=way.label,
        source=one.source if one else "the teams of the authority", on=today,
        labels=dict(zip(way.groups, way.labels, strict=True)) if one else _areas(),
        counts={refs.get(group, group): number for group, number in numbers},
        root=one.within or one.id if one else way.id, parents=parents,
    )  # fmt: skip


def _refs(way: Way) -> dict[str, str]:
    """Areas leave by the teams' references, as they are named outside."""
    if way.dimension is not None:
        return {}
    teams = Team.objects.filter(pk__in=way.groups).values_list("pk", "ref")
    return {str(NO_TEAM): NO_AREA, **{str(pk): ref for pk, ref in teams}}


def _areas() -> dict[str, str]:
    """Return every team, also those that have no child now."""
    teams = Team.objects.order_by("name", "pk").values_list("ref", "name")
    return {**dict(teams), NO_AREA: NO_AREA}
