"""Monthly tallies of standings: by team, by the services above it, and for the whole authority."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from django.db.models import Count, F, Q

from evenhand.accounts.models import Team
from evenhand.rules.london import last_moment
from evenhand.standards.models import Standing, StandingTally
from evenhand.standards.states import FIELD_OF, horizons_by_standard, state_of_day


class Place(NamedTuple):
    """Where a cycle is counted: a standard, a team (None: the authority) and the month due."""

    standard: str
    team: int | None
    month: date


Counts = Counter[tuple[Place, str]]


def counted(only: Q, as_at: date) -> Counts:
    """Count the standings within ``only`` by place and state, as at the end of a day."""
    groups = (
        Standing.objects.filter(only)
        .order_by()
        .values_list("standard", "team", "kind", "due_on")
        .annotate(rows=Count("pk"))
    )
    lines = lines_of_teams()
    known, now = horizons_by_standard(), last_moment(as_at)
    counts: Counts = Counter()
    for standard, team, kind, due_on, rows in groups.iterator(chunk_size=5000):
        field = FIELD_OF[state_of_day(kind, due_on, now, known.get(standard))]
        for line in lines.get(team, (None,)):
            counts[Place(standard, line, due_on.replace(day=1)), field] += rows
    return counts


def lines_of_teams() -> dict[int | None, tuple[int | None, ...]]:
    """Return for each team itself, every service above it, and None for the authority."""
    parents = dict(Team.objects.values_list("pk", "parent_id"))
    return {None: (None,)} | {team: (*_line(team, parents), None) for team in parents}


def _line(team: int, parents: Mapping[int, int | None]) -> Iterator[int]:
    above: int | None = team
    seen: set[int] = set()
    while above is not None and above not in seen:
        seen.add(above)
        yield above
        above = parents.get(above)


def replace_all(counts: Counts, as_at: date) -> None:
    """Put these tallies in the place of all others."""
    StandingTally.objects.all().delete()
    StandingTally.objects.bulk_create(_tallies(counts, as_at), batch_size=1000)


def adjust(before: Counts, after: Counts, as_at: date) -> None:
    """Move the tallies by what changed between two counts of the same children."""
    change = Counter(after)
    change.subtract(before)
    for place, counts in _by_place(change).items():
        changed = {field: number for field, number in counts.items() if number}
        if changed:
            _move(place, changed, as_at)


def _move(place: Place, changed: Mapping[str, int], as_at: date) -> None:
    found = StandingTally.objects.filter(
        standard=place.standard, team=place.team, month=place.month
    )
    moved = {field: F(field) + number for field, number in changed.items()}
    if not found.update(**moved):
        StandingTally.objects.bulk_create([_tally(place, changed, as_at)])


def _tallies(counts: Counts, as_at: date) -> Iterator[StandingTally]:
    return (_tally(place, fields, as_at) for place, fields in _by_place(counts).items())


def _tally(place: Place, fields: Mapping[str, int], as_at: date) -> StandingTally:
    return StandingTally(
        standard=place.standard, team_id=place.team, month=place.month, as_at=as_at, **fields
    )


def _by_place(counts: Counts) -> dict[Place, dict[str, int]]:
    places: dict[Place, dict[str, int]] = defaultdict(dict)
    for (place, field), number in counts.items():
        places[place][field] = number
    return places
