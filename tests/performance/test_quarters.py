"""Quarters by their names, and which numbers of one may be shown."""

from __future__ import annotations

from datetime import date

import pytest

from evenhand.performance.quarters import long_name, name_of, quarter_called, slug_of
from evenhand.performance.queries.publishing import is_small
from evenhand.standards.counts import Counts


@pytest.mark.parametrize(
    ("starts_on", "name"),
    [
        (date(2026, 4, 1), "Q1 2026-27"),
        (date(2026, 7, 1), "Q2 2026-27"),
        (date(2027, 1, 1), "Q4 2026-27"),
        (date(2100, 1, 1), "Q4 2099-00"),
    ],
)
def test_a_quarter_is_named_by_its_financial_year(starts_on: date, name: str) -> None:
    assert name_of(starts_on) == name
    found = quarter_called(slug_of(starts_on))
    assert found is not None
    assert found.since == starts_on


def test_an_address_that_names_no_quarter_is_none() -> None:
    assert [quarter_called(slug) for slug in ("2026-08", "2026-13", "last", "")] == [None] * 4
    assert long_name(date(2026, 7, 1)) == "Q2 2026-27 (July to September 2026)"


@pytest.mark.parametrize(
    ("kept", "late", "hidden"),
    [(5, 5, False), (4, 5, True), (5, 4, True), (0, 5, False), (5, 0, False), (0, 4, True)],
)
def test_small_numbers_are_hidden_on_either_side_and_noughts_are_not(
    kept: int, late: int, hidden: bool
) -> None:
    assert is_small(Counts(kept=kept, kept_late=late), 5) is hidden
