"""The states of cycles in columns: one byte each, a place in STATES."""

from __future__ import annotations

from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from evenhand.rules import moments
from evenhand.rules.london import london_day
from evenhand.rules.outcome_columns import OutcomeColumns
from evenhand.rules.states import Horizon, State
from evenhand.rules.table import Column, Days, Mask

STATES: tuple[State, ...] = tuple(State)
CODE: dict[State, int] = {state: place for place, state in enumerate(STATES)}
Codes = NDArray[np.uint8]


def states_of(outcomes: OutcomeColumns, now: datetime, horizon: Horizon | None) -> Codes:
    """The state of each cycle at `now`, as `states.state_of` gives it: places in STATES.

    `horizon` is of what would show it done (`holding.horizon_of`).
    """
    due, done = outcomes.due, outcomes.done
    if due.kind == done.kind == "date":
        states = _by_days(outcomes, moments.to_day(london_day(now)), horizon)
    else:
        states = _by_moments(outcomes, now, horizon)
    states[~due.valid] = CODE[State.NO_RULE]
    states[outcomes.excused] = CODE[State.EXCUSED]
    states[outcomes.unrecorded] = CODE[State.NOT_RECORDED]
    return states


def _by_days(outcomes: OutcomeColumns, today: int, horizon: Horizon | None) -> Codes:
    due, done = outcomes.due.days(), outcomes.done.days()
    since = due if outcomes.since is None else outcomes.since
    states = undone(due >= today, due, since, horizon)
    happened = outcomes.done.valid & (done <= today)
    kept = np.where(done <= due, CODE[State.KEPT], CODE[State.KEPT_LATE])
    _forget_unseen(kept, due, horizon)
    np.copyto(states, kept, where=happened, casting="unsafe")
    return states


def _forget_unseen(done: NDArray[np.int64], due: Days, horizon: Horizon | None) -> None:
    """What fell due before the data begins and is first seen done later is not known."""
    if horizon is not None and horizon.complete_from is not None:
        unseen = due < moments.to_day(horizon.complete_from)
        done[unseen & (done == CODE[State.KEPT_LATE])] = CODE[State.NOT_KNOWN]


def _by_moments(outcomes: OutcomeColumns, now: datetime, horizon: Horizon | None) -> Codes:
    micros = moments.to_micros(now)
    due_first, due_last = outcomes.due.spans()
    by_day = _whole_days(outcomes.due)
    if outcomes.due_from is not None:
        due_first = np.where(by_day, due_first, outcomes.due_from)
    done_first, done_last = outcomes.done.spans()
    kept = np.where(by_day, done_first <= due_last, done_last <= due_first)
    late = done_first > due_last
    done_states = np.where(kept, CODE[State.KEPT], CODE[State.NOT_KNOWN])
    done_states[late & ~kept] = CODE[State.KEPT_LATE]
    due_day = outcomes.due.days()
    _forget_unseen(done_states, due_day, horizon)
    states = undone(micros <= due_last, due_day, due_day, horizon)
    happened = outcomes.done.valid & (done_first <= micros)
    np.copyto(states, done_states, where=happened, casting="unsafe")
    return states


def _whole_days(column: Column) -> Mask:
    if column.kind == "date":
        return np.ones(len(column), bool)
    return np.zeros(len(column), bool) if column.by_day is None else column.by_day


def undone(still_open: Mask, due: Days, since: Days, horizon: Horizon | None) -> Codes:
    """The state of each cycle that is not done: open, late, not known, or not recorded."""
    if horizon is None:
        return np.full(len(due), CODE[State.NOT_RECORDED], np.uint8)
    covered = np.ones(len(due), bool)
    if horizon.complete_from is not None:
        covered &= since >= moments.to_day(horizon.complete_from)
    if horizon.complete_to is not None:
        covered &= due <= moments.to_day(horizon.complete_to)
    states = np.where(covered, CODE[State.LATE], CODE[State.NOT_KNOWN])
    states[still_open] = CODE[State.OPEN]
    return states.astype(np.uint8)
