"""The rows kept for a closer look: two ways at once, the teams, and how long each group waits."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce

from evenhand.analytics.waits import Waits, between
from evenhand.equality.events import Events, day_number
from evenhand.equality.grouping import Grouped
from evenhand.equality.keeping import crossed, waited
from evenhand.equality.looking import close_on
from evenhand.equality.pathway import value
from evenhand.facts.expressions import EpochDay
from evenhand.facts.holding import Integers
from evenhand.facts.reading import fetch_integers
from evenhand.rules import Horizon, Standard
from evenhand.rules.periods import YEAR, spans_to
from evenhand.standards.models import Standing

NEVER = date(9999, 12, 31)
Kind = Standing.Kind
NOT_WAITING = (Kind.EXCUSED, Kind.NOT_RECORDED)
Row = tuple[Any, ...]


def layout_of(ways: Sequence[Grouped], as_at: date) -> crossed.Layout:
    """Return which ways are crossed with which on a day."""
    pairs = crossed.pairs_of([way.dimension for way in ways], close_on(as_at).allow_for)
    return crossed.Layout.of({way.dimension.id: way.groups for way in ways}, pairs)


def crossed_row(
    events: Events, chosen: Integers, keys: Mapping[str, Integers], layout: crossed.Layout
) -> str:
    """Return the body of the events at ``chosen``; ``keys`` are twice the place of the group of
    each event by way, and one more for the unaccompanied."""
    judged = chosen[events.judged[chosen]]
    places = {way: key[judged] // 2 for way, key in keys.items()}
    alone, reached = next(iter(keys.values()))[judged] % 2, events.reached[judged]
    counts = crossed.count(layout, places, alone, reached)
    teams = crossed.by_team(events.teams[judged], alone, reached)
    return json.dumps(crossed.written(layout, counts, teams))


class Begun(NamedTuple):
    """Clocks of one standard that started in the year, as far as their end is known."""

    whose: Integers
    teams: Integers
    began: Integers
    allowed: Integers
    waits: Waits
    until: date


def begun_of(standard: Standard, as_at: date, horizon: Horizon) -> Begun:
    """Read the clocks that started in the year that ends on a day. One query."""
    since = spans_to(as_at, int(value("months-counted", as_at)))[YEAR].since
    until = min(as_at, horizon.complete_to or as_at)
    whose, teams, began, done, due = fetch_integers(_rows(standard, since, until), 5)
    waits = between(began, done, day_number(until))
    return Begun(whose, teams, began, due - began, waits, until)


def waits_by_way(
    begun: Begun, chosen: Integers, keys: Mapping[str, Integers], groups: crossed.Groups
) -> Iterator[tuple[str, str]]:
    """Yield each way's id with the body of the waits at ``chosen``; ``keys`` as of events."""
    alone = next(iter(keys.values()))[chosen] % 2
    usual = waited.allowed(begun.allowed[chosen], alone)
    some = Waits(*(column[chosen] for column in begun.waits))
    for way, key in keys.items():
        counts = waited.counted(some, key[chosen] // 2, alone)
        yield way, json.dumps({"groups": list(groups[way]), "allowed": usual, **counts})


def _rows(standard: Standard, since: date, until: date) -> QuerySet[Standing, tuple[int, ...]]:
    rows = Standing.objects.filter(
        standard=standard.id, anchor_on__gte=since, anchor_on__lte=until, due_on__isnull=False
    ).exclude(kind__in=NOT_WAITING)
    nobody = Value(0)
    return rows.order_by().values_list(
        Coalesce(F("child_id"), nobody), Coalesce(F("team_id"), nobody), EpochDay("anchor_on"),
        EpochDay(Coalesce("done_on", Value(NEVER))), EpochDay("due_on"),
    )  # fmt: skip
