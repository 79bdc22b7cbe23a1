"""Dates, numbers and names in words."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from evenhand.design import wording

FRIDAY = date(2026, 11, 20)


def test_a_day_names_its_weekday_and_no_leading_nought() -> None:
    assert wording.day(date(2026, 3, 6)) == "Fri 6 March 2026"
    assert wording.day_month(date(2026, 3, 6)) == "6 March"


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (datetime(2026, 7, 31, 23, 30, tzinfo=UTC), "Sat 1 August 2026 at 12:30am"),
        (datetime(2026, 1, 31, 23, 30, tzinfo=UTC), "Sat 31 January 2026 at 11:30pm"),
        (datetime(2026, 1, 31, 12, 0, tzinfo=UTC), "Sat 31 January 2026 at 12:00pm"),
    ],
)
def test_a_moment_is_told_by_the_clock_in_london(at: datetime, words: str) -> None:
    assert wording.moment(at) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (FRIDAY, "today"),
        (date(2026, 11, 19), "yesterday"),
        (date(2026, 11, 21), "tomorrow"),
        (date(2026, 11, 17), "3 days ago"),
        (date(2026, 11, 25), "in 5 days"),
        (date(2026, 8, 20), "3 months ago"),
        (date(2023, 11, 20), "3 years ago"),
        (datetime(2026, 11, 20, 23, 0, tzinfo=UTC), "today"),
    ],
)
def test_how_long_ago(value: date, words: str) -> None:
    assert wording.ago(value, FRIDAY) == words


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [
        (34, 51, "67%"),
        (0, 51, "0%"),
        (51, 51, "100%"),
        (1, 1000, "under 1%"),
        (999, 1000, "over 99%"),
        (0, 0, "none yet"),
    ],
)
def test_a_share_is_nothing_or_all_only_when_it_is(part: int, whole: int, words: str) -> None:
    assert wording.percent(part, whole) == words


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [
        (190, 200, "95.0%"),
        (116, 120, "96.7%"),
        (0, 120, "0.0%"),
        (120, 120, "100.0%"),
        (1, 10_000, "under 0.1%"),
        (9_999, 10_000, "over 99.9%"),
    ],
)
def test_a_share_with_a_decimal_place(part: int, whole: int, words: str) -> None:
    assert wording.percent(part, whole, 1) == words


@pytest.mark.parametrize(
    ("value", "words"), [(1234567, "1,234,567"), (4.0, "4"), (4.25, "4.2"), (0, "0")]
)
def test_numbers(value: float, words: str) -> None:
    assert wording.number(value) == words


def test_a_child_is_named_as_people_say_it() -> None:
    child = SimpleNamespace(forename="Amara", surname="Obi ")
    assert wording.child_name(child) == "Amara Obi"
    assert wording.child_name(child, surname_first=True) == "Obi, Amara"


@pytest.mark.parametrize("child", [None, "", SimpleNamespace(forename="", surname=None)])
def test_a_missing_name_is_said_to_be_missing(child: object) -> None:
    assert wording.child_name(child) == "Name not recorded"
