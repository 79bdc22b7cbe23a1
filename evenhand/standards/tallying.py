"""Monthly tallies of standings: by team, by the services above it, and for the whole authority."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from django.db.models import Count, F, Q

from evenhand.accounts.models import Team
from evenhand.facts.expressions import EpochDay
from evenhand.facts.reading import fetch
from evenhand.rules.london import last_moment
from evenhand.rules.moments import from_day
from evenhand.rules.periods import first_of, months_before
from evenhand.standards.models import Standing, StandingTally
from evenhand.standards.states import FIELD_OF, horizons_by_standard, state_of_day
from evenhand.standards.storing import write_rows

MONTHS_SHOWN = 12


class Place(NamedTuple):
    """Where a cycle is counted: a standard, a team (None: the authority) and the month due."""

    standard: str
    team: int | None
    month: date


Counts = Counter[tuple[Place, str]]


def counted(only: Q, as_at: date) -> Counts:
    """Count the standings within ``only`` by place and state, as at the end of a day.

    Of cycles that fell due before the months shown only those not done are counted, all together
    in the month before.
    """
    first = months_before(as_at, MONTHS_SHOWN)
    earlier = months_before(first, 1)
    lines, known, now = lines_of_teams(), horizons_by_standard(), last_moment(as_at)
    counts: Counts = Counter()
    for standard, team, kind, due_on, rows in _groups(only, first):
        field = FIELD_OF[state_of_day(kind, due_on, now, known.get(standard))]
        month = first_of(due_on) if due_on >= first else earlier
        for line in lines.get(team, (None,)):
            counts[Place(standard, line, month), field] += rows
    return counts


def _groups(only: Q, first: date) -> Iterator[tuple[str, int | None, int, date, int]]:
    """Yield (standard, team, kind, due day, how many)."""
    is_counted = Q(due_on__gte=first) | Q(kind=Standing.Kind.NOT_DONE)
    grouped = Standing.objects.filter(only, is_counted).order_by()
    named = grouped.values_list("standard", "team", "kind", EpochDay("due_on"))
    for standard, team, kind, due, rows in fetch(named.annotate(rows=Count("pk"))):
        yield standard, team, kind, from_day(due), rows


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
    StandingTally.objects.all()._raw_delete(StandingTally.objects.db)
    _write(counts, as_at)


def replace_of(standards: Collection[str], counts: Counts, as_at: date) -> None:
    """Put these tallies of some standards in the place of theirs."""
    StandingTally.objects.filter(standard__in=standards).delete()
    _write(counts, as_at)


def _write(counts: Counts, as_at: date) -> None:
    fields = tuple(FIELD_OF.values())
    rows = [
        (place.standard, place.team, place.month.isoformat(), as_at.isoformat(),
         *(states.get(field, 0) for field in fields))
        for place, states in _by_place(counts).items()
    ]  # fmt: skip
    columns = ("standard", "team_id", "month", "as_at", *fields)
    write_rows(StandingTally._meta.db_table, columns, rows)


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
        StandingTally.objects.create(
            standard=place.standard, team_id=place.team, month=place.month, as_at=as_at, **changed
        )


def _by_place(counts: Counts) -> dict[Place, dict[str, int]]:
    places: dict[Place, dict[str, int]] = defaultdict(dict)
    for (place, field), number in counts.items():
        places[place][field] = number
    return places
