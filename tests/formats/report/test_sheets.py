"""Any file as sheets with a header, and its rows laid out as a mapping says."""

from __future__ import annotations

from pathlib import Path

import pytest
from xlsxwriter import Workbook

from evenhand.formats.delimited import Row
from evenhand.formats.faults import Fault, FileFault
from evenhand.formats.files import find
from evenhand.formats.report import FORMAT
from evenhand.formats.report.opening import TOTALS, Meant, open_sheet
from evenhand.formats.report.sheets import Sheet, sheets_of
from evenhand.formats.report.tables import tables

MEETING = Meant(tables()["report_core_groups"], {"Child": "ID", "Day": "Met on"})


def sheet(folder: Path, text: str, name: str = "report.csv") -> Sheet:
    """Write a report; its only sheet."""
    (folder / name).write_bytes(text.encode("utf-8-sig"))
    return sheets_of(find([folder / name])[0])[0]


def test_a_title_above_the_header_is_passed_over_and_lines_stay_true(tmp_path: Path) -> None:
    found = sheet(tmp_path, "Core groups\n\nID,Met on,Chair\n7,2026-04-01,AB\n")
    assert found.header == ("ID", "Met on", "Chair")
    assert list(found.rows()) == [Row(4, ["7", "2026-04-01", "AB"])]
    assert list(found.rows()) == list(found.rows()), "as often as it is asked"


def test_a_header_is_known_again_in_any_order_of_its_columns(tmp_path: Path) -> None:
    one = sheet(tmp_path, "ID,Met on\n7,2026-04-01\n")
    two = sheet(tmp_path, "MET ON;id\n2026-04-01;7\n")
    other = sheet(tmp_path, "ID,Met on,Chair\n7,2026-04-01,AB\n")
    assert one.digest == two.digest != other.digest


def test_the_sheets_of_a_workbook(tmp_path: Path) -> None:
    book = Workbook(str(tmp_path / "all.xlsx"))
    book.add_worksheet("Cover").write(0, 0, "Made on Friday")
    held = book.add_worksheet("Held")
    for n, row in enumerate([["Core groups"], [], ["ID", "Met on"], ["7", "2026-04-01"]]):
        held.write_row(n, 1, row)
    book.close()
    (found,) = sheets_of(find([tmp_path / "all.xlsx"])[0])
    assert (found.name, found.header) == ("Held", ("", "ID", "Met on"))
    assert list(found.rows()) == [Row(4, ["", "7", "2026-04-01"])]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("7,2026-04-01\n8,2026-04-02\n", "its first row seems to hold data: it begins '7'"),
        ("ID,Met on,met ON\n7,2026-04-01,\n", "the column 'met ON' comes twice, as column 2"),
    ],
)
def test_what_has_no_header_or_one_name_twice_is_refused(
    tmp_path: Path, text: str, sentence: str
) -> None:
    with pytest.raises(FileFault, match=sentence.replace("(", r"\(")):
        sheet(tmp_path, text)


def test_rows_are_laid_out_with_one_key_however_the_day_is_written(tmp_path: Path) -> None:
    found = sheet(tmp_path, "ID,Met on\n7,01/04/2026\n7,2026-04-01\nTotal,2\nTotal: 2\n")
    first, second, total, short = open_sheet(found, MEETING).rows()
    assert isinstance(first, Row)
    assert isinstance(second, Row)
    assert first.cells == ["7|2026-04-01", "7", "01/04/2026"]
    assert second.cells[0] == first.cells[0]
    assert isinstance(total, Fault)
    assert isinstance(short, Fault)
    assert (total.line, total.rule) == (4, TOTALS)
    assert (short.line, short.rule) == (5, TOTALS)


def test_a_child_called_total_is_a_child(tmp_path: Path) -> None:
    found = sheet(tmp_path, "Name,ID,Met on\nTotal,7,2026-04-01\n")
    (row,) = open_sheet(found, MEETING).rows()
    assert isinstance(row, Row)


def test_a_mapped_column_that_is_gone_is_named(tmp_path: Path) -> None:
    found = sheet(tmp_path, "ID,Chair\n7,AB\n")
    with pytest.raises(FileFault, match="has lost its column 'Met on'"):
        open_sheet(found, MEETING)


def test_no_file_is_a_report_by_itself(tmp_path: Path) -> None:
    (tmp_path / "report.csv").write_text("Key,Child,Day\n1,7,2026-04-01\n", encoding="utf-8")
    assert FORMAT.open(find([tmp_path / "report.csv"])[0]) is None
