"""The return as one XML file becomes the modules that the CSV files are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from evenhand.formats.faults import FileFault
from evenhand.formats.format import Opened
from evenhand.formats.ssda903 import FORMAT
from tests.formats.conftest import MakeFile
from tests.formats.ssda903.conftest import cells

Open = Callable[..., list[Opened]]

CHILD = """<CHILD>
<HEADER><CHILDID>7</CHILDID><UPN>UN1</UPN><SEX>2</SEX><DOB>10/05/2006</DOB><ETHNIC>WBRI</ETHNIC>
<UASC>1</UASC><DUC>10/05/2024</DUC><MOTHER/><MC_DOB/>
<IN_TOUCH>YES</IN_TOUCH><ACTIV>F2</ACTIV><ACCOM>B1</ACCOM>
<AREVIEW><REVIEW>20/05/2024</REVIEW><REVIEW_CODE>PN1</REVIEW_CODE></AREVIEW>
<AREVIEW><REVIEW>20/08/2024</REVIEW><REVIEW_CODE>PN2</REVIEW_CODE></AREVIEW>
<AMISSING><MISSING>M</MISSING><MIS_START>01/07/2024</MIS_START><MIS_END/></AMISSING>
<AMISSING><MISSING/><MIS_START/><MIS_END/></AMISSING>
</HEADER>
<EPISODE><DECOM>01/05/2024</DECOM><RNE>S</RNE><LS>C2</LS><CIN>N1</CIN><PL>U6</PL>
<DEC>01/09/2024</DEC><REC>E4A</REC></EPISODE>
</CHILD>"""
OTHER = CHILD.replace("7</CHILDID>", "8</CHILDID>").replace(
    "<UASC>1</UASC><DUC>10/05/2024</DUC>", "<UASC/>"
)


def whole(*children: str) -> str:
    return "<?xml version='1.0'?>\n<EXPSSDA903>\n" + "\n".join(children) + "\n</EXPSSDA903>"


def by_table(found: list[Opened]) -> dict[str, Opened]:
    return {one.layout.table.name: one for one in found}


def test_each_part_of_a_child_becomes_a_row_of_its_module(opened: Open) -> None:
    tables = by_table(opened(whole(CHILD, OTHER), "2025.xml"))
    assert {name: len(cells(one)) for name, one in tables.items()} == {
        "903_header": 2,
        "903_episodes": 2,
        "903_reviews": 4,
        "903_uasc": 1,
        "903_oc3": 2,
        "903_missing": 2,
    }
    assert cells(tables["903_reviews"])[1] == [
        "7",
        "10/05/2006",
        "20/08/2024",
        "PN2",
        "7|2024-08-20",
        "2025",
    ]
    episode = cells(tables["903_episodes"])[0]
    assert episode[:6] == ["7", "01/05/2024", "S", "C2", "N1", "U6"]
    assert cells(tables["903_header"])[0][1] == "F"


def test_a_row_has_the_line_it_begins_on(opened: Open) -> None:
    tables = by_table(opened(whole(CHILD), "2025.xml"))
    assert [row.line for row in tables["903_episodes"].rows()] == [12]  # type: ignore[union-attr]
    assert [row.line for row in tables["903_reviews"].rows()] == [7, 8]  # type: ignore[union-attr]


def test_the_year_is_that_of_its_episodes(opened: Open) -> None:
    tables = by_table(opened(whole(CHILD), "903.xml"))
    assert tables["903_reviews"].covers == (date(2024, 4, 1), date(2025, 3, 31))
    assert tables["903_header"].order == "2025"


def test_another_xml_file_is_left_to_others(file: MakeFile) -> None:
    assert FORMAT.open(file("<Message><Children/></Message>", "census.xml")) is None


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (whole(CHILD)[:-40], "stops in the middle"),
        (whole(), "no CHILD with a HEADER"),
        ("<!DOCTYPE x [<!ENTITY a 'b'>]>" + whole(CHILD)[22:], "DOCTYPE"),
    ],
)
def test_a_broken_file_is_refused_in_a_sentence(file: MakeFile, text: str, sentence: str) -> None:
    with pytest.raises(FileFault, match=sentence):
        FORMAT.open(file(text, "903.xml"))
