"""The readings of the edges that both engines share, each as one small example."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from evenhand.rules import (
    WHOLLY,
    Calendar,
    Dated,
    Deadline,
    Entry,
    Horizon,
    Offset,
    PerPeriod,
    Recurrence,
    State,
    TestStandard,
    evaluate,
    leading,
    state_of,
)
from evenhand.rules.london import last_moment, london_day
from evenhand.rules.outcomes import Outcome
from evenhand.rules.trees import IsIn, Known, Not

CALENDAR = Calendar(frozenset(), date(2000, 1, 1), date(2027, 12, 31))
ALWAYS = date(2000, 1, 1)


def on(text: str) -> date:
    """A day."""
    return date.fromisoformat(text)


def within(value, unit="days", from_=ALWAYS):
    """One dated offset."""
    return Dated.of([Entry(from_, Offset(value, unit), "text")])


def common(**more):
    """What every standard needs."""
    return {"id": "a/b", "title": "", "clauses": ("C",), "pack": "a", "subject": "child", **more}


def states(standard, case, now, horizon=WHOLLY):
    """The states of one case, at the end of a day."""
    moment = last_moment(on(now)) if isinstance(now, str) else now
    horizons = dict.fromkeys(standard.facts(), horizon)
    return [one.state for one in evaluate(standard, case, CALENDAR, moment, horizons)]


WEEK = Deadline(**common(starts="start", stops="stop", within=within(7)))


def test_due_is_the_end_of_the_london_day():
    case = {"start": on("2026-06-01")}
    last = datetime(2026, 6, 8, 22, 59, 59, tzinfo=UTC)  # 23:59:59 in London's summer
    assert states(WEEK, case, last) == [State.OPEN]
    assert states(WEEK, case, datetime(2026, 6, 8, 23, 0, tzinfo=UTC)) == [State.LATE]


def test_the_value_is_the_one_in_force_when_the_clock_starts():
    changing = Dated.of([*within(7).entries, *within(3, from_=on("2026-04-01")).entries])
    standard = Deadline(**common(starts="start", stops="stop", within=changing))
    dues = [
        evaluate(standard, {"start": on(day)}, CALENDAR, last_moment(on("2026-01-01")), {})[0].due
        for day in ("2026-03-31", "2026-04-01")
    ]
    assert dues == [on("2026-04-07"), on("2026-04-04")]


def test_before_the_rule_and_law_not_in_force_start_no_clock():
    early = Deadline(
        **common(starts="start", stops="stop", within=within(7, from_=on("2026-01-01")))
    )
    assert states(early, {"start": on("2025-12-31")}, "2026-06-01") == [State.NO_RULE]
    enacted = Dated.of([Entry(None, Offset(7, "days"), "law", enacted=on("2026-01-01"))])
    uncommenced = Deadline(**common(starts="start", stops="stop", within=enacted))
    assert states(uncommenced, {"start": on("2026-05-01")}, "2026-06-01") == [State.NO_RULE]


def test_what_has_not_happened_yet_is_not_done():
    case = {"start": on("2026-06-01"), "stop": on("2026-06-08")}
    assert states(WEEK, case, "2026-06-07") == [State.OPEN]
    assert states(WEEK, case, "2026-06-08") == [State.KEPT]


def test_the_horizon_says_not_known_and_never_late():
    case = {"start": on("2026-06-01")}
    assert states(WEEK, case, "2026-07-01", Horizon(None, on("2026-06-08"))) == [State.LATE]
    assert states(WEEK, case, "2026-07-01", Horizon(None, on("2026-06-07"))) == [State.NOT_KNOWN]
    assert states(WEEK, case, "2026-07-01", Horizon(on("2026-06-09"), None)) == [State.NOT_KNOWN]
    assert states(WEEK, case, "2026-06-02", None) == [State.NOT_RECORDED]


def test_an_excuse_wins_and_names_its_fact():
    standard = Deadline(
        **common(starts="start", stops="stop", within=within(7), excused_by=("unsafe",))
    )
    case = {"start": on("2026-06-01"), "unsafe": True}
    (found,) = evaluate(standard, case, CALENDAR, last_moment(on("2026-07-01")), {"stop": WHOLLY})
    assert (found.state, found.excused_by) == (State.EXCUSED, "unsafe")
    assert states(standard, {**case, "unsafe": False}, "2026-07-01") == [State.LATE]


def test_hours_known_only_by_days():
    standard = Deadline(**common(starts="start", stops="stop", within=within(72, "hours")))
    start = on("2026-06-01")
    answers = {
        day: states(standard, {"start": start, "stop": on(day)}, "2026-07-01")[0]
        for day in ("2026-06-03", "2026-06-04", "2026-06-05")
    }
    assert list(answers.values()) == [State.KEPT, State.NOT_KNOWN, State.KEPT_LATE]


def test_a_day_before_a_meeting_told_by_two_days_alone():
    standard = Deadline(
        **common(starts="start", stops="stop", within=within(24, "hours"), direction="before")
    )
    meeting = datetime(2026, 6, 3, 9, tzinfo=UTC)
    given = [
        states(standard, {"start": meeting, "stop": on(day)}, "2026-07-01")[0]
        for day in ("2026-06-01", "2026-06-02", "2026-06-03")
    ]
    assert given == [State.KEPT, State.NOT_KNOWN, State.KEPT_LATE]


def test_every_recipient_must_have_had_it():
    standard = Deadline(**common(starts="start", stops="sent", all_of_many=True, within=within(7)))
    start, first, last = on("2026-06-01"), on("2026-06-02"), on("2026-06-09")
    for sent, expected in [
        ((first, last), State.KEPT_LATE), ((first, None), State.LATE),
        ((), State.LATE), ((first,), State.KEPT),
    ]:  # fmt: skip
        assert states(standard, {"start": start, "sent": sent}, "2026-07-01") == [expected]


REVIEWS = Recurrence(
    **common(
        starts="start", held="held", until="ended",
        stages=(within(20), within(3, "months"), within(6, "months")),
    )
)  # fmt: skip


def test_each_review_counts_from_what_was_last_held():
    held = (on("2026-04-24"), on("2026-04-24"), on("2026-07-25"))
    case = {"start": on("2026-04-10"), "held": held}
    outcomes = evaluate(REVIEWS, case, CALENDAR, last_moment(on("2026-09-01")), {"held": WHOLLY})
    assert [str(one.due) for one in outcomes] == ["2026-04-30", "2026-07-24", "2027-01-25"]
    assert [one.state for one in outcomes] == [State.KEPT, State.KEPT_LATE, State.OPEN]


def test_a_duty_that_ends_before_it_falls_due_leaves_nothing_open():
    case = {"start": on("2026-04-10"), "held": (on("2026-04-24"),), "ended": on("2026-07-24")}
    assert states(REVIEWS, case, "2026-09-01") == [State.KEPT]
    assert states(REVIEWS, {**case, "ended": on("2026-07-25")}, "2026-09-01") == [
        State.KEPT, State.LATE,
    ]  # fmt: skip


def test_a_duty_that_never_arose_is_not_applicable():
    assert states(REVIEWS, {}, "2026-09-01") == [State.NOT_APPLICABLE]
    scoped = Deadline(
        **common(starts="start", stops="stop", within=within(7), where=Not(IsIn("kind", ("V3",))))
    )
    case = {"start": on("2026-06-01"), "kind": "V3"}
    assert states(scoped, case, "2026-09-01") == [State.NOT_APPLICABLE]
    assert states(scoped, {**case, "kind": None}, "2026-09-01") == [State.NOT_RECORDED]


MONTHLY = PerPeriod(
    **common(starts="start", counted="seen", period="month",
             at_least=Dated.of([Entry(ALWAYS, 2, "text")]))
)  # fmt: skip


def test_whole_months_are_counted_and_the_one_in_progress_is_open():
    seen = (on("2026-02-01"), on("2026-02-28"), on("2026-03-31"), on("2026-04-01"))
    case = {"start": on("2026-01-15"), "seen": seen}
    assert states(MONTHLY, case, "2026-04-30") == [State.KEPT, State.LATE, State.OPEN]
    straddled = Horizon(on("2026-03-02"), None)
    assert states(MONTHLY, case, "2026-04-30", straddled)[1] is State.NOT_KNOWN


def test_a_test_not_met_is_open_today_and_late_once_its_day_has_passed():
    today = TestStandard(**common(tree=Dated.of([Entry(date.min, Known("religion"), "text")])))
    assert states(today, {"religion": None}, "2026-04-30") == [State.OPEN]
    assert states(today, {"religion": "none"}, "2026-04-30") == [State.KEPT]
    by_day = TestStandard(
        **common(tree=Dated.of([Entry(date.min, Known("religion"), "text")]), starts="start")
    )
    assert states(by_day, {"start": on("2026-04-29")}, "2026-04-30") == [State.LATE]


def test_the_limit_that_falls_due_first_leads():
    def outcome(id_, due):
        return Outcome(standard=id_, cycle=1, state=State.OPEN, anchor=None, due=due)

    law, promise = outcome("law", on("2026-11-20")), outcome("promise", on("2026-11-21"))
    assert leading([promise, law]) is law
    assert leading([outcome("none", None)]) is None


def test_a_moment_needs_a_zone():
    with pytest.raises(ValueError, match="no time zone"):
        london_day(datetime(2026, 1, 1))  # noqa: DTZ001


def test_no_due_is_no_rule_and_an_excuse_comes_first():
    now = last_moment(on("2026-01-01"))
    assert state_of(None, None, False, now, WHOLLY) is State.NO_RULE
    assert state_of(None, None, True, now, WHOLLY) is State.EXCUSED
