"""One list of states and the one function that gives them: what late means, everywhere."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from evenhand.rules.london import london_day, span


class State(StrEnum):
    """How one cycle of a standard stands at a moment."""

    KEPT = "kept"
    KEPT_LATE = "kept late"
    LATE = "late"
    OPEN = "open"
    NOT_KNOWN = "not known"
    NOT_RECORDED = "not recorded"
    EXCUSED = "excused"
    NOT_APPLICABLE = "not applicable"
    NO_RULE = "no rule in force"


class Horizon(NamedTuple):
    """The days between which a source holds a fact completely, both included; None: no limit."""

    complete_from: date | None = None
    complete_to: date | None = None

    def covers(self, due: date, since: date) -> bool:
        """Whether an event that falls from `since` to `due` would be in the data."""
        begins = self.complete_from is None or since >= self.complete_from
        ends = self.complete_to is None or due <= self.complete_to
        return begins and ends


WHOLLY = Horizon(None, None)


def state_of(
    due: date | datetime | None,
    done: date | datetime | None,
    excused: bool,
    now: datetime,
    horizon: Horizon | None,
    *,
    due_from: datetime | None = None,
    since: date | None = None,
) -> State:
    """The state of one cycle at `now`; an excuse wins, and no due means no rule in force.

    A date due is due at the end of that London day. Against a moment due, a date done counts only
    where dates alone settle it. `due_from` is the earliest that a moment due can be, where the
    start is known only by its day. `horizon` is of the fact that would show it done: None means
    that no source holds it. `since` is the first day on which the event would have counted, for
    counts in a period (default: the due day). What is dated after `now` has not happened yet.
    What fell due before the data begins and is first seen done later is not known: it may have
    been done before.
    """
    if excused:
        return State.EXCUSED
    if due is None:
        return State.NO_RULE
    if done is not None and has_happened(done, now):
        state = _when_done(due, done, due_from)
        unseen = state is State.KEPT_LATE and begins_after(horizon, london_day(due))
        return State.NOT_KNOWN if unseen else state
    return _when_not_done(due, now, horizon, since)


def begins_after(horizon: Horizon | None, day: date) -> bool:
    """Whether the data begins after a day, so that what was done by then is not in it."""
    first = horizon.complete_from if horizon else None
    return first is not None and day < first


def has_happened(value: date | datetime, now: datetime) -> bool:
    """Whether a dated value lies at or before `now`; a date counts from its first moment."""
    if isinstance(value, datetime):
        return value <= now
    return value <= london_day(now)


def _when_done(due: date | datetime, done: date | datetime, due_from: datetime | None) -> State:
    if not isinstance(due, datetime):
        return State.KEPT if london_day(done) <= due else State.KEPT_LATE
    earliest, latest = span(done)
    if latest <= (due_from or due):
        return State.KEPT
    return State.KEPT_LATE if earliest > due else State.NOT_KNOWN


def _when_not_done(
    due: date | datetime, now: datetime, horizon: Horizon | None, since: date | None
) -> State:
    if horizon is None:
        return State.NOT_RECORDED
    if now <= span(due)[1]:
        return State.OPEN
    due_day = london_day(due)
    covered = horizon.covers(due_day, since or due_day)
    return State.LATE if covered else State.NOT_KNOWN
