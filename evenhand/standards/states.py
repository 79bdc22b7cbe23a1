"""The state of a standing row at a moment: one meaning of late, the rules' own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from evenhand.accounts.once import once
from evenhand.facts.adopted import policy
from evenhand.facts.horizons import horizons
from evenhand.rules import Horizon, PerPeriod, Standard, State, state_of
from evenhand.rules.holding import horizon_of
from evenhand.standards.models import Standing

Kind = Standing.Kind
SETTLED: Mapping[int, State] = {
    Kind.DONE_IN_TIME: State.KEPT,
    Kind.DONE_LATE: State.KEPT_LATE,
    Kind.EXCUSED: State.EXCUSED,
    Kind.DAY_ONLY: State.NOT_KNOWN,
    Kind.NOT_RECORDED: State.NOT_RECORDED,
}
COUNTED = tuple(state for state in State if state not in (State.NOT_APPLICABLE, State.NO_RULE))
FIELD_OF: Mapping[State, str] = {state: state.value.replace(" ", "_") for state in COUNTED}
Horizons = Mapping[str, Horizon | None]


@once
def horizons_by_standard() -> Horizons:
    """Return, by standard, the horizon of what would show it kept. One query, or few."""
    standards = policy().standards
    known = horizons(fact for standard in standards.values() for fact in standard.all_shown_by)
    return {id_: horizon_of(standard, known) for id_, standard in standards.items()}


def horizon_alone(standard: Standard) -> Horizons:
    """Return the horizon of one standard, for those who read no other. One query, or few."""
    return {standard.id: horizon_of(standard, horizons(standard.all_shown_by))}


def state_now(row: Standing, now: datetime, known: Horizons) -> State:
    """Return the state of one row at a moment."""
    if row.kind in SETTLED:
        return SETTLED[Kind(row.kind)]
    due: date | datetime | None = row.due_at or row.due_on
    done = row.done_at or row.done_on
    horizon = known.get(row.standard)
    since = row.anchor_on if _counts_in_a_period(row.standard) else None
    return state_of(due, done, False, now, horizon, due_from=row.due_from_at, since=since)


def _counts_in_a_period(standard: str) -> bool:
    return isinstance(policy().standards.get(standard), PerPeriod)


def state_of_day(kind: int, due_on: date, now: datetime, horizon: Horizon | None) -> State:
    """Return as what rows of one kind that fall due on one day are counted.

    Where nothing could show that a standard was not kept, what was seen kept is no share of
    anything, and is counted as not recorded.
    """
    state = SETTLED.get(Kind(kind)) or state_of(due_on, None, False, now, horizon)
    seen_only = horizon is None and state in (State.KEPT, State.KEPT_LATE)
    return State.NOT_RECORDED if seen_only else state
