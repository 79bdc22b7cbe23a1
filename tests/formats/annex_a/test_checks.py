"""What is doubtful in a whole workbook: said once, where it stands, and no more is refused."""

from __future__ import annotations

from datetime import date
from typing import Any

from evenhand.formats import annex_a
from evenhand.formats.format import Checked
from evenhand.formats.frames import Frames
from evenhand.formats.reading import Reader
from tests.formats.annex_a.books import Book, row

TODAY = date(2026, 11, 22)


def checked(book: Book) -> list[Checked]:
    """Return what the checks find in a workbook."""
    found = annex_a.FORMAT.open(book.file())
    assert isinstance(found, list)
    assert annex_a.FORMAT.check
    frames = Frames()
    for number, one in enumerate(found):
        for block in Reader(one.layout, annex_a.FORMAT.codes).blocks(one.rows()):
            frames.add(one.layout.table, block, number)
    return list(annex_a.FORMAT.check(frames.take(), TODAY))


def rules(book: Book) -> list[tuple[str, int, str, str]]:
    """Return the list, row, rule and weight of each finding."""
    return [
        (one.table.removeprefix("annex_a_list_"), one.fault.line, one.fault.rule, one.fault.weight)
        for one in checked(book)
    ]


def a_row(number: int, child: Any = 4653765, **cells: Any) -> dict[str, Any]:
    """Return a row of a list with some cells by their short names."""
    names = {"born": "Date of Birth", "sex": "Gender", "age": "Age of Child (Years)"}
    return row(number, child=child, cells={names.get(n, n): value for n, value in cells.items()})


def test_a_workbook_without_a_doubt() -> None:
    book = Book()
    for number in range(1, 9):
        book.list(number, a_row(number, age=14))
    assert rules(book) == []


def test_another_date_of_birth_is_another_child_until_somebody_says() -> None:
    book = Book().list(8, a_row(8)).list(3, a_row(3, born=date(2012, 8, 15)), a_row(3, child=2))
    [found] = checked(book)
    assert (found.table, found.fault.line, found.fault.weight) == ("annex_a_list_3", 2, "row")
    assert "2012-08-15 here and on 2012-08-14 in list 8, row 2" in found.fault.sentence


def test_another_sex_or_ethnicity_is_noted_and_what_says_nothing_is_not() -> None:
    book = (
        Book()
        .list(8, a_row(8, Ethnicity="s) NOBT", sex="c) Not stated/recorded"))
        .list(6, a_row(6))
        .list(3, a_row(3, sex="a) Male", Ethnicity="k) APKN"), a_row(3, child=2, sex="a) Male"))
    )
    assert rules(book) == [("3", 2, "AXA-I02", "note"), ("3", 2, "AXA-I03", "note")]


def test_ages_that_the_date_of_birth_belies() -> None:
    unborn = {"born": date(2027, 1, 20), "age": -1}
    book = Book().list(
        1, a_row(1, 1, age=14.08), a_row(1, 2, age=13), a_row(1, 3, age=3), a_row(1, 4, **unborn)
    )
    assert rules(book) == [("1", 4, "AXA-A01", "note")]


def test_nobody_is_a_care_leaver_before_the_age_of_the_list() -> None:
    young = a_row(9, 2, born=date(2011, 1, 1), age=15)
    of_age = a_row(9, 1, born=date(2010, 1, 1), age=16)
    assert rules(Book().list(9, of_age, young)) == [("9", 3, "AXA-A02", "note")]


def test_days_in_another_order_than_things_happen() -> None:
    book = (
        Book()
        .list(5, a_row(5, **{"Date of Initial Child Protection Conference": date(2026, 9, 3)}))
        .list(7, a_row(7, **{"Date of latest review conference": date(2026, 9, 19)}))
        .list(8, a_row(8, **{"Start Date of Most Recent Placement": date(2026, 9, 30)}))
    )
    assert sorted(rules(book)) == [(n, 2, "AXA-D01", "note") for n in ("5", "7", "8")]


def test_two_plans_without_an_end() -> None:
    ended = {"Child Protection Plan Start Date": date(2026, 7, 1)}
    two = Book().list(7, a_row(7), a_row(7, **ended))
    assert [rule for *_, rule, _ in rules(two)] == ["AXA-R01", "AXA-R01"]
    ended["Child Protection Plan End Date"] = date(2026, 8, 1)
    assert rules(Book().list(7, a_row(7), a_row(7, **ended))) == []


def test_a_conference_that_is_both_needless_and_held() -> None:
    cells = {
        "Was an Initial Child Protection Conference deemed unnecessary?": "a) Yes",
        "Date of Initial Child Protection Conference": date(2026, 9, 16),
    }
    assert rules(Book().list(5, a_row(5, **cells))) == [("5", 2, "AXA-R02", "note")]


def test_a_postcode_that_is_none_is_left_aside() -> None:
    rows = [a_row(8, 1, **{"Placement postcode": "nope"}), a_row(8, 2)]
    rows += [a_row(8, 3, **{"Placement postcode": "po30 1nr"})]
    assert rules(Book().list(8, *rows)) == [("8", 2, "AXA-C01", "cell")]


def test_errors_of_the_workbook_are_said_once_for_each_column() -> None:
    rows = [a_row(6, n, **{"Allocated Team": "#N/A"}) for n in (1, 2)] + [a_row(6, 3)]
    [found] = checked(Book().list(6, *rows))
    assert (found.fault.rule, found.fault.line, found.fault.column) == (
        "AXA-C02", 2, "Allocated Team",
    )  # fmt: skip
    assert "2 cells hold an error" in found.fault.sentence
