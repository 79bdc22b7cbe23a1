"""How a worker's months and development plans stand, by the packs' standards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from evenhand.design.wording import as_day
from evenhand.facts.adopted import policy
from evenhand.rules.arithmetic import add_months
from evenhand.rules.outcomes import Outcome
from evenhand.rules.periods import first_of
from evenhand.rules.reference import evaluate
from evenhand.rules.standards import Standard
from evenhand.rules.states import Horizon, State
from evenhand.rules.values import FactValue
from evenhand.workforce.pack import DEVELOPMENT_PLAN, SUPERVISION, standard_for

_DAY = timedelta(1)


class Away(NamedTuple):
    """The days of one absence, both included; ``until`` None: not back yet."""

    since: date
    until: date | None


class Told(NamedTuple):
    """What is known of one worker: when supervised, planned for and away, began and left."""

    supervised: tuple[date, ...] = ()
    away: tuple[Away, ...] = ()
    started_on: date | None = None
    left_on: date | None = None
    plans: tuple[date, ...] = ()


class Month(NamedTuple):
    """One calendar month of a worker: how supervision stands, and the days on which it was held."""

    first: date
    state: State
    held: tuple[date, ...]

    @property
    def is_missed(self) -> bool:
        """Whether the month is over, and they were neither supervised nor away all through."""
        return self.state is State.LATE


def months(told: Told, *, since: date, began: date | None, now: datetime) -> list[Month]:
    """Return each whole month from that of ``since`` on to that of ``now``, in order.

    ``began`` is the day from which supervision is known in their team: of months before it nothing
    is known, and who has no post on record is counted from then. Standard: the packs' supervision.
    """
    standard = standard_for(SUPERVISION)
    start = told.started_on or began
    if standard is None or start is None or began is None:
        return []
    today = as_day(now)
    case = {
        "worker.started": max(start, first_of(since)),
        "worker.supervised": told.supervised,
        "worker.left": told.left_on,
        "worker.absent_all_month": tuple(months_away(told.away, first_of(since), today)),
    }
    found = _judged(standard, case, Horizon(began, None), now)
    return [_month(one.state, as_day(one.due), told) for one in found if one.due is not None]


def months_away(away: Sequence[Away], since: date, today: date) -> Iterator[date]:
    """Yield the first day of each month up to today's of which no working day was worked."""
    first = since
    while first <= today:
        after = add_months(first, 1)
        days = _working_days(first, after)
        if days and all(_is_away(day, away) for day in days):
            yield first
        first = after


def has_plan(told: Told, *, began: date | None, now: datetime) -> bool:
    """Whether a worker has a development plan in force, by the packs' standard."""
    standard = standard_for(DEVELOPMENT_PLAN)
    held = tuple(day for day in told.plans if day <= as_day(now))
    if standard is None or not held:
        return bool(held)
    start = min([*held, *([told.started_on] if told.started_on else [])])
    case = {"worker.started": start, "worker.development_plans": held, "worker.left": None}
    found = _judged(standard, case, Horizon(began, None), now)
    return bool(found) and found[-1].state is State.OPEN


def _judged(
    standard: Standard, case: Mapping[str, FactValue], horizon: Horizon, now: datetime
) -> Sequence[Outcome]:
    known = dict.fromkeys(standard.facts(), horizon)
    return evaluate(standard, case, policy().calendar, now, known)


def _month(state: State, due: date, told: Told) -> Month:
    first = first_of(due)
    after = add_months(first, 1)
    held = tuple(day for day in sorted(told.supervised) if first <= day < after)
    return Month(first, state, held)


def _working_days(first: date, after: date) -> list[date]:
    days = (first + n * _DAY for n in range((after - first).days))
    return [day for day in days if policy().calendar.is_working(day)]


def _is_away(day: date, away: Iterable[Away]) -> bool:
    return any(one.since <= day and (one.until is None or day <= one.until) for one in away)
