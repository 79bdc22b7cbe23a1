"""Periods: months up to a day, and quarters of the calendar."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.rules.periods import (
    BEFORE,
    QUARTER,
    YEAR,
    Span,
    first_of,
    known_from,
    months_before,
    quarter_before,
    quarter_of,
    quarters_back,
    quarters_to,
    spans_to,
)

DAYS = st.dates(date(1900, 1, 1), date(2200, 1, 1))


@given(DAYS, st.integers(1, 36))
def test_the_two_periods_stand_end_to_end(until: date, months: int) -> None:
    found = spans_to(until, months)
    assert found[YEAR].until == until
    assert found[BEFORE].until + timedelta(1) == found[YEAR].since


def test_a_year_to_the_last_day_of_february_begins_on_the_first_of_march() -> None:
    found = spans_to(date(2024, 2, 29), 12)
    assert found == {
        YEAR: Span(date(2023, 3, 1), date(2024, 2, 29)),
        BEFORE: Span(date(2022, 3, 1), date(2023, 2, 28)),
    }


def test_a_period_that_begins_before_all_is_held_is_left_out() -> None:
    spans = spans_to(date(2026, 6, 30), 12)
    assert known_from(spans, None) == spans
    assert set(known_from(spans, date(2025, 7, 1))) == {YEAR}
    assert known_from(spans, date(2025, 7, 2)) == {}


@pytest.mark.parametrize(
    ("day", "quarter"),
    [
        (date(2026, 1, 1), Span(date(2026, 1, 1), date(2026, 3, 31))),
        (date(2026, 6, 30), Span(date(2026, 4, 1), date(2026, 6, 30))),
        (date(2026, 12, 31), Span(date(2026, 10, 1), date(2026, 12, 31))),
    ],
)
def test_a_quarter_has_both_its_ends(day: date, quarter: Span) -> None:
    assert quarter_of(day) == quarter
    assert quarter.is_quarter


def test_the_quarter_that_runs_ends_on_the_day_itself() -> None:
    assert quarters_to(date(2026, 2, 14), 2) == (
        (date(2025, 7, 1), date(2025, 9, 30)), (date(2025, 10, 1), date(2025, 12, 31)),
        (date(2026, 1, 1), date(2026, 2, 14)),
    )  # fmt: skip


@given(DAYS, st.integers(0, 20))
def test_quarters_are_whole_but_the_last_and_leave_no_day_out(until: date, count: int) -> None:
    found = quarters_to(until, count)
    assert len(found) == count + 1
    assert found[-1].until == until
    assert all(one.is_quarter for one in found[:-1])
    assert all(quarter_before(two) == one for one, two in pairwise(found))
    assert [one.since for one in found] == [one.since for one in quarters_back(until, count + 1)]


@given(DAYS, st.integers(-30, 30))
def test_first_days_of_months_and_quarters(day: date, months: int) -> None:
    assert first_of(day) <= day
    assert first_of(day, QUARTER) == quarter_of(day).since
    begun = months_before(day, months)
    assert begun.day == 1
    assert (day.year - begun.year) * 12 + day.month - begun.month == months
