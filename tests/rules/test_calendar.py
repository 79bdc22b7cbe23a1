"""Working days against two oracles that are no part of the product: `holidays` and numpy."""

from __future__ import annotations

from datetime import date, timedelta

import holidays
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.policy import load
from evenhand.rules.calendar import Calendar, easter_sunday, ordinary_holidays
from evenhand.rules.due_table import working_days
from evenhand.rules.moments import from_day

ENGLAND = load().calendar
ORACLE = holidays.country_holidays("GB", subdiv="ENG", years=range(1999, 2029))
NEVER = Calendar(frozenset(), date.max, date.min)
in_calendar = st.dates(date(2000, 1, 1), date(2027, 12, 31))


def weekdays(days) -> set[date]:
    """The days that fall on a Monday to Friday."""
    return {day for day in days if day.weekday() < 5}


def test_every_bank_holiday_from_2000_to_the_last_proclaimed_is_held():
    years = range(ENGLAND.first.year, ENGLAND.proclaimed_to.year + 1)
    assert (ENGLAND.first, ENGLAND.proclaimed_to) == (date(2000, 1, 1), date(2027, 12, 31))
    assert weekdays(ENGLAND.holidays) == weekdays(day for day in ORACLE if day.year in years)


@pytest.mark.parametrize(
    "day",
    ["2002-06-03", "2002-06-04", "2011-04-29", "2012-06-04", "2012-06-05", "2020-05-08",
     "2022-06-02", "2022-06-03", "2022-09-19", "2023-05-08"],
)  # fmt: skip
def test_one_off_days_are_no_working_days(day):
    assert not ENGLAND.is_working(date.fromisoformat(day))


@pytest.mark.parametrize("day", ["2002-05-27", "2012-05-28", "2020-05-04", "2022-05-30"])
def test_a_bank_holiday_that_moved_left_a_working_day_behind(day):
    assert ENGLAND.is_working(date.fromisoformat(day))


def test_the_ordinary_rule_is_right_in_every_year_without_a_proclamation():
    odd = {2002, 2011, 2012, 2020, 2022, 2023}
    known = holidays.country_holidays("GB", subdiv="ENG", years=range(1996, 2100))
    for year in set(range(1996, 2100)) - odd - {1999}:
        expected = weekdays(day for day in known if day.year == year)
        assert weekdays(ordinary_holidays(year)) == expected, year


@pytest.mark.parametrize(
    ("year", "easter"),
    [(1961, date(1961, 4, 2)), (2000, date(2000, 4, 23)), (2008, date(2008, 3, 23)),
     (2011, date(2011, 4, 24)), (2026, date(2026, 4, 5)), (2038, date(2038, 4, 25))],
)  # fmt: skip
def test_easter(year, easter):
    assert easter_sunday(year) == easter


@settings(max_examples=200, deadline=None)
@given(in_calendar, st.integers(-60, 60).filter(bool))
def test_adding_working_days_is_numpys_busday_offset(day, n):
    off = [np.datetime64(one) for one in weekdays(ENGLAND.holidays)]
    if n > 0:  # day 1 is the first working day after: go back to one at or before, then forward
        expected = np.busday_offset(day, n, roll="backward", holidays=off)
    else:
        expected = np.busday_offset(day, n, roll="forward", holidays=off)
    found = ENGLAND.add_working_days(day, n)
    if date(2000, 1, 1) <= found <= date(2027, 12, 31):
        assert found == expected.astype(date)


@given(in_calendar, st.integers(1, 40))
def test_between_undoes_adding(day, n):
    due = ENGLAND.add_working_days(day, n)
    assert ENGLAND.working_days_between(day, due) == n
    assert ENGLAND.working_days_between(due, day) == -n


def test_day_one_is_the_first_working_day_after_the_event():
    good_friday, thursday = date(2026, 4, 3), date(2026, 4, 2)
    assert ENGLAND.add_working_days(good_friday, 1) == date(2026, 4, 7)
    assert ENGLAND.add_working_days(thursday, 7) == date(2026, 4, 15)
    assert ENGLAND.add_working_days(date(2026, 4, 7), -1) == thursday
    assert ENGLAND.add_working_days(good_friday, 0) == good_friday


def test_beyond_the_years_proclaimed_the_ordinary_rule_holds_and_is_provisional():
    assert not ENGLAND.is_provisional(date(2027, 12, 31))
    assert ENGLAND.is_provisional(date(2028, 1, 1))
    assert ENGLAND.is_provisional(date(1999, 12, 31))
    assert not ENGLAND.is_working(date(2028, 4, 14))  # Good Friday
    assert ENGLAND.is_working(date(2028, 4, 13))


def test_both_engines_know_the_same_working_days():
    fast = {from_day(int(day)) for day in working_days(ENGLAND)[0]}
    day = date(1990, 1, 1)
    while day < date(2040, 1, 1):
        assert (day in fast) == ENGLAND.is_working(day), day
        day += timedelta(days=1)


def test_the_edges_of_time_stop_and_do_not_fail():
    assert NEVER.add_working_days(date.max, 5) == date.max
    assert NEVER.add_working_days(date.min, -5) == date.min
