"""Around every due, the day (or microsecond) before, on and after: done, now, until, horizon."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.rules import (
    WHOLLY,
    Dated,
    Deadline,
    Entry,
    Horizon,
    Offset,
    PerPeriod,
    State,
    TestStandard,
    evaluate,
)
from evenhand.rules.agreement import differences
from evenhand.rules.london import last_moment, london_day, span
from evenhand.rules.trees import Known
from tests.properties import strategies as some

DAY, TICK = timedelta(days=1), timedelta(microseconds=1)
SOME = settings(max_examples=60, deadline=None, derandomize=True)
NOT_COVERED = {State.NOT_KNOWN, State.NOT_RECORDED}


def plain(standard):
    """The standard with neither scope, excuse nor end."""
    return replace(standard, where=None, excused_by=(), until=None)


def around(due):
    """Just before, at and just after a due: in days for a day, in microseconds for a moment."""
    step = TICK if isinstance(due, datetime) else DAY
    return [due - step, due, due + step]


def moments_around(due):
    """The moments just before, at and just after the very end of a due."""
    end = due if isinstance(due, datetime) else last_moment(due)
    return [end - TICK, end, end + TICK]


def horizons_around(day):
    """Horizons that end, or begin, just before, on and just after a day."""
    near = [day - DAY, day, day + DAY]
    return [Horizon(None, one) for one in near] + [Horizon(one, None) for one in near]


def expected(due, done, now, horizon):
    """The states by the words of the policy, written apart from both engines."""
    if done is not None and done <= (now if isinstance(done, datetime) else london_day(now)):
        if done <= due:
            return State.KEPT
        seen = london_day(due) >= (horizon.complete_from or date.min)
        return State.KEPT_LATE if seen else State.NOT_KNOWN
    passed = now > due if isinstance(due, datetime) else london_day(now) > due
    if not passed:
        return State.OPEN
    day = london_day(due)
    ends, begins = horizon.complete_to or date.max, horizon.complete_from or date.min
    return State.LATE if begins <= day <= ends else State.NOT_KNOWN


def settle(standard, fact, dues, anchor):
    """Try everything around the due, in both engines and against the words."""
    standard = replace(standard, until="ended")
    due = dues[0]
    ends = [None, *around(london_day(due))]
    cases = [
        {"day": anchor, "time": anchor, fact: done, "ended": ended}
        for done, ended in product([None, *around(due)], ends)
    ]
    if some.KINDS[fact][1]:
        cases = [{**case, fact: () if case[fact] is None else (case[fact],)} for case in cases]
    kinds = {name: some.KINDS[name] for name in standard.facts()}
    for now, horizon in product(moments_around(due), [WHOLLY, *horizons_around(london_day(due))]):
        horizons = dict.fromkeys(kinds, horizon)
        assert not differences(standard, cases, kinds, some.CALENDAR, now, horizons)
        for case in cases:
            check_words(standard, case, fact, due, now, horizon)


def check_words(standard, case, fact, due, now, horizon):
    """The reference gives what the words say for one case."""
    done = case[fact][0] if isinstance(case[fact], tuple) and case[fact] else case[fact] or None
    in_time = done is not None and london_day(done) <= london_day(due)
    ended_first = case["ended"] is not None and case["ended"] <= london_day(due) and not in_time
    (found, *_) = evaluate(standard, case, some.CALENDAR, now, dict.fromkeys([fact], horizon))
    if ended_first:
        assert found.state is State.NOT_APPLICABLE
    else:
        assert found.state is expected(due, done, now, horizon)


exact_deadlines = some._deadlines(
    some.dated(some.offsets(some.EXACT)), direction=st.sampled_from(["after", "before"])
)
day_deadlines = some._deadlines(
    some.dated(some.offsets(some.BY_DAY)),
    direction=st.sampled_from(["after", "before"]),
    roll=st.sampled_from([None, "next working day", "previous working day"]),
)


def due_of(standard, case):
    """The due of the first cycle, or None where no rule is in force."""
    found = evaluate(standard, case, some.CALENDAR, last_moment(date(2026, 4, 1)), {})
    return found[0].due


@SOME
@given(day_deadlines, some.days.filter(lambda day: 1950 < day.year < 2150))
def test_around_a_due_day(standard, start):
    standard = replace(plain(standard), starts="day", stops="done day")
    due = due_of(standard, {"day": start})
    if due is not None:
        settle(standard, "done day", [due], start)


@SOME
@given(exact_deadlines, some.close_moments)
def test_around_a_due_moment(standard, start):
    standard = replace(plain(standard), starts="time", stops="done time")
    due = due_of(standard, {"time": start})
    if due is not None:
        settle(standard, "done time", [due], start)


@SOME
@given(some.recurrences, some.close_days)
def test_around_a_review_due(standard, start):
    standard = replace(plain(standard), starts="day", held="days", also_shown_by=())
    due = due_of(standard, {"day": start})
    if due is not None and start < due - DAY:
        settle_first(standard, due, start)


def settle_first(standard, due, start):
    """Held around the due, and again around the due that follows from it: the engines agree."""
    kinds = {name: some.KINDS[name] for name in standard.facts()}
    firsts = [(), *((one,) for one in around(due))]
    cases = [{"day": start, "days": first} for first in firsts]
    for first in firsts[1:]:
        later = last_moment(first[0] + 500 * DAY)
        second = evaluate(standard, cases[firsts.index(first)], some.CALENDAR, later, {})[1]
        if second.due is not None:
            cases += [{"day": start, "days": (one, *first)} for one in around(second.due)]
    for now, horizon in product(moments_around(due), [WHOLLY, *horizons_around(due)]):
        horizons = dict.fromkeys(kinds, horizon)
        assert not differences(standard, cases, kinds, some.CALENDAR, now, horizons)
        for case in cases[: len(firsts)]:
            (found, *_) = evaluate(standard, case, some.CALENDAR, now, horizons)
            done = case["days"][0] if case["days"] else None
            assert found.state is expected(due, done, now, horizon)


@SOME
@given(some.counts, some.close_days)
def test_around_the_ends_of_a_period(standard, start):
    standard = replace(plain(standard), starts="day", counted="days")
    now = last_moment(date(2027, 1, 1))
    found = evaluate(standard, {"day": start, "days": ()}, some.CALENDAR, now, {})
    for one in [one for one in found if one.due is not None][:2]:
        settle_period(standard, start, one.anchor, one.due)
        settle_end_in_period(standard, start, one.anchor, one.due)


def settle_end_in_period(standard, start, first, last):
    """What is counted on the day the duty ends counts; what comes after it does not."""
    standard = replace(standard, until="ended")
    kinds = {name: some.KINDS[name] for name in standard.facts()}
    ended, n = first + 5 * DAY, standard.at_least.on(first)
    cases = [
        {"day": start, "ended": ended, "days": (day,) * n} for day in around(ended)
    ]  # fmt: skip
    now = last_moment(last + 2 * DAY)
    assert not differences(standard, cases, kinds, some.CALENDAR, now, {"days": WHOLLY})
    kept = [
        any(
            one.anchor == first and one.state is State.KEPT
            for one in evaluate(standard, case, some.CALENDAR, now, {"days": WHOLLY})
        )
        for case in cases
    ]
    assert kept == [True, True, False]


def settle_period(standard, start, first, last):
    """What is counted just outside a period does not count in it; at its ends it does."""
    kinds = {name: some.KINDS[name] for name in standard.facts()}
    n = standard.at_least.on(first)
    outside, inside = [first - DAY, last + DAY], [first, last]
    groups = [(one,) * n for one in inside + outside] + [(inside[0],) * (n - 1) + (outside[1],)]
    cases = [{"day": start, "days": days} for days in [(), *groups]]
    now = last_moment(last + 2 * DAY)
    for horizon in [WHOLLY, *horizons_around(first), *horizons_around(last)]:
        horizons = dict.fromkeys(kinds, horizon)
        assert not differences(standard, cases, kinds, some.CALENDAR, now, horizons)
        for case in cases:
            outcomes = evaluate(standard, case, some.CALENDAR, now, horizons)
            (mine,) = [one for one in outcomes if one.anchor == first]
            reached = sum(first <= day <= last for day in case["days"]) >= n
            covers = horizon.covers(last, first)
            missed = State.LATE if covers else State.NOT_KNOWN
            assert mine.state is (State.KEPT if reached else missed)


def certain(due_first, due_last, done):
    """Kept or late only if so whatever the hours were: a day may be any moment of it."""
    first, last = span(done)
    if last <= due_first:
        return State.KEPT
    return State.KEPT_LATE if first > due_last else State.NOT_KNOWN


@SOME
@given(exact_deadlines, st.one_of(some.close_days, some.close_moments))
def test_hours_are_settled_by_days_only_where_they_can_be(standard, start):
    standard = replace(plain(standard), starts="time", stops="done time")
    late = last_moment(date(2027, 4, 1))
    (found,) = evaluate(standard, {"time": start}, some.CALENDAR, late, {})
    if found.due is None:
        return
    first, last = found.due_from or found.due, found.due
    near = {london_day(first) + n * DAY for n in (-1, 0, 1)} | {london_day(last) + DAY}
    dones = [*around(first), *around(last), *sorted(near)]
    dones += [edge for day in near for edge in span(day)]
    cases = [{"time": start, "done time": done} for done in dones]
    kinds = {name: some.KINDS[name] for name in standard.facts()}
    assert not differences(standard, cases, kinds, some.CALENDAR, late, {"done time": WHOLLY})
    for case in cases:
        (found,) = evaluate(standard, case, some.CALENDAR, late, {"done time": WHOLLY})
        assert found.state is certain(first, last, case["done time"])


NAMED = {"id": "a/b", "title": "", "clauses": (), "pack": "a", "subject": "child"}


def since_2000(value):
    """One value that holds from 2000."""
    return Dated.of([Entry(date(2000, 1, 1), value, "text")])


def test_what_touches_an_unproclaimed_day_is_provisional_in_both_engines():
    within = Dated.of([Entry(date(1990, 1, 1), Offset(3, "working days"), "text")])
    standard = Deadline(**NAMED, starts="day", stops="done day", within=within)
    kinds = {"day": ("date", False), "done day": ("date", False)}
    ends = [some.CALENDAR.first, some.CALENDAR.proclaimed_to]
    cases = [{"day": end + n * DAY} for end in ends for n in range(-9, 10)]
    now = last_moment(date(2026, 11, 20))
    assert not differences(standard, cases, kinds, some.CALENDAR, now, {"done day": WHOLLY})
    for case in cases:
        (found,) = evaluate(standard, case, some.CALENDAR, now, {"done day": WHOLLY})
        beyond = [not ends[0] <= day <= ends[1] for day in (case["day"], found.due)]
        assert found.provisional is any(beyond)


@pytest.mark.parametrize("period", ["month", "half-year", "year", (2, 7)])
def test_a_period_begins_on_its_first_day_and_is_told_by_what_was_counted_in_it(period):
    standard = PerPeriod(**NAMED, counted="days", period=period, at_least=since_2000(1))
    kinds = {"days": ("date", True)}
    firsts = [date(2025, 1, 1), date(2025, 2, 1), date(2025, 7, 1)]
    near = [first + n * DAY for first in firsts for n in (-1, 0, 1)]
    cases = [{"days": (day,)} for day in near]
    for now in near:
        moment = last_moment(now)
        assert not differences(standard, cases, kinds, some.CALENDAR, moment, {"days": WHOLLY})
        for case in cases:
            found = evaluate(standard, case, some.CALENDAR, moment, {"days": WHOLLY})
            begun = [one for one in found if one.anchor is not None]
            assert all(one.anchor <= now for one in begun)
            (counted,) = case["days"]
            assert not begun or begun[0].due >= counted
            inside = [one for one in begun if one.anchor <= counted <= one.due]
            assert [one.done for one in inside] == [counted] * len(inside)
            if isinstance(period, str) and counted <= now:
                assert begun[0].anchor <= counted
                assert begun[-1].due >= now


def test_a_test_is_judged_by_the_tree_in_force_on_its_day():
    begins, ends = date(2026, 3, 1), date(2026, 3, 31)
    tree = Dated.of([Entry(begins, Known("done day"), "text", to=ends)])
    standard = TestStandard(**NAMED, starts="day", tree=tree)
    kinds = dict.fromkeys(("day", "done day"), ("date", False))
    days = [one for edge in (begins, ends) for one in around(edge)]
    cases = [{"day": day, "done day": day} for day in days]
    now = last_moment(date(2026, 6, 1))
    assert not differences(standard, cases, kinds, some.CALENDAR, now, {})
    states = [evaluate(standard, case, some.CALENDAR, now, {})[0].state for case in cases]
    inside = [State.KEPT if begins <= day <= ends else State.NO_RULE for day in days]
    assert states == inside
