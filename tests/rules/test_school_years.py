"""When Year 9 begins, and when a young person may leave school."""

from __future__ import annotations

from datetime import date

import pytest

from evenhand.rules.school_years import school_leaving_day, year_begins

YEAR_9, YEAR_11 = 13, 15


@pytest.mark.parametrize(
    ("born", "begins"),
    [
        ("2009-09-14", "2023-09-01"),
        ("2012-05-20", "2025-09-01"),
        ("2010-08-31", "2023-09-01"),
        ("2010-09-01", "2024-09-01"),
        ("2012-02-29", "2025-09-01"),
    ],
)
def test_year_9_begins_on_the_september_after_the_13th_birthday(born: str, begins: str) -> None:
    assert year_begins(date.fromisoformat(born), YEAR_9) == date.fromisoformat(begins)


@pytest.mark.parametrize(
    ("born", "leaves"),
    [
        ("2010-05-20", "2026-06-26"),
        ("2011-05-20", "2027-06-25"),
        ("2010-08-31", "2026-06-26"),
        ("2010-09-01", "2027-06-25"),
        ("2012-01-05", "2028-06-30"),
    ],
)
def test_school_is_left_on_the_last_friday_in_june_of_year_11(born: str, leaves: str) -> None:
    assert school_leaving_day(date.fromisoformat(born), YEAR_11) == date.fromisoformat(leaves)
