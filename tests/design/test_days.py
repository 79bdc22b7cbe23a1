"""Days as people write them."""

from __future__ import annotations

from datetime import date

import pytest

from evenhand.design.days import NoSuchDay, read_day

MARCH = date(2026, 3, 27)


@pytest.mark.parametrize(
    "written",
    [
        "27/3/2026",
        " 27 03 2026 ",
        "27.3.2026",
        "27-3-2026",
        "2026-03-27",
        "27 March 2026",
        "27th mar 2026",
        "27 MARCH, 2026",
    ],
)
def test_what_people_write_is_read(written: str) -> None:
    assert read_day(written) == MARCH


@pytest.mark.parametrize(
    ("written", "fault", "boxes"),
    [
        ("27/3", "have a day, a month and a year", ("day", "month", "year")),
        ("31/2/2026", "check the day and month", ("day", "month")),
        ("29/2/2027", "check the day and month", ("day", "month")),
        ("27/13/2026", "check the month", ("month",)),
        ("27/Smarch/2026", "check the month", ("month",)),
        ("x/3/2026", "check the day", ("day",)),
        ("27/3/26", "year of 4 numbers", ("year",)),
        ("27/3/0202", "year of 4 numbers", ("year",)),
        ("27/3/20266", "year of 4 numbers", ("year",)),
        ("99999999999/3/2026", "check the day", ("day",)),
        ("0/3/2026", "check the day", ("day",)),
        ("²/3/2026", "check the day", ("day",)),
    ],
)
def test_what_is_no_day_is_said_with_the_part_to_mend(
    written: str, fault: str, boxes: tuple[str, ...]
) -> None:
    with pytest.raises(NoSuchDay) as refused:
        read_day(written)
    assert fault in refused.value.fault
    assert refused.value.boxes == boxes


def test_a_leap_day_is_a_day() -> None:
    assert read_day("29/2/2028") == date(2028, 2, 29)
