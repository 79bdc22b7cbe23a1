"""Offsets of a day or longer, against dateutil and by the readings that DESIGN gives."""

from __future__ import annotations

from datetime import UTC, date, datetime

import numpy as np
import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from evenhand.rules import Calendar, Offset
from evenhand.rules.arithmetic import add_months, add_offset, add_time, birthday
from evenhand.rules.due_table import add, birthdays
from evenhand.rules.due_table import add_months as add_months_in_columns
from evenhand.rules.moments import from_day, to_day

CALENDAR = Calendar(frozenset(), date(2000, 1, 1), date(2027, 12, 31))
days = st.dates(date(1950, 1, 1), date(2150, 12, 31))


@given(days, st.integers(-300, 300))
def test_months_are_dateutils(day, months):
    expected = day + relativedelta(months=months)
    assert add_months(day, months) == expected
    column = np.array([to_day(day)], np.int32)
    assert from_day(add_months_in_columns(column, months)[0]) == expected


@pytest.mark.parametrize(
    ("day", "offset", "due"),
    [
        ("2026-08-31", Offset(6, "months"), "2027-02-28"),
        ("2026-07-20", Offset(6, "months"), "2027-01-20"),
        ("2023-08-31", Offset(6, "months"), "2024-02-29"),
        ("2026-01-31", Offset(1, "months"), "2026-02-28"),
        ("2024-02-29", Offset(1, "years"), "2025-02-28"),
        ("2026-10-24", Offset(4, "weeks"), "2026-11-21"),
        ("2026-10-24", Offset(28, "days"), "2026-11-21"),
        ("2008-02-29", Offset(18, "years of age"), "2026-03-01"),
        ("2008-02-29", Offset(16, "years of age"), "2024-02-29"),
        ("2008-02-28", Offset(18, "years of age"), "2026-02-28"),
        ("2026-03-31", Offset(-1, "months"), "2026-02-28"),
    ],
)
def test_the_readings_of_the_edges(day, offset, due):
    found = add_offset(date.fromisoformat(day), offset, CALENDAR)
    assert found == date.fromisoformat(due)
    fast, known = add(np.array([to_day(date.fromisoformat(day))], np.int32), offset, CALENDAR)
    assert known.all()
    assert from_day(fast[0]) == found


@given(days, st.integers(0, 100))
def test_nobody_reaches_an_age_before_the_calendar_says_so(born, age):
    reached = birthday(born, age)
    assert (reached.year, reached >= born) == (born.year + age, True)
    same = (reached.month, reached.day) == (born.month, born.day)
    assert same or (born.month, born.day, reached.month, reached.day) == (2, 29, 3, 1)
    assert from_day(birthdays(np.array([to_day(born)], np.int32), age)[0]) == reached


def test_hours_are_elapsed_hours_through_the_change_of_clocks():
    before = datetime(2026, 3, 28, 12, tzinfo=UTC)  # clocks go forward on 29 March
    assert add_time(before, Offset(24, "hours")) == datetime(2026, 3, 29, 12, tzinfo=UTC)
    assert add_time(before, Offset(90, "minutes")) == datetime(2026, 3, 28, 13, 30, tzinfo=UTC)


def test_hours_need_a_time_of_day():
    with pytest.raises(ValueError, match="time of day"):
        add_offset(date(2026, 1, 1), Offset(1, "hours"), CALENDAR)


def test_what_a_date_cannot_hold_stops_at_its_edge():
    assert add_offset(date.max, Offset(1, "days"), CALENDAR) == date.max
    assert add_offset(date.min, Offset(-1, "months"), CALENDAR) == date.min
    assert add_time(datetime.max.replace(tzinfo=UTC), Offset(1, "hours")).year == 9999
