"""A cell becomes a value, nothing, or a sentence that says what is wrong with it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from evenhand.formats import cells, limits
from evenhand.formats.cells import Bad


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-29",
        "29/03/2026",
        "29/3/2026",
        "29-03-2026",
        "29 March 2026",
        "29-Mar-2026",
        "2026-03-29 00:00:00.000",
        "2026-03-29T00:00:00",
        "29/03/2026 00:00",
        " 2026-03-29 ",
        "2026-03-29 14:30:00.000",
    ],
)
def test_a_day_in_every_spelling_that_is_met(text: str) -> None:
    assert cells.to_date(text) == date(2026, 3, 29)


def test_a_moment_is_utc_and_midnight_is_only_a_day() -> None:
    assert cells.to_moment("2026-07-01 09:30:00.000") == datetime(2026, 7, 1, 8, 30, tzinfo=UTC)
    assert cells.to_moment("2026-01-01 09:30") == datetime(2026, 1, 1, 9, 30, tzinfo=UTC)
    assert cells.to_moment("2026-07-01 00:00:00.000") == date(2026, 7, 1)


def test_an_evening_in_utc_falls_on_its_day_in_london() -> None:
    assert cells.to_date("2026-07-01T23:30:00Z") == date(2026, 7, 2)


@pytest.mark.parametrize("text", ["", " ", "NULL", "null", "PLACEHOLDER_DATA", "#N/A"])
def test_what_says_nothing_is_nothing(text: str) -> None:
    assert cells.to_text(text) is None
    assert cells.to_date(text) is None


@pytest.mark.parametrize(
    ("text", "rule", "words"),
    [
        ("0202-05-01", "SSD-D02", "year 0202"),
        ("02/01/20251", "SSD-D02", "five digits"),
        ("1900-01-01", "SSD-D02", "year 1900"),
        ("31/02/2026", "SSD-D03", "not a day of the calendar"),
        ("12/31/2026", "SSD-D03", "not a day of the calendar"),
        ("2026-03-29 25:00", "SSD-D04", "no such time"),
        ("45123", "SSD-D05", "spreadsheet's day number"),
        ("01/02/26", "SSD-D01", "not a date"),
        ("soon", "SSD-D01", "not a date"),
    ],
)
def test_a_day_that_cannot_be_is_told_with_its_remedy(text: str, rule: str, words: str) -> None:
    bad = cells.to_date(text)
    assert isinstance(bad, Bad)
    assert (bad.rule, bad.weight) == (rule, "row")
    assert words in bad.sentence
    assert bad.remedy


def test_numbers_that_spreadsheets_made_of_identifiers() -> None:
    assert cells.to_id("123.0") == "123"
    assert cells.to_id("0012") == "0012"
    assert cells.to_id("AB12.0") == "AB12.0"


def test_nobody_is_not_a_worker() -> None:
    assert cells.to_somebody("-1") is None
    assert cells.to_somebody("0") is None
    assert cells.to_somebody("0.0") is None
    assert cells.to_somebody("W10") == "W10"


def test_an_identifier_that_is_too_long_shows_slipped_columns() -> None:
    bad = cells.to_id("x" * (limits.ID_CHARACTERS + 1))
    assert isinstance(bad, Bad)
    assert bad.rule == "SSD-C05"


def test_a_formula_stays_text() -> None:
    formula = '=HYPERLINK("http://example.invalid","x")'
    assert cells.to_text(formula) == formula


def test_a_cell_that_is_too_long_and_one_with_a_nul() -> None:
    long, nul = cells.to_text("x" * (limits.CELL_CHARACTERS + 1)), cells.to_text("a\0b")
    assert isinstance(long, Bad)
    assert isinstance(nul, Bad)
    assert (long.rule, nul.rule) == ("SSD-C03", "SSD-C04")


def test_codes_in_any_case_and_none_where_it_is_a_code() -> None:
    convert = cells.to_code({"NONE": "No disability", "AUT": "Autism"}, "disability")
    assert convert("aut ") == "AUT"
    assert convert("None") == "NONE"
    assert convert("NULL") is None
    bad = convert("A1")
    assert isinstance(bad, Bad)
    assert (bad.rule, bad.weight) == ("SSD-C01", "cell")
