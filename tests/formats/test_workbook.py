"""Workbooks: what their cells read as, and those that are refused before they are loaded."""

from __future__ import annotations

import io
import resource
import struct
import zipfile
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
import xlsxwriter
import xlwt

from evenhand.formats import limits
from evenhand.formats.faults import FileFault
from evenhand.formats.workbook import open_workbook
from tests.formats.conftest import MakeFile

ODS = """<?xml version="1.0" encoding="UTF-8"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>
<table:table table:name="List_1">{rows}</table:table>
</office:spreadsheet></office:body></office:document-content>"""
ODS_CELL = '<table:table-cell office:value-type="string"><text:p>A1</text:p></table:table-cell>'
MANIFEST = """<manifest:manifest
 xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
<manifest:file-entry manifest:full-path="/"
 manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>{more}</manifest:manifest>"""


def xlsx(rows: list[list[Any]], sheet: str = "List_1", first_row: int = 0) -> bytes:
    """Return a workbook of one sheet; days are formatted as days."""
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"default_date_format": "dd/mm/yyyy"})
    page = book.add_worksheet(sheet)
    for number, row in enumerate(rows, start=first_row):
        page.write_row(number, 0, row)
    book.close()
    return data.getvalue()


def ods(rows: str, more: str = "") -> bytes:
    """Return an .ods workbook of one sheet."""
    parts = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": MANIFEST.format(more=more),
        "content.xml": ODS.format(rows=rows),
    }
    return zipped({name: text.encode() for name, text in parts.items()})


def zipped(parts: dict[str, bytes]) -> bytes:
    """Return a zip of some parts."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return data.getvalue()


def changed(workbook: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """Return a workbook with something in one of its parts replaced."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new)
    return zipped(parts)


def test_cells_read_as_a_csv_file_would_hold_them(file: MakeFile) -> None:
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data)
    page = book.add_worksheet("S")
    as_day = book.add_format({"num_format": "dd/mm/yyyy"})
    as_moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
    page.write_number(2, 1, 9212044)
    page.write_number(2, 2, 6.138261464750171)
    page.write_datetime(2, 3, date(2020, 9, 16), as_day)
    at_five_past_one = datetime(2020, 9, 16, 13, 5)  # noqa: DTZ001 (a sheet has no zones)
    page.write_datetime(2, 4, at_five_past_one, as_moment)
    page.write_string(2, 5, "Dustin\xa0Hazlett ")
    page.write_boolean(2, 6, True)
    page.write_number(2, 7, 0, as_day)
    page.write_formula(2, 8, "=1+1", None, 2)
    book.close()
    [row] = open_workbook(file(data.getvalue(), "a.xlsx")).rows("S")
    assert row.line == 3
    assert row.cells == [
        "", "9212044", "6.138261464750171", "2020-09-16", "2020-09-16 13:05:00",
        "Dustin Hazlett", "TRUE", "", "2",
    ]  # fmt: skip


def test_a_cell_with_an_error_is_blank_and_named(file: MakeFile) -> None:
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data)
    page = book.add_worksheet("List 6")
    page.write_row(0, 0, ["Child Unique ID", "Allocated Team"])
    page.write_number(1, 0, 1)
    page.write_formula(1, 1, "=NA()", None, "#N/A")
    book.close()
    opened = open_workbook(file(data.getvalue(), "a.xlsx"))
    assert [row.cells for row in opened.rows("List 6")][1] == ["1", ""]
    assert opened.errors("List 6") == {2: (1,)}


def test_rows_keep_their_number_in_the_sheet(file: MakeFile) -> None:
    rows = [["title"], [], ["a", "b"], [], [1, date(2026, 1, 2)]]
    opened = open_workbook(file(xlsx(rows, first_row=2), "a.xlsx"))
    assert [(row.line, row.cells) for row in opened.rows("List_1")] == [
        (3, ["title", ""]), (5, ["a", "b"]), (7, ["1", "2026-01-02"]),
    ]  # fmt: skip
    with pytest.raises(KeyError):
        next(opened.rows("List_2"))


def test_the_legacy_format_is_read(file: MakeFile) -> None:
    book = xlwt.Workbook()
    page = book.add_sheet("List_2")
    page.write(0, 0, 1005)
    page.write(0, 1, date(2000, 1, 5), xlwt.easyxf(num_format_str="DD/MM/YYYY"))
    data = io.BytesIO()
    book.save(data)
    opened = open_workbook(file(data.getvalue(), "a.xls"))
    assert [row.cells for row in opened.rows("List_2")] == [["1005", "2000-01-05"]]


def test_open_document_is_read_however_many_empty_rows_it_repeats(file: MakeFile) -> None:
    rows = (
        f"<table:table-row>{ODS_CELL}</table:table-row>"
        '<table:table-row table:number-rows-repeated="1048575">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    opened = open_workbook(file(ods(rows), "a.ods"))
    assert [row.cells for row in opened.rows("List_1")] == [["A1"]]


def test_a_name_that_ends_in_xlsx_is_not_enough(file: MakeFile) -> None:
    for content, sentence in (
        (b"", "is empty"),
        (b"child,date\n1,2\n", "is no workbook"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "is a web page"),
        (zipped({"word/document.xml": b"<w/>"}), "some other kind of file"),
        (zipped({"xl/workbook.bin": b""}), "binary workbook"),
        (xlsx([["a"]])[:2000], "damaged"),
    ):
        with pytest.raises(FileFault, match=sentence) as fault:
            open_workbook(file(content, "list.xlsx"))
        assert fault.value.file == "list.xlsx"
        assert fault.value.remedy


def test_macros_are_never_opened(file: MakeFile) -> None:
    with zipfile.ZipFile(io.BytesIO(xlsx([["a"]]))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with_macros = zipped({**parts, "xl/vbaProject.bin": b"\xd0\xcf"})
    for name in ("a.xlsm", "a.xlsx"):
        with pytest.raises(FileFault, match=r"macros.*save|macros") as fault:
            open_workbook(file(with_macros, name))
        assert "Save it as .xlsx" in fault.value.remedy


def compound(*names: str) -> bytes:
    """Return an empty compound file, as locked and legacy workbooks are, with named entries."""
    size = 512
    head = bytearray(size)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<H", head, 0x1E, 9)
    struct.pack_into("<I", head, 0x30, 1)
    struct.pack_into("<II", head, 0x38, 4096, 0xFFFFFFFE)
    struct.pack_into("<I", head, 0x44, 0xFFFFFFFE)
    struct.pack_into("<109I", head, 0x4C, 0, *[0xFFFFFFFF] * 108)
    table = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *[0xFFFFFFFF] * 126)
    entries = b""
    for name in ("Root Entry", *names):
        entry = bytearray(128)
        text = name.encode("utf-16-le")
        entry[: len(text)] = text
        struct.pack_into("<H", entry, 64, len(text) + 2)
        entries += bytes(entry)
    return bytes(head) + table + entries.ljust(size, b"\0")


def test_a_locked_workbook_says_that_it_is_locked(file: MakeFile) -> None:
    locked = (
        compound("EncryptedPackage", "EncryptionInfo"),
        ods(f"<table:table-row>{ODS_CELL}</table:table-row>", "<manifest:encryption-data/>"),
    )
    for content in locked:
        with pytest.raises(FileFault, match="locked with a password"):
            open_workbook(file(content, "locked.xlsx"))
    with pytest.raises(FileFault, match="macros"):
        open_workbook(file(compound("Workbook", "_VBA_PROJECT_CUR"), "old.xls"))


def memory() -> int:
    """Return the most memory that this process has held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def empty_rows(count: int) -> bytes:
    """Return a workbook whose sheet goes on for ever without holding anything."""
    rows = b"".join(b'<row r="%d"/>' % number for number in range(2, count))
    end = b"</sheetData>"
    return changed(xlsx([["a"]]), "xl/worksheets/sheet1.xml", end, rows + end)


def test_rows_without_end_are_refused_without_being_held(file: MakeFile) -> None:
    content = empty_rows(limits.SHEET_ROWS + 10)
    before = memory()
    with pytest.raises(FileFault, match=r"goes on to row 1,048,577"):
        open_workbook(file(content, "a.xlsx"))
    assert memory() - before < 50


def test_a_declared_size_alone_costs_nothing(file: MakeFile) -> None:
    content = changed(
        xlsx([["a"]]),
        "xl/worksheets/sheet1.xml",
        b'<dimension ref="A1"/>',
        b'<dimension ref="A1:XFD1048576"/>',
    )
    opened = open_workbook(file(content, "a.xlsx"))
    assert [row.cells for row in opened.rows("List_1")] == [["a"]]


def test_a_stray_cell_in_the_far_corner_is_refused(file: MakeFile) -> None:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "a", "b"
    data = io.BytesIO()
    book.save(data)
    old = xlwt.Workbook()
    for number in range(3):
        page = old.add_sheet(f"List_{number}")
        page.write(0, 0, 1)
        page.write(65535, 255, 1)
    legacy = io.BytesIO()
    old.save(legacy)
    repeated = f'<table:table-row table:number-rows-repeated="1048576">{ODS_CELL}</table:table-row>'
    wide = repeated.replace(
        "<table:table-cell", '<table:table-cell table:number-columns-repeated="99"'
    )
    before = memory()
    for content, name in (
        (data.getvalue(), "a.xlsx"), (legacy.getvalue(), "a.xls"), (ods(wide), "a.ods"),
    ):  # fmt: skip
        with pytest.raises(FileFault, match="most of them empty"):
            open_workbook(file(content, name))
    assert memory() - before < 50


def test_a_bomb_is_refused(file: MakeFile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "WORKBOOK_UNPACKED", 1_000_000)
    zeros = zipped({"xl/workbook.xml": b"<a/>", "xl/styles.xml": b"0" * 1_000_000})
    with pytest.raises(FileFault, match=r"unpacks to 1,000,004 bytes"):
        open_workbook(file(zeros, "a.xlsx"))


def test_one_long_text_in_very_many_cells_is_refused(file: MakeFile) -> None:
    text = xlsx([["x" * 30_000]])
    cell = b'<c r="A1" t="s"><v>0</v></c>'
    rows = b"".join(
        b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (n, n) for n in range(2, 20_000)
    )
    content = changed(text, "xl/worksheets/sheet1.xml", cell + b"</row>", cell + b"</row>" + rows)
    with pytest.raises(FileFault, match=r"more than 536,870,912 characters"):
        open_workbook(file(content, "a.xlsx"))


def test_a_cell_that_the_reader_stumbles_over_is_told(file: MakeFile) -> None:
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data)
    page = book.add_worksheet("List_1")
    page.write_number(0, 0, 1e300, book.add_format({"num_format": "[h]:mm"}))
    book.close()
    with pytest.raises(FileFault, match="cannot be opened"):
        list(open_workbook(file(data.getvalue(), "a.xlsx")).rows("List_1"))


def legacy() -> bytes:
    """Return a legacy workbook of one sheet with one cell."""
    book = xlwt.Workbook()
    book.add_sheet("List_1").write(0, 0, 1)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def test_a_broken_legacy_workbook_breaks_nothing_else(file: MakeFile) -> None:
    content = legacy()
    size = content.index(b"\x00\x02\x0e\x00") + 4
    place = content.index(b"\x85\x00") + 4
    vast = content[: size + 4] + struct.pack("<I", 0xFFFFFFF0) + content[size + 8 :]
    astray = content[:place] + struct.pack("<I", 7) + content[place + 4 :]
    for broken in (vast, astray, content[:1500]):
        with pytest.raises(FileFault, match=r"damaged"):
            open_workbook(file(broken, "a.xls"))
    assert open_workbook(file(content, "a.xls")).sheets == ("List_1",)


def test_a_workbook_of_too_many_bytes_is_not_read(file: MakeFile) -> None:
    large = file(b"PK", "a.xlsx")
    object.__setattr__(large, "size", limits.WORKBOOK_BYTES + 1)
    with pytest.raises(FileFault, match="the most is 67,108,864"):
        open_workbook(large)
