"""A time limit that can begin later, stand still and be extended: until when an answer is due.

Source: UK GDPR Article 12A and Article 12(3) and (6). Two readings of when the clock stands still
while a question is open are in use: with both the day of asking and the day of the answer left out
(Article 12A, since 5 February 2026), and with the day of the answer counted again (the Information
Commissioner's guidance before it). ``Pause.days`` takes which of them holds as ``both_ends``.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from evenhand.rules.arithmetic import add_days, add_offset
from evenhand.rules.calendar import Calendar
from evenhand.rules.values import Offset


class Pause(NamedTuple):
    """A question was asked on a day and answered on another; None: not yet.

    ``both_ends``: neither the day of asking nor the day of the answer counts.
    """

    asked_on: date
    answered_on: date | None
    both_ends: bool = True

    def days(self) -> frozenset[date]:
        """The days that do not count. A question that is open leaves out the day of asking."""
        last = self.answered_on or self.asked_on
        length = (last - self.asked_on).days + (1 if self.both_ends else 0)
        return frozenset(add_days(self.asked_on, n) for n in range(max(length, 0)))


class Extension(NamedTuple):
    """By how much longer, and on which day the person was told."""

    by: Offset
    told_on: date


class Due(NamedTuple):
    """What follows. ``on`` is the day due; ``unextended`` what it is without an extension.

    ``stopped``: the clock stands still now, so that ``on`` is the earliest that it can be.
    ``extended`` is None where nobody extended; False where the person was told too late.
    """

    starts_on: date
    on: date
    unextended: date
    days_left_out: int
    stopped: bool
    extended: bool | None


def due(
    received_on: date,
    within: Offset,
    calendar: Calendar,
    *,
    identity: Pause | None = None,
    clarifications: Iterable[Pause] = (),
    extension: Extension | None = None,
) -> Due:
    """Until when a request received on a day is to be answered, moved to the next working day.

    The clock starts when identity was shown, where it had to be asked for. Days that several
    questions share are left out once, and only those from the start on.
    """
    starts_on, asked = (
        _start(received_on, identity),
        sorted(clarifications, key=lambda pause: pause.asked_on),
    )
    questions = (*asked, *([identity] if identity else []))
    stopped = any(pause.answered_on is None for pause in questions)
    days = _left_out(starts_on, within, asked, calendar)
    unextended = _day(starts_on, within, days, calendar)
    if extension is None:
        return Due(starts_on, unextended, unextended, days, stopped, None)
    if extension.told_on > add_days(add_offset(starts_on, within, calendar), days):
        return Due(starts_on, unextended, unextended, days, stopped, False)
    longer = Offset(within.value + extension.by.value, within.unit)
    days = _left_out(starts_on, longer, asked, calendar)
    return Due(starts_on, _day(starts_on, longer, days, calendar), unextended, days, stopped, True)


def _start(received_on: date, identity: Pause | None) -> date:
    if identity is None:
        return received_on
    return max(received_on, identity.answered_on or identity.asked_on)


def _left_out(starts_on: date, within: Offset, asked: Iterable[Pause], calendar: Calendar) -> int:
    """How many days do not count; what was asked once it was due stops nothing any more."""
    days: set[date] = set()
    for pause in asked:
        if pause.asked_on <= _day(starts_on, within, len(days), calendar):
            days |= {day for day in pause.days() if day >= starts_on}
    return len(days)


def _day(starts_on: date, within: Offset, left_out: int, calendar: Calendar) -> date:
    return calendar.rolled(add_days(add_offset(starts_on, within, calendar), left_out), 1)
