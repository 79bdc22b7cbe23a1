"""How long each group waits under one standard, those still waiting counted: read when asked."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import numpy as np
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce

from evenhand.accounts.models import User
from evenhand.analytics.waits import LifeTable, between, life_table
from evenhand.equality.events import day_number
from evenhand.equality.grouping import Children, grouped
from evenhand.equality.pathway import UNKNOWN, value
from evenhand.equality.queries.fares import Asked, counted_on, is_exact
from evenhand.equality.queries.seen import are_asked, of_reach
from evenhand.facts.expressions import EpochDay
from evenhand.facts.reading import fetch_integers
from evenhand.rules import Standard
from evenhand.rules.periods import YEAR, spans_to
from evenhand.standards.models import Standing
from evenhand.standards.states import horizon_alone

NEVER = date(9999, 12, 31)
Kind = Standing.Kind
NOT_WAITING = (Kind.EXCUSED, Kind.NOT_RECORDED)


class Waited(NamedTuple):
    """A row of ``table`` for each of ``groups``; ``due_after`` is the usual number of days allowed.

    Days are whole days of the calendar, from the day a clock starts to the day it is done, or to
    ``until``, up to which what was done is known.
    """

    groups: tuple[str, ...]
    table: LifeTable
    due_after: int
    until: date
    is_exact: bool


def waits_for(viewer: User, standard: Standard, asked: Asked, everyone: Children) -> Waited | None:
    """Return the waits of each group whose clock started in the year; None where nobody's did."""
    as_at = counted_on()
    since = spans_to(as_at, int(value("months-counted", as_at)))[YEAR].since
    horizon = horizon_alone(standard)[standard.id]
    until = min(as_at, (horizon.complete_to if horizon else None) or as_at)
    whose, teams, began, done, due = fetch_integers(_rows(standard, since, until), 5)
    chosen = of_reach(viewer, asked, teams) & are_asked(asked, everyone, whose)
    if horizon is None or not chosen.any():
        return None
    whose, teams, began, done, due = (each[chosen] for each in (whose, teams, began, done, due))
    way = grouped(asked.dimension, everyone)
    known = tuple(group for group in way.groups if group not in UNKNOWN)
    codes = way.of_events(everyone, whose, began, teams)
    table = life_table(between(began, done, day_number(until)), codes, len(known))
    due_after = int(np.median(due - began))
    return Waited(known, table, due_after, until, is_exact(viewer, asked.team))


def _rows(standard: Standard, since: date, until: date) -> QuerySet[Standing, tuple[int, ...]]:
    rows = Standing.objects.filter(
        standard=standard.id, anchor_on__gte=since, anchor_on__lte=until, due_on__isnull=False
    ).exclude(kind__in=NOT_WAITING)
    nobody = Value(0)
    return rows.order_by().values_list(
        Coalesce(F("child_id"), nobody), Coalesce(F("team_id"), nobody), EpochDay("anchor_on"),
        EpochDay(Coalesce("done_on", Value(NEVER))), EpochDay("due_on"),
    )  # fmt: skip
