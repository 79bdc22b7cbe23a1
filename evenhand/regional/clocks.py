"""Clocks worked out from facts: due days and states looked up by the day of the start."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from evenhand.regional.counts import IN_TIME, UNJUDGED, WAITING
from evenhand.rules import Calendar, Dated, Deadline, Horizon, State
from evenhand.rules.column_states import CODE, undone
from evenhand.rules.due_table import BY_DAY, Clock
from evenhand.rules.moments import to_day
from evenhand.rules.table import Mask

FROM, TO = to_day(date(1990, 1, 1)), to_day(date(2060, 1, 1))
NEVER = np.iinfo(np.int32).max
NOT_COUNTED = 9
BLOCK = 65_536
Codes = NDArray[Any]
HOW = {State.LATE: WAITING, State.NOT_KNOWN: UNJUDGED, State.NOT_RECORDED: UNJUDGED}


class Table(NamedTuple):
    """For each start day from ``FROM``: the day due, and how it counts while it is not done.

    ``due`` is ``NEVER`` where no rule is in force. ``begins`` is the first day held: what fell due
    before it and is seen done later is not known. Where nothing shows it done, all is unjudged.
    """

    due: Codes
    how: Codes
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
    how = np.full(len(states), NOT_COUNTED, np.uint8)
    for state, place in HOW.items():
        how[states == CODE[state]] = place
    first = horizon.complete_from if horizon else None
    due = np.where(ruled, dues.day, NEVER).astype(np.int32)
    return Table(due, how, today, to_day(first) if first else -NEVER, horizon is not None)


def judge(found: Table, starts: Codes, stops: Codes, done: Mask) -> tuple[Codes, Codes]:
    """Return the day due of each start, and how it counts; ``NOT_COUNTED`` for what is open.

    Days are int32, ``done`` says which stops are recorded. A start outside the table's days is not
    counted. In blocks that stay in the processor's cache: twice as fast as whole arrays.
    """
    due, how = np.empty(len(starts), np.int32), np.empty(len(starts), np.uint8)
    for first in range(0, len(starts), BLOCK):
        part = slice(first, first + BLOCK)
        _judge(found, starts[part], stops[part], done[part], due[part], how[part])
    return due, how


def _judge(found: Table, start: Codes, stop: Codes, done: Mask, due: Codes, how: Codes) -> None:
    """Write the days due and how each counts into ``due`` and ``how``."""
    places = np.subtract(start, FROM, dtype=np.intp)
    found.due.take(places, out=due, mode="clip")
    found.how.take(places, out=how, mode="clip")
    happened = done & (stop <= found.today)
    if found.is_held:
        late = stop > due
        np.copyto(how, np.add(late, np.uint8(IN_TIME), dtype=np.uint8), where=happened)
        if found.begins > due.min(initial=0):
            how[happened & late & (due < found.begins)] = UNJUDGED
    else:
        how[happened] = UNJUDGED
    odd = (due == NEVER) | (start < FROM) | (start >= TO)
    if odd.any():
        due[odd], how[odd] = NEVER, NOT_COUNTED
