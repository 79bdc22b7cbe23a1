"""The reference engine: one case at a time, slow and obvious. The columns must agree with it."""

from __future__ import annotations

from datetime import date, datetime

from evenhand.rules.calendar import Calendar
from evenhand.rules.cycles import Cycle, cycles_of, only_time, times
from evenhand.rules.holding import Horizons, horizon_of
from evenhand.rules.london import london_day
from evenhand.rules.outcomes import Outcome, Reason
from evenhand.rules.standards import PerPeriod, Recurrence, Standard
from evenhand.rules.states import Horizon, State, has_happened, state_of
from evenhand.rules.trees import Answer, answer, recorded, unknown_facts
from evenhand.rules.values import Case


def evaluate(
    standard: Standard, case: Case, calendar: Calendar, now: datetime, horizons: Horizons
) -> tuple[Outcome, ...]:
    """Every cycle of `standard` for one subject at `now` (a moment with a zone), in order.

    `where` no, no start, or a duty ended before it fell due: one outcome, not applicable. `where`
    unknown: the cycles stand, each not recorded. A fact missing from `horizons` is held by no
    source. A cycle is dropped where `until` came on or before its due day and it was not kept.
    """
    scope = answer(standard.where, case, london_day(now)) if standard.where else Answer.YES
    horizon = horizon_of(standard, horizons)
    begun = [] if scope is Answer.NO else cycles_of(standard, case, calendar, now, horizon)
    ended = only_time(case.get(standard.until)) if standard.until else None
    standing = [cycle for cycle in begun if not ended_first(cycle, ended)]
    if not standing:
        return (_not_applicable(standard, scope, bool(begun)),)
    unknown = _scope_reasons(standard, case, scope)
    return tuple(_outcome(standard, case, cycle, now, horizon, unknown) for cycle in standing)


def ended_first(cycle: Cycle, ended: date | datetime | None) -> bool:
    """Whether the duty ended by the day the cycle fell due, and it had not been kept by then.

    Days are compared: a duty that ends on its due day has ended first, since due is the day's end.
    """
    if ended is None:
        return False
    if cycle.due is None:
        return cycle.done is None
    due_day = london_day(cycle.due)
    kept = cycle.done is not None and london_day(cycle.done) <= due_day
    return london_day(ended) <= due_day and not kept


def _outcome(
    standard: Standard,
    case: Case,
    cycle: Cycle,
    now: datetime,
    horizon: Horizon | None,
    unknown: tuple[Reason, ...],
) -> Outcome:
    excuse = _excuse(standard, case, cycle)
    state = state_of(
        cycle.due, cycle.done, bool(excuse), now, horizon,
        due_from=cycle.due_from, since=cycle.since,
    )  # fmt: skip
    if cycle.unrecorded or unknown:
        state = State.NOT_RECORDED
    return Outcome(
        standard=standard.id, cycle=cycle.number, state=state, anchor=cycle.anchor,
        due=cycle.due, done=cycle.done, due_from=cycle.due_from, excused_by=excuse,
        provisional=cycle.provisional, clauses=standard.clauses, pack=standard.digest,
        reasons=(*cycle.reasons, *unknown, *_state_reasons(cycle, state, now, horizon, excuse)),
    )  # fmt: skip


def _excuse(standard: Standard, case: Case, cycle: Cycle) -> str:
    """The first fact that excuses the cycle, or "".

    A yes, or any value recorded, excuses; but in a standard with many cycles a date excuses only
    the cycle within which it falls, from its anchor to its due day.
    """
    for name in standard.excused_by:
        if _excuses(standard, case, name, cycle):
            return name
    return ""


def _excuses(standard: Standard, case: Case, name: str, cycle: Cycle) -> bool:
    given = [value for value in recorded(case.get(name)) if value is not False]
    dates = times(tuple(given))
    if not dates or not isinstance(standard, Recurrence | PerPeriod):
        return bool(given)
    if cycle.due is None:
        return False
    first, last = london_day(cycle.anchor), london_day(cycle.due)
    return any(first <= london_day(one) <= last for one in dates)


def _scope_reasons(standard: Standard, case: Case, scope: Answer) -> tuple[Reason, ...]:
    if scope is not Answer.UNKNOWN or standard.where is None:
        return ()
    missing = unknown_facts(standard.where, case)
    return (Reason.of("scope unknown"), *(Reason.of("fact not recorded", fact=n) for n in missing))


def _state_reasons(
    cycle: Cycle, state: State, now: datetime, horizon: Horizon | None, excuse: str
) -> list[Reason]:
    reasons = []
    if excuse:
        reasons.append(Reason.of("excused", fact=excuse))
    if cycle.provisional:
        reasons.append(Reason.of("provisional"))
    if cycle.done is not None and not has_happened(cycle.done, now):
        reasons.append(Reason.of("done later", on=cycle.done))
    elif cycle.done is not None and london_day(cycle.done) < london_day(cycle.anchor):
        reasons.append(Reason.of("done before start", on=cycle.done))
    if state is State.NOT_KNOWN:
        reasons.append(_why_not_known(cycle, now, horizon))
    return reasons


def _why_not_known(cycle: Cycle, now: datetime, horizon: Horizon | None) -> Reason:
    if horizon is None or (cycle.done is not None and has_happened(cycle.done, now)):
        return Reason.of("time not known")
    return Reason.of("beyond data", since=horizon.complete_to, from_=horizon.complete_from)


def _not_applicable(standard: Standard, scope: Answer, begun: bool) -> Outcome:
    code = "out of scope" if scope is Answer.NO else "ended first" if begun else "not started"
    return Outcome(
        standard=standard.id, cycle=0, state=State.NOT_APPLICABLE, anchor=None, due=None,
        reasons=(Reason.of(code),), clauses=standard.clauses, pack=standard.digest,
    )  # fmt: skip
