"""Clocks worked out from facts: due days and states looked up by the day of the start."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import numpy as np

from evenhand.analytics.arrays import Ints
from evenhand.regional.counts import IN_TIME, REACHED, UNJUDGED, WAITING
from evenhand.rules import Calendar, Dated, Deadline, Horizon, State
from evenhand.rules.column_states import CODE, undone
from evenhand.rules.due_table import BY_DAY, Clock
from evenhand.rules.moments import to_day

FROM, TO = to_day(date(1990, 1, 1)), to_day(date(2060, 1, 1))
NEVER = np.iinfo(np.int32).max
NOT_COUNTED = 9
HOW = {State.LATE: WAITING, State.NOT_KNOWN: UNJUDGED, State.NOT_RECORDED: UNJUDGED}


class Table(NamedTuple):
    """For each start day from ``FROM``: the day due, and how it counts while it is not done.

    ``due`` is ``NEVER`` where no rule is in force. ``begins`` is the first day held: what fell due
    before it and is seen done later is not known. Where nothing shows it done, all is unjudged.
    """

    due: Ints
    how: Ints
    today: int
    begins: int
    is_held: bool


def table(standard: Deadline, calendar: Calendar, as_at: date, horizon: Horizon | None) -> Table:
    """Return the table of one clock in one authority."""
    within = standard.within
    if not isinstance(within, Dated):
        raise TypeError(f"{standard.id} is not counted in days")
    sign = -1 if standard.direction == "before" else 1
    dues = Clock(within, calendar, sign, standard.roll).table(FROM, TO)
    today, ruled = to_day(as_at), dues.rule == BY_DAY
    states = undone(dues.day >= today, dues.day, dues.day, horizon)
    how = np.full(len(states), NOT_COUNTED, np.int64)
    for state, place in HOW.items():
        how[states == CODE[state]] = place
    first = horizon.complete_from if horizon else None
    due = np.where(ruled, dues.day, NEVER).astype(np.int64)
    return Table(due, how, today, to_day(first) if first else -NEVER, horizon is not None)


def judge(found: Table, starts: Ints, stops: Ints, done: Ints) -> tuple[Ints, Ints]:
    """Return the day due of each start, and how it counts; ``NOT_COUNTED`` for what is open.

    ``done`` says which stops are recorded. A start outside the table's days is not counted.
    """
    inside = (starts >= FROM) & (starts < TO)
    places = np.where(inside, starts - FROM, 0)
    due = np.where(inside, found.due[places], NEVER)
    happened = done.astype(bool) & (stops <= found.today)
    late = stops > due
    kept = np.where(late, np.where(due < found.begins, UNJUDGED, REACHED), IN_TIME)
    how = np.where(happened, kept if found.is_held else UNJUDGED, found.how[places])
    return due, np.where(due == NEVER, NOT_COUNTED, how)
