"""Islehaven's calendar, against a bank holiday library of others and counting one by one."""

from __future__ import annotations

from datetime import date, timedelta

import holidays
import pytest

from evenhand.synth.days import Days, add_months, bank_holidays, birthday


@pytest.mark.parametrize("year", range(2011, 2031))
def test_bank_holidays_are_englands(year: int) -> None:
    """Substitutes, moved and one-off days too."""
    known = holidays.country_holidays("GB", subdiv="ENG", years=year)
    assert bank_holidays(year) == {day for day in known if day.weekday() < 5}


@pytest.mark.parametrize(
    ("start", "working_days", "expected"),
    [
        (date(2026, 4, 2), 1, date(2026, 4, 7)),
        (date(2026, 4, 3), 1, date(2026, 4, 7)),
        (date(2026, 12, 24), 2, date(2026, 12, 30)),
        (date(2022, 9, 16), 1, date(2022, 9, 20)),
        (date(2026, 11, 21), 0, date(2026, 11, 20)),
        (date(2026, 11, 20), 45, date(2027, 1, 27)),
    ],
)
def test_working_days_start_the_day_after(start: date, working_days: int, expected: date) -> None:
    """Across Easter, Christmas and a day of national mourning."""
    days = Days(date(2026, 11, 20))
    assert date.fromordinal(days.add(start.toordinal(), working_days)) == expected


def test_on_or_after_keeps_a_working_day() -> None:
    """And moves a Saturday to Monday."""
    days, friday = Days(date(2026, 11, 20)), date(2026, 11, 20)
    assert days.on_or_after(friday.toordinal()) == friday.toordinal()
    saturday = friday + timedelta(days=1)
    assert days.on_or_after(saturday.toordinal()) == saturday.toordinal() + 2


def test_months_keep_the_day_or_take_the_last() -> None:
    """31 August and six months is 28 February."""
    assert add_months(date(2026, 8, 31).toordinal(), 6) == date(2027, 2, 28).toordinal()
    assert add_months(date(2026, 11, 20).toordinal(), 3) == date(2027, 2, 20).toordinal()


def test_a_leap_birthday_falls_on_1_march() -> None:
    """In a year without 29 February."""
    assert birthday(date(2008, 2, 29).toordinal(), 18) == date(2026, 3, 1).toordinal()
    assert birthday(date(2008, 2, 29).toordinal(), 16) == date(2024, 2, 29).toordinal()
