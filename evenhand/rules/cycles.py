"""When each cycle of a standard begins, falls due and was done: slow and obvious, case by case."""

from __future__ import annotations

import calendar as months_of
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from evenhand.rules.arithmetic import add_offset, add_time
from evenhand.rules.calendar import Calendar
from evenhand.rules.london import london_day, span
from evenhand.rules.outcomes import Reason
from evenhand.rules.standards import (
    Deadline,
    Period,
    PerPeriod,
    Recurrence,
    Standard,
    TestStandard,
)
from evenhand.rules.states import Horizon, begins_after, has_happened
from evenhand.rules.trees import Answer, answer, recorded, unknown_facts
from evenhand.rules.values import Case, Entry, FactValue, Offset

Time = date | datetime


@dataclass(frozen=True)
class Cycle:
    """One turn of a clock. `unrecorded` says that what decides it is not recorded."""

    number: int
    anchor: Time
    due: Time | None
    done: Time | None = None
    due_from: datetime | None = None
    since: date | None = None
    provisional: bool = False
    unrecorded: bool = False
    reasons: tuple[Reason, ...] = ()


def cycles_of(
    standard: Standard, case: Case, calendar: Calendar, now: datetime, horizon: Horizon | None
) -> list[Cycle]:
    """Every cycle that has begun, in order; none where what starts it is not recorded.

    `horizon` is of what would show the standard kept.
    """
    if isinstance(standard, Deadline):
        return list(_deadline(standard, case, calendar))
    if isinstance(standard, Recurrence):
        return list(_recurrence(standard, case, calendar, now, horizon))
    if isinstance(standard, PerPeriod):
        return list(_per_period(standard, case, now))
    if isinstance(standard, TestStandard):
        return list(_test(standard, case, now))
    raise TypeError(f"{type(standard).__name__} is not a kind of standard")


def times(value: FactValue) -> list[Time]:
    """The dates and moments that a fact records, in order of the latest that each can mean."""
    found = [one for one in recorded(value) if isinstance(one, date)]
    return sorted(found, key=lambda one: span(one)[::-1])


def only_time(value: FactValue) -> Time | None:
    """The date or moment of a single fact, or None."""
    return value if isinstance(value, date) else None


# Deadlines ---------------------------------------------------------------------------------------


def _deadline(standard: Deadline, case: Case, calendar: Calendar) -> Iterator[Cycle]:
    start = only_time(case.get(standard.starts))
    if start is None:
        return
    done = _stopped(standard, case, london_day(start))
    began = Reason.of("starts", fact=standard.starts, on=start)
    if isinstance(standard.within, str):
        yield _due_by_fact(standard.within, case, start, done, began)
        return
    entry = standard.within.entry_on(london_day(start))
    if entry is None:
        yield Cycle(1, start, None, done, reasons=(began, Reason.of("no rule")))
        return
    yield _due_by_offset(standard, entry, start, done, calendar, began)


def _due_by_fact(fact: str, case: Case, start: Time, done: Time | None, began: Reason) -> Cycle:
    due = only_time(case.get(fact))
    reason = Reason.of("due fact", fact=fact) if due else Reason.of("due not recorded", fact=fact)
    return Cycle(1, start, due, done, unrecorded=due is None, reasons=(began, reason))


def _due_by_offset(
    standard: Deadline,
    entry: Entry[Offset],
    start: Time,
    done: Time | None,
    calendar: Calendar,
    began: Reason,
) -> Cycle:
    reasons = [began, within_reason(entry, standard.direction)]
    offset = entry.value
    if standard.direction == "before":
        offset = Offset(-offset.value, offset.unit)
    if standard.direction == "at":
        return Cycle(1, start, start, done, reasons=tuple(reasons))
    if offset.is_exact:
        earliest, latest = (add_time(moment, offset) for moment in span(start))
        vague = earliest if earliest != latest else None
        return Cycle(1, start, latest, done, vague, reasons=tuple(reasons))
    day = london_day(start)
    due = add_offset(day, offset, calendar)
    rolled = calendar.rolled(due, _step(standard)) if standard.roll else due
    if rolled != due:
        reasons.append(Reason.of("rolled", to=standard.roll, day=due))
    counts_working = offset.unit == "working days" or standard.roll is not None
    return Cycle(
        1, start, rolled, done,
        provisional=counts_working and _is_provisional(calendar, day, rolled),
        reasons=tuple(reasons),
    )  # fmt: skip


def _step(standard: Deadline) -> int:
    return 1 if standard.roll == "next working day" else -1


def _is_provisional(calendar: Calendar, anchor: date, due: date) -> bool:
    return calendar.is_provisional(anchor) or calendar.is_provisional(due)


def _stopped(standard: Deadline, case: Case, start_day: date) -> Time | None:
    """When it was done: the one value, all of many (the last), or the first of many that counts.

    Of many, the first on or after the start's day counts; before the start, the first of all.
    """
    value = case.get(standard.stops) if standard.stops else None
    if not isinstance(value, tuple):
        return only_time(value)
    if standard.all_of_many:
        return None if None in value or not value else times(value)[-1]
    counts = times(value)
    if standard.direction != "before":
        counts = [one for one in counts if london_day(one) >= start_day]
    return counts[0] if counts else None


def within_reason(entry: Entry[Offset], direction: str) -> Reason:
    """The value used, and on what authority."""
    return Reason.of(
        "within",
        value=entry.value.value,
        unit=entry.value.unit,
        direction=direction,
        basis=entry.basis,
        citation=entry.citation,
    )


# Recurrences -------------------------------------------------------------------------------------


def _recurrence(
    standard: Recurrence, case: Case, calendar: Calendar, now: datetime, horizon: Horizon | None
) -> Iterator[Cycle]:
    """Each stage from what was last held: the first from the start, the last stage repeating.

    Held before the start, or after `until`, does not count; twice on one day counts once; what is
    dated after `now` starts no new cycle. Where the first fell due before the data begins, and is
    not seen done in time, how many were held unseen is not known: all later cycles stand in the
    last stage.
    """
    start = only_time(case.get(standard.starts))
    if start is None:
        return
    anchor = london_day(start)
    held = _held_days(standard, case, anchor)
    fact, unseen = standard.starts, False
    for number in range(1, len(held) + 2):
        done = held[number - 1] if number <= len(held) else None
        place = len(standard.stages) if unseen else min(number, len(standard.stages))
        entry = standard.stages[place - 1].entry_on(anchor)
        cycle = _held_cycle(number, anchor, done, entry, calendar, fact)
        yield cycle
        if done is None or not has_happened(done, now):
            return
        unseen = unseen or (number == 1 and _is_unseen(cycle, horizon))
        anchor, fact = done, standard.held


def _is_unseen(first: Cycle, horizon: Horizon | None) -> bool:
    """Whether the first cycle fell due before the data begins, and is not seen done in time."""
    due = london_day(first.due or first.anchor)
    kept = first.due is not None and first.done is not None and london_day(first.done) <= due
    return begins_after(horizon, due) and not kept


def _held_days(standard: Recurrence, case: Case, start_day: date) -> list[date]:
    ended = only_time(case.get(standard.until)) if standard.until else None
    last = london_day(ended) if ended else date.max
    values = (one for name in standard.all_shown_by for one in times(case.get(name)))
    days = {london_day(one) for one in values}
    if standard.start_is_held:
        days.discard(start_day)
    return sorted(day for day in days if start_day <= day <= last)


def _held_cycle(
    number: int,
    anchor: date,
    done: date | None,
    entry: Entry[Offset] | None,
    calendar: Calendar,
    fact: str,
) -> Cycle:
    began = Reason.of("starts", fact=fact, on=anchor)
    if entry is None:
        return Cycle(number, anchor, None, done, reasons=(began, Reason.of("no rule")))
    due = add_offset(anchor, entry.value, calendar)
    counts_working = entry.value.unit == "working days"
    provisional = counts_working and _is_provisional(calendar, anchor, due)
    reasons = (began, within_reason(entry, "after"))
    return Cycle(number, anchor, due, done, provisional=provisional, reasons=reasons)


# Counts per period -------------------------------------------------------------------------------


def _per_period(standard: PerPeriod, case: Case, now: datetime) -> Iterator[Cycle]:
    """Each whole period since the start (or from the first counted), up to the one in progress.

    Periods with no rule in force on their first day are left out; counted after `until` does not
    count. It was done on the day on which the number was reached.
    """
    ended = only_time(case.get(standard.until)) if standard.until else None
    last = london_day(ended) if ended else date.max
    counted = sorted(london_day(one) for one in times(case.get(standard.counted)))
    counted = [day for day in counted if day <= last]
    number = 0
    for first_day, last_day in _periods_since_start(standard, case, counted, london_day(now)):
        entry = standard.at_least.entry_on(first_day)
        if entry is None:
            continue
        number += 1
        yield _period_cycle(standard, number, first_day, last_day, entry, counted)


def _period_cycle(
    standard: PerPeriod,
    number: int,
    first_day: date,
    last_day: date,
    entry: Entry[int],
    counted: list[date],
) -> Cycle:
    inside = [day for day in counted if first_day <= day <= last_day]
    done = inside[entry.value - 1] if len(inside) >= entry.value else None
    reason = Reason.of(
        "counted", fact=standard.counted, count=len(inside), at_least=entry.value,
        basis=entry.basis, citation=entry.citation,
    )  # fmt: skip
    return Cycle(number, first_day, last_day, done, since=first_day, reasons=(reason,))


def _periods_since_start(
    standard: PerPeriod, case: Case, counted: list[date], today: date
) -> Iterator[tuple[date, date]]:
    in_force = [entry.from_ for entry in standard.at_least.entries if entry.from_]
    if standard.starts:
        start = only_time(case.get(standard.starts))
    else:
        start = counted[0] if counted else None
    if start is None or not in_force:
        return
    earliest = london_day(start)
    for first_day, last_day in periods(standard.period, max(earliest, min(in_force)), today):
        if (first_day if standard.starts else last_day) >= earliest:
            yield first_day, last_day


def periods(period: Period, since: date, to: date) -> Iterator[tuple[date, date]]:
    """The periods that end on or after `since` and begin on or before `to`: first and last day."""
    length = {"month": 1, "half-year": 6, "year": 12}[period] if isinstance(period, str) else 1
    named = period if isinstance(period, tuple) else tuple(range(1, 13, length))
    for year in range(max(since.year, 1), min(to.year, date.max.year) + 1):
        for month in sorted(named):
            first_day = date(year, month, 1)
            end_month = month + length - 1
            last_day = date(year, end_month, months_of.monthrange(year, end_month)[1])
            if last_day >= since and first_day <= to:
                yield first_day, last_day


# Tests -------------------------------------------------------------------------------------------


def _test(standard: TestStandard, case: Case, now: datetime) -> Iterator[Cycle]:
    """One judgement on the day of `starts`, or today; not met today is open, not late."""
    start = only_time(case.get(standard.starts)) if standard.starts else now
    if start is None:
        return
    day = london_day(start)
    entry = standard.tree.entry_on(day)
    if entry is None:
        yield Cycle(1, day, None, reasons=(Reason.of("no rule"),))
        return
    given = answer(entry.value, case, day)
    missing = unknown_facts(entry.value, case) if given is Answer.UNKNOWN else ()
    reasons = [Reason.of("test", answer=str(given), basis=entry.basis, citation=entry.citation)]
    reasons += [Reason.of("fact not recorded", fact=name) for name in missing]
    done = day if given is Answer.YES else None
    unrecorded = given is Answer.UNKNOWN
    yield Cycle(1, day, day, done, unrecorded=unrecorded, reasons=tuple(reasons))
