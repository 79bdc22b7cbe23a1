"""What is counted by group, as columns: steps of the pathway, and cycles of every clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

import numpy as np
from django.db.models import F, Value
from django.db.models.functions import Coalesce

from evenhand.equality.grouping.everyone import not_left_out
from evenhand.equality.grouping.records import wholly
from evenhand.equality.grouping.spells import SPREAD
from evenhand.equality.models import GroupTally
from evenhand.equality.pathway import YES, Step, steps, value
from evenhand.facts.expressions import EpochDay
from evenhand.facts.holding import NOTHING, Integers
from evenhand.facts.horizons import horizons
from evenhand.facts.reading import Subjects, columns, fetch_integers
from evenhand.facts.registry import SUBJECTS, is_bound
from evenhand.policy.entries import in_force
from evenhand.rules import Horizon, Standard, State
from evenhand.rules.moments import from_day, to_day
from evenhand.rules.periods import BEFORE, Span, Spans, known_from, quarters_to, spans_to
from evenhand.rules.table import Column, Mask
from evenhand.standards.models import Standing
from evenhand.standards.states import Horizons, state_of_day

Kind = GroupTally.Kind
NOT_IN_TIME = (State.LATE, State.KEPT_LATE)
JUDGED = (State.KEPT, *NOT_IN_TIME)
LEFT_OUT = (State.OPEN, State.EXCUSED)
# Naming the kinds lets the database find the days by its index: sixteen times quicker on SQLite.
JUDGEABLE = [kind for kind in Standing.Kind if kind != Standing.Kind.EXCUSED]


class Events(NamedTuple):
    """Events of one measure in columns, with the days of each period.

    ``judged`` are counted, ``reached`` of them went on (or were not in time), ``waiting`` of the
    reached are not done yet; the events that are not judged stand beside. ``days`` put an event in
    a period, on ``placed`` its child's group is read. ``ids`` are the keys of the records (of the
    standings, for a clock). ``took`` are the days from ``placed`` until it went on or was done;
    ``NOTHING`` where it has not. ``quarters`` are those of which all is known, in order; the last
    ends on the last day that is. A day after the last period is in none: it is not counted yet.
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
    spans: Spans
    ids: Integers
    took: Integers
    quarters: tuple[Span, ...]


def of_pathway(as_at: date, measure: str = "") -> Iterator[Events]:
    """Yield the events of each step that something we hold can show.

    With a ``measure``, of that step and those before it alone: each counts those of the last.
    """
    reached: dict[str, Integers] = {}
    for step in _up_to(measure) if measure else steps():
        found = _of_step(step, reached.get(step.after), as_at)
        if found is not None:
            ids, events = found
            reached[step.id] = ids[events.reached]
            yield events


def _up_to(measure: str) -> list[Step]:
    named = {step.id: step for step in steps()}
    found: list[Step] = []
    while measure in named and named[measure] not in found:
        found.insert(0, named[measure])
        measure = named[measure].after
    return found


def _of_step(step: Step, only: Integers | None, as_at: date) -> tuple[Integers, Events] | None:
    known = horizons([step.at, step.next_at])
    horizon = known.get(step.next_at)
    if horizon is None or not _is_bound(step) or (step.after and only is None):
        return None
    answers = [step.answered_by] if step.answered_by else []
    found = columns(step.subject, [step.at, *step.among, *answers])
    at = _single(found, step.at)
    counted = at.valid & _among(step, found) & not_left_out(found.children)
    if only is not None:
        counted &= np.isin(found.ids, only)
    days, whose = at.days().astype(np.int64)[counted], found.children[counted]
    within = int(in_force(step.within, as_at))
    if step.answered_by:
        judged, reached, took = _answered(_single(found, step.answered_by), counted, step.answer)
    else:
        judged = np.ones(len(days), bool)
        reached, took = _followed(whose, days, *_next(step), within)
    until = min(as_at, horizon.complete_to or as_at) - timedelta(within)
    events = Events(
        Kind.STEP, step.id, whose, found.teams[counted], days, days, judged, reached,
        reached & False, _spans(until, as_at, horizon), found.ids[counted], took,
        _quarters(until, as_at, horizon),
    )  # fmt: skip
    return events.ids, events


def _answered(column: Column, counted: Mask, answer: str) -> tuple[Mask, Mask, Integers]:
    """Which events have the fact on record, of which it is so, and no days that it took."""
    valid, values = column.valid[counted], column.values[counted]
    if column.kind == "code":
        wanted = column.codes.index(answer) if answer in column.codes else -1
    else:
        wanted = int(answer == YES)
    return valid, valid & (values == wanted), np.full(len(valid), NOTHING, np.int64)


def _spans(until: date, as_at: date, horizon: Horizon | None) -> Spans:
    """Leave out a period that begins before our data does: what followed is not known of it."""
    spans = spans_to(until, int(value("months-counted", as_at)))
    return known_from(spans, horizon.complete_from if horizon else None)


def _quarters(until: date, as_at: date, horizon: Horizon | None) -> tuple[Span, ...]:
    """The pack's number of whole quarters, without those that begin before our data does."""
    found = quarters_to(until, int(value("quarters-counted", as_at)))
    first = horizon.complete_from if horizon else None
    return tuple(span for span in found if first is None or first <= span.since)


def _single(found: Subjects, name: str) -> Column:
    column = found.facts[name]
    if not isinstance(column, Column):
        raise LookupError(f"pathway.yaml: {name} holds many values; name a fact of one day")
    return column


def _is_bound(step: Step) -> bool:
    names = (step.at, step.next_at, *step.among)
    return {step.subject, step.next_subject} <= set(SUBJECTS) and all(map(is_bound, names))


def _among(step: Step, found: Subjects) -> Mask:
    mask = np.ones(len(found.ids), bool)
    for name, wanted in step.among.items():
        column = found.facts.get(name)
        if isinstance(column, Column):
            is_so = column.valid & (column.values == (wanted == YES))
            mask &= column.valid if wanted == "recorded" else is_so
    return mask


def _next(step: Step) -> tuple[Integers, Integers]:
    """Return whose the next stage's records are, and the day on which each began."""
    names = [step.next_at, *([step.unless_fact] if step.unless_fact else [])]
    found = columns(step.next_subject, names)
    at = _single(found, step.next_at)
    counted = at.valid & ~wholly(found.facts.get(step.unless_fact), step.unless_codes)
    return found.children[counted], at.days().astype(np.int64)[counted]


def _followed(
    whose: Integers, days: Integers, their: Integers, began: Integers, within: int
) -> tuple[Mask, Integers]:
    """Which events were followed, for the same child, on the day or within so many days, and when.

    A record from before the event does not follow it, whatever else it says.
    """
    keys = np.sort(their * SPREAD + began)
    first = np.searchsorted(keys, whose * SPREAD + days, side="left")
    last = np.searchsorted(keys, whose * SPREAD + days + within, side="right")
    reached = np.asarray((last > first) & (whose > 0), bool)
    took = np.full(len(days), NOTHING, np.int64)
    took[reached] = keys[first[reached]] - (whose[reached] * SPREAD + days[reached])
    return reached, took


def of_clock(standard: Standard, as_at: date, now: datetime, known: Horizons) -> Events | None:
    """Return what fell due under one standard in the two periods; None where nothing did."""
    spans, quarters = _spans(as_at, as_at, None), _quarters(as_at, as_at, None)
    first = min(spans[BEFORE].since, quarters[0].since)
    rows = Standing.objects.filter(
        standard=standard.id, kind__in=JUDGEABLE, due_on__gte=first, due_on__lte=as_at
    ).order_by()
    nobody = Value(0)
    anchored = EpochDay(Coalesce("anchor_on", "due_on"))
    chosen = rows.values_list(
        Coalesce(F("child_id"), nobody), Coalesce(F("team_id"), nobody), "kind",
        EpochDay("due_on"), anchored, Coalesce(EpochDay("done_on"), Value(NOTHING)), "pk",
    )  # fmt: skip
    whose, teams, kinds, due, anchors, done, ids = fetch_integers(chosen, 7)
    if not len(whose):
        return None
    states = _states(kinds, due, now, known.get(standard.id))
    counted = ~np.isin(states, [_place(one) for one in LEFT_OUT]) & not_left_out(whose)
    took = np.where(done == NOTHING, NOTHING, done - anchors)
    states = states[counted]
    return Events(
        Kind.CLOCK, standard.id, whose[counted], teams[counted], due[counted], anchors[counted],
        np.isin(states, [_place(one) for one in JUDGED]),
        np.isin(states, [_place(one) for one in NOT_IN_TIME]),
        states == _place(State.LATE), spans, ids[counted], took[counted], quarters,
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
