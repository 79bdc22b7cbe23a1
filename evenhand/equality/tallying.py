"""Counting every measure by group, and keeping the counts: derived, thrown away and made anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

import numpy as np
from django.db.models import Model

from evenhand.accounts.models import Team
from evenhand.accounts.once import once
from evenhand.equality.dimensions import dimensions
from evenhand.equality.events import Events, day_number, of_clock, of_pathway
from evenhand.equality.grouping import Children, Grouped, children, families_of, grouped
from evenhand.equality.keeping.closely import Begun, begun_of, crossed_row, layout_of, waits_by_way
from evenhand.equality.keeping.crossed import Layout
from evenhand.equality.keeping.served import served
from evenhand.equality.models import CrossTally, GroupTally, QuarterTally, ServedTally, WaitTally
from evenhand.equality.populations import services as all_services
from evenhand.facts.holding import Integers
from evenhand.history.actions import Happening
from evenhand.rules.london import last_moment, london_day
from evenhand.rules.periods import YEAR, Span
from evenhand.rules.table import Mask
from evenhand.standards.standing import recorded_standards, tallied_as_at
from evenhand.standards.states import Horizons, horizons_by_standard
from evenhand.standards.storing import alone, write_rows
from evenhand.standards.tallying import lines_of_teams

WRITTEN = (
    "kind", "measure", "team_id", "dimension", "group", "period", "unaccompanied", "since",
    "until", "of", "reached", "waiting", "unjudged", "of_squared", "reached_squared",
    "reached_by_of", "as_at",
)  # fmt: skip
OF_QUARTER = (
    "kind", "measure", "team_id", "dimension", "group", "unaccompanied", "quarter", "until", "of",
    "reached",
)  # fmt: skip
OF_PAIRS = ("measure", "team_id", "body")
OF_WAITS = ("measure", "team_id", "dimension", "until", "body")
OF_SERVED = ("service", "dimension", "group", "unaccompanied", "children")
Keys = dict[str, Integers]
Row = tuple[Any, ...]


class Rows(NamedTuple):
    """What is kept: the counts of the two years, of the quarters, and for a closer look."""

    years: list[Row]
    quarters: list[Row]
    pairs: list[Row]
    waits: list[Row]
    served: list[Row]


class Service(NamedTuple):
    """A service, or None for the whole authority, with the teams that are counted to it."""

    team: int | None
    teams: Integers | None

    def picks(self, teams: Integers) -> Mask:
        """Return which of the events, by their teams, are counted here."""
        if self.teams is None:
            return np.ones(len(teams), bool)
        return np.isin(teams, self.teams)


def refresh(now: datetime) -> int:
    """Count everything by group anew, as at the day of ``now``; return how many rows were kept.

    After an import, after a change of packs, and once a day. One transaction.
    """
    as_at = london_day(now)
    with alone():
        rows = _rows(as_at)
        _replace(GroupTally, WRITTEN, rows.years)
        _replace(QuarterTally, OF_QUARTER, rows.quarters)
        _replace(CrossTally, OF_PAIRS, rows.pairs)
        _replace(WaitTally, OF_WAITS, rows.waits)
        _replace(ServedTally, OF_SERVED, rows.served)
    return len(rows.years)


def _replace(model: type[Model], names: Sequence[str], rows: list[Row]) -> None:
    kept = model._default_manager.all()
    kept._raw_delete(kept.db)
    write_rows(model._meta.db_table, [f'"{name}"' for name in names], rows)


def refresh_if_stale() -> bool:
    """Count anew where standings were brought up to date since; say whether. Two queries if not."""
    standing, counted = tallied_as_at(), counted_as_at()
    if standing is None or counted == standing:
        return False
    refresh(last_moment(standing))
    return True


def after_import(happening: Happening) -> None:
    """Count anew what an import changed, in its own transaction."""
    refresh(happening.at)


@once
def counted_as_at() -> date | None:
    """Return the day that the counts by group are true for, or None where there are none."""
    return GroupTally.objects.order_by("pk").values_list("as_at", flat=True).first()


def _rows(as_at: date) -> Rows:
    everyone, known = children(), horizons_by_standard()
    ways = [grouped(dimension, everyone) for dimension in dimensions()]
    layout = layout_of(ways, as_at)
    everywhere = list(services())
    found = Rows([], [], [], [], served(all_services(), as_at, everyone))
    for events in _measures(as_at, known):
        _count(events, ways, everyone, everywhere, found, as_at, layout)
    for standard in recorded_standards():
        horizon = known.get(standard.id)
        if horizon is not None:
            begun = begun_of(standard, as_at, horizon)
            found.waits.extend(_waits(standard.id, begun, ways, everyone, everywhere))
    return found


def _measures(as_at: date, known: Horizons) -> Iterator[Events]:
    yield from of_pathway(as_at)
    for standard in recorded_standards():
        found = of_clock(standard, as_at, last_moment(as_at), known)
        if found is not None:
            yield found


def _waits(
    measure: str, begun: Begun, ways: list[Grouped], everyone: Children, everywhere: list[Service]
) -> Iterator[Row]:
    """Count the waits of one standard on every dimension, of the authority and each service."""
    if not len(begun.whose):
        return
    asked = (begun.whose == 0) | everyone.places_of(begun.whose)[1]
    keys = _keys(ways, everyone, begun.whose, begun.began, begun.teams)
    groups = {way.dimension.id: way.groups for way in ways}
    for service in everywhere:
        chosen = np.flatnonzero(service.picks(begun.teams) & asked)
        if len(chosen):
            for way, body in waits_by_way(begun, chosen, keys, groups):
                yield measure, service.team, way, begun.until.isoformat(), body


def _keys(
    ways: list[Grouped], everyone: Children, whose: Integers, days: Integers, teams: Integers
) -> Keys:
    """Of each event by way, twice the place of its group, and one more for the unaccompanied."""
    is_alone, _ = _about(whose, everyone)
    return {
        way.dimension.id: way.of_events(everyone, whose, days, teams) * 2 + is_alone for way in ways
    }


def services() -> Iterator[Service]:
    """The authority, then each team that holds others: single teams hold too few to compare."""
    yield Service(None, None)
    below: dict[int, list[int]] = defaultdict(list)
    for team, line in lines_of_teams().items():
        for above in line:
            if team is not None and above is not None:
                below[above].append(team)
    holders = set(Team.objects.exclude(parent=None).values_list("parent_id", flat=True))
    for service in sorted(holders & set(below)):
        yield Service(service, np.array(below[service], np.int64))


def _count(
    events: Events,
    ways: list[Grouped],
    everyone: Children,
    everywhere: list[Service],
    found: Rows,
    as_at: date,
    layout: Layout,
) -> None:
    """Count one measure on every dimension, of the authority and each service."""
    families = _about(events.whose, everyone)[1]
    of_way = _keys(ways, everyone, events.whose, events.placed, events.teams)
    keys = list(of_way.values())
    for service in everywhere:
        here = service.picks(events.teams)
        name = (str(events.kind), events.measure, service.team)
        for period, span in events.spans.items():
            where = (str(period), span.since.isoformat(), span.until.isoformat())
            chosen = np.flatnonzero(here & _within(events.days, span))
            chosen = chosen[np.argsort(families[chosen], kind="stable")]
            if period == YEAR and events.judged[chosen].any():
                body = crossed_row(events, chosen, of_way, layout)
                found.pairs.append((events.measure, service.team, body))
            some = _chosen(events, chosen)
            for way, key in zip(ways, keys, strict=True):
                counts = _counted(some, key[chosen], families[chosen], 2 * len(way.groups))
                found.years.extend(_as_rows(name, way, where, counts, as_at))
        for way, key in zip(ways, keys, strict=True):
            if not way.dimension.within:
                found.quarters.extend(_of_quarters(events, here, name, way, key))


def _of_quarters(
    events: Events, here: Mask, name: tuple[Any, ...], way: Grouped, key: Integers
) -> Iterator[Row]:
    """Count one measure on one dimension in each quarter; nothing where there was nobody."""
    spans, size = events.quarters, 2 * len(way.groups)
    if not spans:
        return
    place = np.searchsorted([day_number(span.since) for span in spans], events.days, "right") - 1
    known = events.days <= day_number(spans[-1].until)
    chosen = here & events.judged & (place >= 0) & known
    cells = place * size + key
    of = np.bincount(cells[chosen], minlength=len(spans) * size)
    reached = np.bincount(cells[chosen & events.reached], minlength=len(spans) * size)
    for cell in np.flatnonzero(of).tolist():
        quarter, group = divmod(cell, size)
        span = spans[quarter]
        yield (
            *name, way.dimension.id, way.groups[group // 2], bool(group % 2),
            span.since.isoformat(), span.until.isoformat(), int(of[cell]), int(reached[cell]),
        )  # fmt: skip


def _about(whose: Integers, everyone: Children) -> tuple[Integers, Integers]:
    """Whether each event's child is unaccompanied, and the child's family."""
    if not len(everyone.ids):
        return np.zeros(len(whose), np.int64), np.zeros(len(whose), np.int64)
    places, known = everyone.places_of(whose)
    alone_ = np.where(known, everyone.unaccompanied[places], 0)
    return alone_, np.where(known, families_of(everyone)[places], 0)


def _within(days: Integers, span: Span) -> Mask:
    inside: Mask = (days >= day_number(span.since)) & (days <= day_number(span.until))
    return inside


def _chosen(events: Events, places: Integers) -> tuple[Mask, Mask, Mask]:
    return events.judged[places], events.reached[places], events.waiting[places]


def _as_rows(
    name: tuple[Any, ...],
    way: Grouped,
    where: tuple[str, str, str],
    counts: Integers,
    as_at: date,
) -> Iterator[Row]:
    period, since, until = where
    for place in np.flatnonzero(counts.any(axis=0)).tolist():
        yield (
            *name, way.dimension.id, way.groups[place // 2], period, bool(place % 2), since, until,
            *counts[:, place].tolist(), as_at.isoformat(),
        )  # fmt: skip


def _counted(
    events: tuple[Mask, Mask, Mask], keys: Integers, families: Integers, size: int
) -> Integers:
    """Count by group and population, in the order of the model's fields."""
    judged, reached, waiting = events
    reached = judged & reached
    masks = (judged, reached, judged & waiting, ~judged)
    counts = [np.bincount(keys[mask], minlength=size) for mask in masks]
    return np.stack([*counts, *_by_family(keys[judged], families[judged], reached[judged], size)])


def _by_family(
    keys: Integers, families: Integers, reached: Mask, size: int
) -> tuple[Integers, Integers, Integers]:
    """The sums over families of their counts squared, and of one count times the other.

    Rows are in order of family already.
    """
    order = np.argsort(keys.astype(np.int16), kind="stable")
    keys, families, reached = keys[order], families[order], reached[order].astype(np.int64)
    first = np.ones(len(keys), bool)
    first[1:] = (keys[1:] != keys[:-1]) | (families[1:] != families[:-1])
    starts = np.flatnonzero(first)
    of = np.diff(np.append(starts, len(keys)))
    went_on = np.add.reduceat(reached, starts) if len(starts) else of
    sums = (of * of, went_on * went_on, went_on * of)
    of_squared, reached_squared, product = (
        np.bincount(keys[starts], weights=each, minlength=size).astype(np.int64) for each in sums
    )
    return of_squared, reached_squared, product
