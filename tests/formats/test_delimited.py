"""Files that are not what they should be are refused in one sentence, with the line."""

from __future__ import annotations

import codecs

import pytest

from evenhand.formats import limits
from evenhand.formats.delimited import Delimited, Row
from evenhand.formats.faults import Fault, FileFault
from tests.formats.conftest import MakeFile


def rows(file: object) -> list[Row | Fault]:
    return list(Delimited(file))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("encoded", "encoding"),
    [
        ("id,name\n1,Zoë\n".encode(), "utf-8-sig"),
        (codecs.BOM_UTF8 + "id,name\n1,Zoë\n".encode(), "utf-8-sig"),
        ("id,name\n1,Zoë\n".encode("utf-16"), "utf-16"),
        ("id,name\n1,Zoë\n".encode("cp1252"), "cp1252"),
    ],
)
def test_the_encodings_that_are_met(file: MakeFile, encoded: bytes, encoding: str) -> None:
    opened = Delimited(file(encoded))
    assert opened.encoding == encoding
    assert opened.header == ["id", "name"]
    assert list(opened) == [Row(2, ["1", "Zoë"])]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_marks_that_part_cells(file: MakeFile, mark: str) -> None:
    assert rows(file(f"id{mark}name\n1{mark}a b\n")) == [Row(2, ["1", "a b"])]


def test_a_row_begins_on_the_line_where_its_first_cell_is(file: MakeFile) -> None:
    text = 'id,note\n1,"two\nlines"\n2,one\n'
    assert [row.line for row in rows(file(text))] == [2, 4]


def test_blank_lines_are_passed_over(file: MakeFile) -> None:
    assert [row.line for row in rows(file("id,note\n\n1,a\n\n"))] == [3]


def test_a_row_of_another_width_is_one_fault_and_the_rest_is_read(file: MakeFile) -> None:
    fault, row = rows(file("id,note\n1,a,b\n2,c\n"))
    assert isinstance(fault, Fault)
    assert (fault.line, fault.rule, fault.found) == (2, "SSD-R01", "1,a,b")
    assert row == Row(3, ["2", "c"])


def test_a_stray_quotation_mark_is_one_fault_and_the_rest_is_read(file: MakeFile) -> None:
    fault, row = rows(file('id,note\n1,"a" b\n2,c\n'))
    assert isinstance(fault, Fault)
    assert (fault.line, fault.rule) == (2, "SSD-R02")
    assert row == Row(3, ["2", "c"])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "the file is empty"),
        (b"  \n ", "the file is empty"),
        (b"PK\x03\x04rest", "a workbook or zip"),
        (b"\xd0\xcf\x11\xe0rest", "old workbook"),
        (b"%PDF-1.7", "a PDF"),
        ("id,name\n1,a\n".encode("utf-16-le"), "UTF-16 without its byte order mark"),
        (b"id,name\n1,\x81\x8d\n", "neither UTF-8, UTF-16 nor Windows-1252"),
        (b"id,name\n1,a\n2", "stops in the middle of line 3, after 1 of 2 cells"),
        (b'id,name\n1,a\n2,"half a te', "stops in the middle of line 3, after a quotation mark"),
        ("id,name\n1,Zoë".encode()[:-1], "stops in the middle of a character, at line 2"),
        ("id,name\n1,Zoë".encode("utf-16")[:-1], "stops in the middle of a character"),
        (b"\n1,a\n", "the first line is not a row of column names"),
        (b",".join(b"c%d" % n for n in range(limits.COLUMNS + 1)), "columns; the most is"),
    ],
)
def test_a_broken_file_is_refused_with_a_remedy(file: MakeFile, content: bytes, words: str) -> None:
    with pytest.raises(FileFault) as refused:
        rows(file(content))
    assert words in refused.value.sentence
    assert refused.value.remedy


def test_a_last_line_without_an_end_is_whole_when_its_cells_are(file: MakeFile) -> None:
    assert rows(file("id,name\n1,a")) == [Row(2, ["1", "a"])]


def test_a_cell_of_forty_megabytes_is_refused_without_reading_it_all(file: MakeFile) -> None:
    with pytest.raises(FileFault, match="line 2 is longer than"):
        rows(file(b"id,note\n1," + b"x" * 40_000_000 + b"\n"))


def test_a_quotation_that_swallows_the_file_is_refused_with_the_line_where_it_began(
    file: MakeFile,
) -> None:
    text = 'id,note\n1,"never closed\n' + "2,an ordinary line\n" * 20_000
    with pytest.raises(FileFault, match="line 2: a cell is longer"):
        rows(file(text))
