"""Dated entries: which is in force on a day, and what is said where none is."""

from __future__ import annotations

from datetime import date

import pytest

from evenhand.policy.entries import begun, called, in_force, needed, newest, that_holds
from evenhand.problems import Problem

NEW = {"id": "gap", "from": date(2026, 4, 1), "value": 8}
OLD = {"id": "gap", "from": date(2020, 1, 1), "value": 10}
OTHER = {"id": "other", "from": date(2000, 1, 1), "value": 1}
ENTRIES = [NEW, OTHER, OLD]


@pytest.mark.parametrize(
    ("day", "value"),
    [
        (date(2019, 12, 31), None),
        (date(2020, 1, 1), 10),
        (date(2026, 3, 31), 10),
        (date(2026, 4, 1), 8),
        (date(2030, 1, 1), 8),
    ],
)
def test_the_newest_that_begins_by_a_day_is_in_force(day: date, value: int | None) -> None:
    assert in_force(called(ENTRIES, "gap"), day) == value


def test_entries_that_have_begun_are_in_order_whatever_order_the_file_has() -> None:
    assert begun(ENTRIES, date(2026, 4, 1)) == [OTHER, OLD, NEW]
    assert newest(ENTRIES, date(2021, 1, 1)) == OLD
    assert newest([], date(2021, 1, 1)) is None


def test_a_value_that_is_missing_is_named_with_its_file_and_day() -> None:
    assert needed(ENTRIES, "gap", date(2026, 5, 1), "closer.yaml") == NEW
    with pytest.raises(Problem) as caught:
        needed(ENTRIES, "gap", date(2019, 1, 1), "closer.yaml")
    assert str(caught.value).startswith('closer.yaml has no value of "gap" in force on 01/01/2019.')
    with pytest.raises(Problem, match="no profile in force on 01/01/2019"):
        that_holds([], date(2019, 1, 1), "disclosure.yaml has no profile")
