"""Which table a file is, and typed rows from it."""

from __future__ import annotations

import io
from datetime import date

import pytest
from openpyxl import Workbook

from evenhand.formats import extract, roster
from evenhand.formats.delimited import Delimited
from evenhand.formats.extract import Opened, Passed
from evenhand.formats.faults import FileFault
from evenhand.formats.reading import Block, Reader
from evenhand.formats.recognise import table_named
from evenhand.formats.ssd.tables import codes, tables
from tests.formats.conftest import MakeFile

CONTACTS = ",".join(column.name for column in tables()["ssd_contacts"].columns)


def opened(file: object) -> Opened:
    found = extract.recognise(file)  # type: ignore[arg-type]
    assert isinstance(found, Opened)
    return found


def read(file: object, **meanings: str) -> Block:
    one = opened(file)
    reader = Reader(one.layout, codes(), {tuple(k.split("__")): v for k, v in meanings.items()})  # type: ignore[misc]
    (block,) = reader.blocks(Delimited(one.file))
    return block


def test_every_table_has_one_key_and_its_own_columns() -> None:
    assert len(tables()) == 46
    for table in tables().values():
        assert [column.key for column in table.columns].count(True) == 1, table.name
        assert len({column.name for column in table.columns}) == len(table.columns)


def test_every_code_list_that_a_used_column_names_is_there() -> None:
    for table in tables().values():
        for column in table.columns:
            if table.used and column.kind == "code":
                assert codes()[column.codes], (table.name, column.name)


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("ssd_person.csv", "ssd_person"),
        ("SSD_PERSON.CSV", "ssd_person"),
        ("person.csv", "ssd_person"),
        ("ssd_cin_plans_2026-11-20.csv", "ssd_cin_plans"),
        ("351_ssd_cp_plans.csv", "ssd_cp_plans"),
        ("roster.csv", "roster"),
        ("notes.csv", None),
    ],
)
def test_a_table_by_its_files_name(name: str, table: str | None) -> None:
    found = table_named(name, extract.known_tables())
    assert (found.name if found else None) == table


def test_a_table_by_its_columns_whatever_the_files_name(file: MakeFile) -> None:
    one = opened(file(f"{CONTACTS}\n", "extract7.csv"))
    assert one.layout.table.name == "ssd_contacts"


def test_columns_in_another_order_and_with_other_capitals(file: MakeFile) -> None:
    text = "Cont Contact Date,CONT_PERSON_ID,cont_contact_id,our own\n20/11/2026,7.0,1,x\n"
    one = opened(file(text))
    assert one.layout.left_aside == ("our own",)
    assert "cont_contact_outcome_json" in one.layout.absent
    block = read(file(text))
    assert block.rows == [("1", "7", date(2026, 11, 20), None, None, None)]


def test_mosaics_spellings(file: MakeFile) -> None:
    text = "cin_plan_id,cinp_person_id,cinp_cin_plan_start_date\nP1,7,2026-01-01\n"
    block = read(file(text, "ssd_cin_plans.csv"))
    assert block.rows[0][:4] == ("P1", None, "7", date(2026, 1, 1))
    reviews = (
        "cppr_cp_review_id,person_id,registration_id,due_date,actual_date\n1,7,9,,2026-01-01\n"
    )
    assert read(file(reviews, "ssd_cp_reviews.csv")).rows[0][:5] == (
        "1",
        "7",
        "9",
        None,
        date(2026, 1, 1),
    )


def test_a_missing_column_is_told_with_the_nearest(file: MakeFile) -> None:
    header = CONTACTS.replace("cont_contact_date", "cont_contact_dat")
    with pytest.raises(FileFault) as refused:
        opened(file(f"{header}\n"))
    assert "cont_contact_date" in refused.value.sentence
    assert "'cont_contact_dat'" in refused.value.sentence


def test_a_column_that_comes_twice(file: MakeFile) -> None:
    with pytest.raises(FileFault, match="comes twice, as column 1 and column 7"):
        opened(file(f"{CONTACTS},cont_contact_id\n"))


def test_a_file_without_a_header(file: MakeFile) -> None:
    with pytest.raises(FileFault, match="the first line has no column of ssd_contacts"):
        opened(file("1,7,2026-11-20,1A,,\n"))


def test_a_file_whose_name_and_columns_differ(file: MakeFile) -> None:
    with pytest.raises(FileFault, match="the columns are those of ssd_contacts"):
        opened(file(f"{CONTACTS}\n", "ssd_person.csv"))


def test_a_workbook_in_place_of_a_csv_file(file: MakeFile) -> None:
    with pytest.raises(FileFault, match="it is a workbook"):
        opened(file(b"PK\x03\x04", "ssd_contacts.xlsx"))


def test_what_is_not_part_of_an_extract_is_passed_over_in_a_folder_and_refused_by_name(
    file: MakeFile,
) -> None:
    assert isinstance(extract.recognise(file("hello", "notes.md", named=False)), Passed)
    assert isinstance(extract.recognise(file("a,b\n", "other.csv", named=False)), Passed)
    with pytest.raises(FileFault, match="neither its name nor its columns"):
        opened(file("a,b\n", "other.csv"))


def test_one_table_in_two_files(file: MakeFile) -> None:
    text = f"{CONTACTS}\n"
    _, _, faults = extract.open_all([file(text), file(text, "ssd_contacts_2026.csv")])
    assert [fault.sentence for fault in faults] == [
        "ssd_contacts comes twice: ssd_contacts.csv holds it too."
    ]


def test_a_bad_day_refuses_its_row_and_a_strange_code_only_its_cell(file: MakeFile) -> None:
    text = f"{CONTACTS}\n1,7,0202-05-01,1A,,\n2,7,2026-05-01,ZZ,,\n3,7,2026-05-02,1a,,\n"
    block = read(file(text))
    assert block.read == 3
    assert [row[0] for row in block.rows] == ["2", "3"]
    assert [row[3] for row in block.rows] == [None, "1A"]
    refused, left = block.faults
    assert (refused.line, refused.column, refused.found, refused.weight) == (
        2,
        "cont_contact_date",
        "0202-05-01",
        "row",
    )
    assert (left.line, left.column, left.found, left.weight) == (
        3,
        "cont_contact_source_code",
        "ZZ",
        "cell",
    )
    assert block.raw[2]["cont_contact_date"] == "0202-05-01"


def test_a_blank_key_or_needed_cell_refuses_its_row(file: MakeFile) -> None:
    block = read(file(f"{CONTACTS}\n,7,2026-05-01,,,\n2,7,NULL,,,\n"))
    assert block.rows == []
    assert [(f.rule, f.column) for f in block.faults] == [
        ("SSD-R03", "cont_contact_id"),
        ("SSD-R03", "cont_contact_date"),
    ]


def test_a_meaning_that_was_given_is_used_wherever_the_value_stands(file: MakeFile) -> None:
    text = f"{CONTACTS}\n1,7,2026-05-01,Police,,\n"
    assert read(file(text), cont_contact_source_code__police="6").rows[0][3] == "6"


def test_columns_without_a_value_are_not_supplied(file: MakeFile) -> None:
    one = opened(file(f"{CONTACTS}\n1,7,2026-05-01,,PLACEHOLDER_DATA,\n"))
    reader = Reader(one.layout, codes())
    list(reader.blocks(Delimited(one.file)))
    assert reader.supplied == {"cont_contact_id", "cont_person_id", "cont_contact_date"}


def test_memory_stays_flat_however_long_the_file(file: MakeFile) -> None:
    def text(count: int) -> str:
        return f"{CONTACTS}\n" + "".join(f"{n},7,2026-05-01,1A,,\n" for n in range(count))

    one = opened(file(text(12_000)))
    sizes = [len(block.rows) for block in Reader(one.layout, codes()).blocks(Delimited(one.file))]
    assert sizes == [5_000, 5_000, 2_000]


def test_a_roster_from_a_workbook(file: MakeFile) -> None:
    data = io.BytesIO()
    book = Workbook()
    book.active.append(list(roster.ROSTER_COLUMNS))  # type: ignore[union-attr]
    book.active.append([17, "Ada Lantern", "ada@islehaven.example"])  # type: ignore[union-attr]
    book.save(data)
    block = read(file(data.getvalue(), "roster.xlsx"))
    assert block.rows[0][:3] == ("17", "Ada Lantern", "ada@islehaven.example")


def test_roles_that_are_known_and_words_that_are_not() -> None:
    assert roster.roles_of("Social Worker;  team manager ; wizard") == (
        ("social worker", "team manager"),
        ("wizard",),
    )
