"""When an answer is due whose time began later, stood still or was extended."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.rules.calendar import Calendar, ordinary_holidays
from evenhand.rules.pauses import Extension, Pause, due
from evenhand.rules.values import Offset

MONTH, TWO_MORE = Offset(1, "months"), Offset(2, "months")
YEARS = range(2024, 2030)
CALENDAR = Calendar(
    frozenset().union(*map(ordinary_holidays, YEARS)), date(2024, 1, 1), date(2029, 12, 31)
)
RECEIVED = date(2026, 4, 3)
MAY_5 = date(2026, 5, 5)


def test_a_month_rolls_over_a_sunday_and_a_bank_holiday() -> None:
    """3 May 2026 is a Sunday, 4 May a bank holiday."""
    found = due(RECEIVED, MONTH, CALENDAR)
    assert (found.on, found.days_left_out, found.stopped, found.extended) == (MAY_5, 0, False, None)


@pytest.mark.parametrize(
    ("shown_on", "expected"),
    [
        (None, MAY_5),  # not yet: the earliest that it can be
        (date(2026, 4, 3), MAY_5),
        (date(2026, 4, 10), date(2026, 5, 11)),  # 10 May is a Sunday
    ],
)
def test_time_begins_when_identity_is_shown(shown_on: date | None, expected: date) -> None:
    found = due(RECEIVED, MONTH, CALENDAR, identity=Pause(RECEIVED, shown_on))
    assert found.on == expected
    assert found.stopped is (shown_on is None)


@pytest.mark.parametrize(
    ("both_ends", "days", "expected"),
    [(True, 3, date(2026, 5, 6)), (False, 2, MAY_5)],
)
def test_both_readings_of_a_question_asked_on_one_day_and_answered_two_days_later(
    both_ends: bool, days: int, expected: date
) -> None:
    """The law since 2026 leaves out the day of the answer too."""
    asked = [Pause(date(2026, 4, 13), date(2026, 4, 15), both_ends)]
    found = due(RECEIVED, MONTH, CALENDAR, clarifications=asked)
    assert (found.days_left_out, found.on) == (days, expected)


def test_days_that_two_questions_share_are_left_out_once() -> None:
    asked = [
        Pause(date(2026, 4, 13), date(2026, 4, 15)),
        Pause(date(2026, 4, 15), date(2026, 4, 16)),
    ]
    assert due(RECEIVED, MONTH, CALENDAR, clarifications=asked).days_left_out == 4


def test_a_question_asked_once_it_was_due_stops_nothing() -> None:
    asked = [Pause(date(2026, 5, 6), date(2026, 6, 20))]
    assert due(RECEIVED, MONTH, CALENDAR, clarifications=asked).on == MAY_5


@pytest.mark.parametrize(
    ("told_on", "extended", "expected"),
    [
        (date(2026, 5, 2), True, date(2026, 7, 3)),
        (date(2026, 5, 3), True, date(2026, 7, 3)),
        (date(2026, 5, 4), False, MAY_5),  # the month ended on the Sunday; only answering rolls
    ],
)
def test_an_extension_counts_only_if_told_within_the_month(
    told_on: date, extended: bool, expected: date
) -> None:
    found = due(RECEIVED, MONTH, CALENDAR, extension=Extension(TWO_MORE, told_on))
    assert (found.extended, found.on, found.unextended) == (extended, expected, MAY_5)


@given(
    received=st.dates(date(2025, 1, 1), date(2027, 1, 1)),
    after=st.integers(0, 25),
    length=st.integers(0, 40),
    longer=st.integers(0, 40),
)
def test_a_longer_wait_for_the_person_is_never_due_earlier(
    received: date, after: int, length: int, longer: int
) -> None:
    asked_on = received + timedelta(after)
    answered = [asked_on + timedelta(days) for days in (length, length + longer)]
    short, long = (
        due(received, MONTH, CALENDAR, clarifications=[Pause(asked_on, day)]) for day in answered
    )
    assert due(received, MONTH, CALENDAR).on <= short.on <= long.on
    assert CALENDAR.is_working(short.on)
