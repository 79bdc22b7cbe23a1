"""Which sheets are lists, where their header stands, and what is said of those that are not."""

from __future__ import annotations

import io
from datetime import date

import pytest

from evenhand.formats import annex_a
from evenhand.formats.annex_a.tables import ERRORS
from evenhand.formats.faults import FileFault
from evenhand.formats.files import File
from evenhand.formats.format import Opened, Passed
from evenhand.formats.reading import Block, Reader
from tests.formats.annex_a.books import Book, header, row


def opened(book: Book) -> dict[str, Opened]:
    """Return the tables of a workbook by name."""
    found = annex_a.FORMAT.open(book.file())
    assert isinstance(found, list)
    return {one.layout.table.name: one for one in found}


def read(one: Opened) -> Block:
    """Return the rows of a table as they are typed."""
    [block] = Reader(one.layout, annex_a.FORMAT.codes).blocks(one.rows())
    return block


def typed(book: Book, number: int) -> list[dict[str, object]]:
    """Return the rows of a list, by column, that have a value."""
    one = opened(book)[f"annex_a_list_{number}"]
    names = [column.name for column in one.layout.table.every_column]
    rows = (dict(zip(names, values, strict=True)) for values in read(one).rows)
    return [{name: value for name, value in each.items() if value is not None} for each in rows]


@pytest.mark.parametrize(
    "sheet", ["List_3", "List 3", "List3", "list 3 - Referrals", "LIST-3", " List 03"]
)
def test_a_list_is_known_by_its_sheet(sheet: str) -> None:
    assert set(opened(Book().list(3, row(3), sheet=sheet))) == {"annex_a_list_3"}


def test_lists_ten_and_eleven_are_not_taken_for_list_one() -> None:
    book = Book().list(10, row(10), sheet="List_10").list(1, row(1), sheet="List_1")
    assert set(opened(book)) == {"annex_a_list_1", "annex_a_list_10"}


def test_a_sheet_of_another_name_is_known_by_its_columns() -> None:
    assert set(opened(Book().list(7, row(7), sheet="CP 2026"))) == {"annex_a_list_7"}


def test_the_template_with_its_guidance_and_titles() -> None:
    book = (
        Book()
        .sheet("Front_Sheet", ["Annex A - Child level data"], ["Lists 1 - 11"])
        .sheet("Guidance", ["List Number/Title", "Field Heading"], ["List 1", "Child Unique ID"])
        .sheet("Codes_used", ["Gender", "", "Ethnicity"], ["a) Male", "", "a) WBRI"])
        .list(3, row(3), sheet="List_3", above=[["List 3: Referral"]])
        .list(4, sheet="List_4", above=[["List 4: Assessments"]])
    )
    assert set(opened(book)) == {"annex_a_list_3"}
    [line] = read(opened(book)["annex_a_list_3"]).lines
    assert line == 3


def test_headers_misspelt_as_they_are() -> None:
    spelt = {
        "Gender": "Sex",
        "Age of Child (Years)": "Age",
        "Child's Legal Status": "Child\u2019s  Legal Status ",
        "Date Ceased to be Looked After": "Date Ceased to be Looked After ",
        "Start date of current legal status": "Start date of current legal status)",
    }
    cells = {"Age of Child (Years)": 14.08, "Date Ceased to be Looked After": date(2026, 11, 1)}
    [found] = typed(Book().list(8, row(8, cells=cells), spelt=spelt), 8)
    assert found["Gender"] == "F"
    assert found["Child's Legal Status"] == "C2"
    assert found["Date Ceased to be Looked After"] == date(2026, 11, 1)
    assert found["Age of Child (Years)"] == 14.08


def test_columns_may_be_missing_or_more() -> None:
    columns = [name for name in header(9) if "Unaccompanied" not in name] + ["Local note"]
    one = opened(Book().list(9, row(9), columns=columns))["annex_a_list_9"]
    assert one.layout.left_aside == ("Local note",)
    assert len(one.layout.absent) == 1


def test_a_column_that_is_needed_is_named_with_its_sheet() -> None:
    columns = ["Date of Refferal" if name == "Date of referral" else name for name in header(3)]
    with pytest.raises(FileFault) as fault:
        opened(Book().list(3, row(3), columns=columns, sheet="List_3"))
    assert fault.value.file == "annex_a.xlsx, sheet List_3"
    assert "Date of referral" in fault.value.sentence
    assert "The nearest is 'Date of Refferal'" in fault.value.sentence


def test_days_as_text_and_errors_and_blanks() -> None:
    cells = {
        "Date of Birth": "14/08/2012",
        "Continuous Assessment Date of Authorisation": "not yet",
        "Allocated Team": "#N/A",
        "Allocated Worker": "Dustin\xa0Hazlett",
    }
    book = Book().list(4, row(4, cells=cells))
    [found] = typed(book, 4)
    assert found["Date of Birth"] == date(2012, 8, 14)
    assert found["Allocated Worker"] == "Dustin Hazlett"
    assert found[ERRORS] == "Allocated Team"
    assert "Continuous Assessment Date of Authorisation" not in found
    [fault] = read(opened(book)["annex_a_list_4"]).faults
    assert (fault.line, fault.weight, fault.found) == (2, "cell", "not yet")


def test_a_row_without_its_day_or_child_is_refused_with_its_row() -> None:
    rows = [row(3), row(3, child=""), row(3, cells={"Date of referral": ""})]
    faults = read(opened(Book().list(3, *rows))["annex_a_list_3"]).faults
    assert [(f.line, f.column, f.weight) for f in faults] == [
        (3, "Child Unique ID", "row"), (4, "Date of referral", "row"),
    ]  # fmt: skip


def test_a_spelling_that_cannot_be_told_is_left_to_be_asked() -> None:
    book = Book().list(3, row(3, cells={"Referral Source": "Health"}))
    [fault] = read(opened(book)["annex_a_list_3"]).faults
    assert (fault.weight, fault.found) == ("cell", "Health")
    assert "'Health'" in fault.sentence


def test_a_list_is_the_whole_truth_of_the_months_before_the_newest_day() -> None:
    newest = {"Date of latest review conference": date(2026, 8, 31)}
    early = {"Child Protection Plan Start Date": date(2024, 2, 1)}
    found = opened(
        Book()
        .list(7, row(7, cells=early | newest))
        .list(3, row(3, cells={"Date of referral": date(2026, 3, 3)}))
        .list(9, row(9))
    )
    window = (date(2026, 2, 28), date(2026, 8, 31))
    assert found["annex_a_list_7"].covers == window
    assert found["annex_a_list_3"].covers == window
    assert found["annex_a_list_9"].covers is None


def test_what_a_list_of_the_present_says_comes_first() -> None:
    book = Book().list(1, row(1)).list(6, row(6)).list(8, row(8))
    assert list(opened(book)) == ["annex_a_list_8", "annex_a_list_6", "annex_a_list_1"]


def send_book() -> Book:
    """Return the Annex A of an area SEND inspection."""
    names = ["Unique ID", "UPN", "ULN", "Date of birth", "Gender", "Ethnicity"]
    more = ["Date initial EHC plan issued", "SEN primary need"]
    return Book().sheet("List_1", [*names, *more], ["a", "b", "c", date(2015, 1, 1), 1, "WBRI"])


def test_the_annex_of_another_inspection_says_what_it_is() -> None:
    with pytest.raises(FileFault, match="area SEND inspection"):
        annex_a.FORMAT.open(send_book().file())
    passed = annex_a.FORMAT.open(send_book().file(named=False))
    assert isinstance(passed, Passed)
    assert "SEND" in passed.sentence


def test_a_workbook_that_cannot_be_opened_is_left_aside_with_the_reason_in_a_folder() -> None:
    data = b"child;date"
    named, found = (
        File("notes.xlsx", len(data), lambda: io.BytesIO(data), n) for n in (True, False)
    )
    with pytest.raises(FileFault, match="is no workbook"):
        annex_a.FORMAT.open(named)
    passed = annex_a.FORMAT.open(found)
    assert isinstance(passed, Passed)
    assert "is no workbook" in passed.sentence


def test_refusals_say_what_was_found_and_what_to_do() -> None:
    twice = Book().list(3, row(3), sheet="List 3").list(3, row(3), sheet="List_3")
    empty = Book().list(3).list(4)
    no_header = Book().sheet("List_5", ["some", "words"], [1, 2])
    for book, sentence in (
        (twice, "the sheets 'List 3' and 'List_3' are both list 3"),
        (empty, "none of its lists has a row"),
        (no_header, "no row with the column names of list 5"),
    ):
        with pytest.raises(FileFault, match=sentence) as fault:
            annex_a.FORMAT.open(book.file())
        assert fault.value.remedy


def test_other_files_are_of_another_format() -> None:
    assert annex_a.FORMAT.open(Book().sheet("Sheet1", ["a", "b"], [1, 2]).file()) is None
    assert annex_a.FORMAT.open(File("list_3.csv", 1, lambda: io.BytesIO(b"a"))) is None
