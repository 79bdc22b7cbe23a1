"""What is counted by group, as columns: steps of the pathway, and cycles of every clock."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

import numpy as np
from django.db.models import F, Value
from django.db.models.functions import Coalesce

from evenhand.equality.models import GroupTally
from evenhand.equality.pathway import Step, in_force, steps, value
from evenhand.facts.expressions import EpochDay
from evenhand.facts.holding import Integers
from evenhand.facts.horizons import horizons
from evenhand.facts.reading import Subjects, columns, fetch_integers
from evenhand.facts.registry import SUBJECTS, is_bound
from evenhand.rules import Horizon, Standard, State
from evenhand.rules.moments import from_day, to_day
from evenhand.rules.table import Column, ManyColumn, Mask
from evenhand.standards.models import Standing
from evenhand.standards.states import Horizons, state_of_day

Kind, Period = GroupTally.Kind, GroupTally.Period
NOT_IN_TIME = (State.LATE, State.KEPT_LATE)
JUDGED = (State.KEPT, *NOT_IN_TIME)
LEFT_OUT = (State.OPEN, State.EXCUSED)
SPREAD = 2**20  # more days than any two lie apart: a child and a day in one whole number


class Span(NamedTuple):
    """The days of one period, both included."""

    since: date
    until: date


class Events(NamedTuple):
    """Events of one measure in columns, with the days of each period.

    ``judged`` are counted, ``reached`` of them went on (or were not in time), ``waiting`` of the
    reached are not done yet; the events that are not judged stand beside.
    """

    kind: str
    measure: str
    whose: Integers
    teams: Integers
    days: Integers
    placed: Integers
    judged: Mask
    reached: Mask
    waiting: Mask
    spans: Mapping[str, Span]


def spans_to(until: date, months: int) -> dict[str, Span]:
    """Return the months up to a day, and as many before them."""
    first = _months_back(until, months)
    earlier = _months_back(until, 2 * months)
    day = timedelta(1)
    return {Period.YEAR: Span(first + day, until), Period.BEFORE: Span(earlier + day, first)}


def _months_back(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(1)).day
    return date(year, month + 1, min(day.day, last))


def of_pathway(as_at: date) -> Iterator[Events]:
    """Yield the events of each step that something we hold can show."""
    reached: dict[str, Integers] = {}
    for step in steps():
        found = _of_step(step, reached.get(step.after), as_at)
        if found is not None:
            ids, events = found
            reached[step.id] = ids[events.reached]
            yield events


def _of_step(step: Step, only: Integers | None, as_at: date) -> tuple[Integers, Events] | None:
    known = horizons([step.at, step.next_at])
    horizon = known.get(step.next_at)
    if horizon is None or not _is_bound(step) or (step.after and only is None):
        return None
    found = columns(step.subject, [step.at, *step.among])
    at = _single(found, step.at)
    counted = at.valid & _among(step, found)
    if only is not None:
        counted &= np.isin(found.ids, only)
    days = at.days().astype(np.int64)[counted]
    whose = found.children[counted]
    within = int(in_force(step.within, as_at))
    reached = _followed(whose, days, *_next(step), within)
    until = min(as_at, horizon.complete_to or as_at) - timedelta(within)
    months = int(value("months-counted", as_at))
    spans = _known_from(spans_to(until, months), horizon)
    everyone = np.ones(len(days), bool)
    events = Events(
        Kind.STEP, step.id, whose, found.teams[counted], days, days, everyone, reached,
        reached & False, spans,
    )  # fmt: skip
    return found.ids[counted], events


def _single(found: Subjects, name: str) -> Column:
    column = found.facts[name]
    if not isinstance(column, Column):
        raise LookupError(f"pathway.yaml: {name} holds many values; name a fact of one day")
    return column


def _known_from(spans: Mapping[str, Span], horizon: Horizon) -> dict[str, Span]:
    """Leave out a period that begins before our data does: what followed is not known of it."""
    first = horizon.complete_from
    return {name: span for name, span in spans.items() if first is None or first <= span.since}


def _is_bound(step: Step) -> bool:
    names = (step.at, step.next_at, *step.among)
    return {step.subject, step.next_subject} <= set(SUBJECTS) and all(map(is_bound, names))


def _among(step: Step, found: Subjects) -> Mask:
    mask = np.ones(len(found.ids), bool)
    for name, wanted in step.among.items():
        column = found.facts.get(name)
        if isinstance(column, Column):
            is_so = column.valid & (column.values == (wanted == "yes"))
            mask &= column.valid if wanted == "recorded" else is_so
    return mask


def _next(step: Step) -> tuple[Integers, Integers]:
    """Return whose the next stage's records are, and the day on which each began."""
    names = [step.next_at, *([step.unless_fact] if step.unless_fact else [])]
    found = columns(step.next_subject, names)
    at = _single(found, step.next_at)
    counted = at.valid & ~_wholly(found.facts.get(step.unless_fact), step.unless_codes)
    return found.children[counted], at.days().astype(np.int64)[counted]


def _wholly(column: object, codes: tuple[str, ...]) -> Mask | np.bool_:
    """Which rows hold codes, and none but these."""
    if not isinstance(column, ManyColumn):
        return np.False_
    places = [place for place, code in enumerate(column.codes) if code in codes]
    among = column.per_row(np.isin(column.values, places))
    held = np.diff(column.offsets)
    return (held > 0) & (among == held)


def _followed(
    whose: Integers, days: Integers, their: Integers, began: Integers, within: int
) -> Mask:
    """Which events were followed, for the same child, on the day or within so many days."""
    keys = np.sort(their * SPREAD + began)
    first = np.searchsorted(keys, whose * SPREAD + days, side="left")
    last = np.searchsorted(keys, whose * SPREAD + days + within, side="right")
    return np.asarray((last > first) & (whose > 0), bool)


def of_clock(standard: Standard, as_at: date, now: datetime, known: Horizons) -> Events | None:
    """Return what fell due under one standard in the two periods; None where nothing did."""
    spans = spans_to(as_at, int(value("months-counted", as_at)))
    first = spans[Period.BEFORE].since
    rows = Standing.objects.filter(
        standard=standard.id, due_on__gte=first, due_on__lte=as_at
    ).order_by()
    nobody = Value(0)
    chosen = rows.values_list(
        Coalesce(F("child_id"), nobody), Coalesce(F("team_id"), nobody), "kind",
        EpochDay("due_on"), EpochDay(Coalesce("anchor_on", "due_on")),
    )  # fmt: skip
    whose, teams, kinds, due, anchors = fetch_integers(chosen, 5)
    if not len(whose):
        return None
    states = _states(kinds, due, now, known.get(standard.id))
    counted = ~np.isin(states, [_place(one) for one in LEFT_OUT])
    states = states[counted]
    return Events(
        Kind.CLOCK, standard.id, whose[counted], teams[counted], due[counted], anchors[counted],
        np.isin(states, [_place(one) for one in JUDGED]),
        np.isin(states, [_place(one) for one in NOT_IN_TIME]),
        states == _place(State.LATE), spans,
    )  # fmt: skip


STATES = tuple(State)


def _place(state: State) -> int:
    return STATES.index(state)


def _states(kinds: Integers, due: Integers, now: datetime, horizon: Horizon | None) -> Integers:
    """The state of each row: worked out once for each kind and day due."""
    keys = kinds * SPREAD + due
    different, places = np.unique(keys, return_inverse=True)
    found = [
        _place(state_of_day(int(kind), from_day(int(day)), now, horizon))
        for kind, day in zip(*np.divmod(different, SPREAD), strict=True)
    ]
    return np.array(found, np.int64)[places]


def day_number(day: date) -> int:
    """Return a day as columns hold it."""
    return to_day(day)
