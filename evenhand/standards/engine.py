"""Outcomes of one standard for many subjects, as rows of ``standing``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from evenhand.facts.holding import NOTHING, Integers
from evenhand.facts.reading import Subjects
from evenhand.rules import Horizon, Standard, State
from evenhand.rules.calendar import Calendar
from evenhand.rules.columns import STATES, OutcomeColumns, evaluate_columns, states_of
from evenhand.rules.holding import horizon_of
from evenhand.rules.moments import to_micros
from evenhand.rules.table import Column, Mask
from evenhand.standards.models import Standing
from evenhand.standards.rows import COLUMNS
from evenhand.standards.states import Horizons

Kind = Standing.Kind
KIND_OF_STATE: Mapping[State, Kind] = {
    State.KEPT: Kind.DONE_IN_TIME,
    State.KEPT_LATE: Kind.DONE_LATE,
    State.EXCUSED: Kind.EXCUSED,
    State.NOT_RECORDED: Kind.NOT_RECORDED,
}
KINDS = np.array([KIND_OF_STATE.get(state, Kind.NOT_DONE) for state in STATES], np.int64)
NOT_KNOWN = STATES.index(State.NOT_KNOWN)


def rows_of(
    standard: Standard,
    subjects: Subjects,
    calendar: Calendar,
    now: datetime,
    horizons: Horizons,
) -> Integers:
    """Every cycle that has a due day, as rows in the order of ``rows.COLUMNS``."""
    count = len(subjects.ids)
    horizon = horizon_of(standard, horizons)
    found = evaluate_columns(standard, subjects.facts, calendar, now, rows=count, horizon=horizon)
    states = states_of(found, now, horizon)
    excuses = _excuses(standard, subjects, calendar, now, found.excused, horizon)
    columns = {
        "subject_id": subjects.ids[found.row],
        "cycle": found.cycle,
        "child_id": subjects.children[found.row],
        "team_id": subjects.teams[found.row],
        "worker_id": subjects.workers[found.row],
        "anchor_on": _days(found.anchor),
        "due_on": _days(found.due),
        "due_at": _moments(found.due),
        "due_from_at": _earliest(found),
        "done_on": _days(found.done),
        "done_at": _moments(found.done),
        "excused_by": excuses,
        "not_recorded": found.unrecorded,
        "provisional": found.provisional,
        "kind": _kinds(found, states, now),
    }
    rows = np.empty((np.count_nonzero(found.due.valid), len(COLUMNS)), np.int64)
    for place, name in enumerate(COLUMNS):  # each column is let go once it is in its place
        rows[:, place] = columns.pop(name)[found.due.valid]
    return rows


def _days(column: Column) -> Integers:
    return np.where(column.valid, column.days().astype(np.int64), NOTHING)


def _moments(column: Column) -> Integers:
    """Moments known to the minute; those known by their day alone are days."""
    if column.kind != "moment":
        return np.full(len(column), NOTHING, np.int64)
    exact = column.valid if column.by_day is None else column.valid & ~column.by_day
    return np.where(exact, column.values, NOTHING)


def _earliest(found: OutcomeColumns) -> Integers:
    """The earliest moment due, where the start is known only by its day."""
    due = _moments(found.due)
    if found.due_from is None:
        return np.full(len(due), NOTHING, np.int64)
    return np.where((due != NOTHING) & (found.due_from != due), found.due_from, NOTHING)


def _kinds(found: OutcomeColumns, states: NDArray[np.uint8], now: datetime) -> Integers:
    """What due and done settle between them; not known with a done is for want of the hour."""
    kinds = KINDS[states]
    if "moment" in (found.due.kind, found.done.kind):
        happened = found.done.valid & (found.done.spans()[0] <= to_micros(now))
        kinds[(states == NOT_KNOWN) & happened] = Kind.DAY_ONLY
    return kinds


def _excuses(
    standard: Standard,
    subjects: Subjects,
    calendar: Calendar,
    now: datetime,
    excused: Mask,
    horizon: Horizon | None,
) -> Integers:
    """Which fact excuses each cycle, counted from 1 in the standard's order; 0 for none."""
    found = excused.astype(np.int64)
    if len(standard.excused_by) > 1 and excused.any():
        for place in range(len(standard.excused_by), 0, -1):
            alone = replace(standard, excused_by=standard.excused_by[place - 1 : place])
            count = len(subjects.ids)
            mine = evaluate_columns(
                alone, subjects.facts, calendar, now, rows=count, horizon=horizon
            ).excused
            found[mine] = place
    return found
