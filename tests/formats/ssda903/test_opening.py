"""A module is known by its columns, whatever its file is called and wherever it comes from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from evenhand.formats.delimited import Row
from evenhand.formats.faults import Fault, FileFault
from evenhand.formats.format import Opened
from evenhand.formats.reading import Block, Reader
from evenhand.formats.ssda903 import FORMAT
from evenhand.formats.ssda903.modules import code_lists, codes, key_parts, tables
from evenhand.formats.ssda903.recognising import module_of
from evenhand.formats.ssda903.scanning import NEVER
from tests.formats.conftest import MakeFile

Open = Callable[..., list[Opened]]

EPISODES = (
    "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN"
)
HEADERS = {
    "903_header": "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB",
    "903_episodes": EPISODES,
    "903_reviews": "CHILD,DOB,REVIEW,REVIEW_CODE",
    "903_uasc": "CHILD,SEX,DOB,DUC",
    "903_oc2": "CHILD,DOB,SDQ_SCORE,SDQ_REASON,CONVICTED,HEALTH_CHECK,IMMUNISATIONS,TEETH_CHECK,"
    "HEALTH_ASSESSMENT,SUBSTANCE_MISUSE,INTERVENTION_RECEIVED,INTERVENTION_OFFERED",
    "903_oc3": "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM",
    "903_ad1": "CHILD,DOB,DATE_INT,DATE_MATCH,FOSTER_CARE,NB_ADOPTR,SEX_ADOPTR,LS_ADOPTR",
    "903_placedadoption": "CHILD,DOB,DATE_PLACED,DATE_PLACED_CEASED,REASON_PLACED_CEASED",
    "903_prevperm": "CHILD,DOB,PREV_PERM,LA_PERM,DATE_PERM",
    "903_missing": "CHILD,DOB,MISSING,MIS_START,MIS_END",
    "903_swepisodes": "CHILD,DOB,SW_ID,SW_DECOM,SW_DEC,SW_REASON",
    "903_dolo": "CHILD,DOB,DOLO_START,DOLO_END",
}


def typed(one: Opened) -> list[Block]:
    return list(Reader(one.layout, FORMAT.codes).blocks(one.rows()))


def only(one: Opened, column: str) -> list[object]:
    place = one.layout.table.place(column)
    return [row[place] for block in typed(one) for row in block.rows]


def faults(one: Opened) -> list[Fault]:
    return [fault for block in typed(one) for fault in block.faults]


@pytest.mark.parametrize("name", HEADERS)
@pytest.mark.parametrize("more", ["", ",LA,YEAR"])
def test_a_module_is_known_by_its_columns(name: str, more: str) -> None:
    found = module_of((HEADERS[name] + more).lower().split(","))
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    "header",
    [
        "pers_person_id,pers_sex,pers_dob",
        "Child Unique ID,Gender,Ethnicity,Date of Birth",
        "CHILD,SEX,DOB",
        "CHILD,UPN,Name",
    ],
)
def test_what_only_resembles_a_module_is_left_to_others(file: MakeFile, header: str) -> None:
    assert FORMAT.open(file(f"{header}\n1,2,3\n", "header.csv")) is None


def test_every_column_has_its_code_list_and_every_module_its_key() -> None:
    for table in tables().values():
        assert key_parts()[table.name][0] == "CHILD"
        assert {c.codes for c in table.columns if c.codes} <= set(codes())


def test_a_code_list_has_no_code_twice_by_any_spelling() -> None:
    for of in code_lists().values():
        spelt = [text.lower() for one in of.values() for text in (one.code, *one.also)]
        assert len(spelt) == len(set(spelt))


def test_a_column_that_is_needed_is_asked_for_with_the_nearest(file: MakeFile) -> None:
    with pytest.raises(FileFault, match=r"the column DECOM of 903_episodes is missing.*'DECON'"):
        FORMAT.open(file(EPISODES.replace("DECOM", "DECON") + "\n"))


@pytest.mark.parametrize(
    ("encoding", "mark"), [("utf-8-sig", ""), ("utf-16", ""), ("cp1252", "\xe9")]
)
def test_any_encoding_and_any_spelling_of_a_day(opened: Open, encoding: str, mark: str) -> None:
    text = f"{EPISODES}\n7,2024-05-01,S,C2,N1,U6,PR1,01/06/2024,E4A,,,,SC{mark}1\n"
    (one,) = opened(text.encode(encoding))
    assert only(one, "DECOM") == [date(2024, 5, 1)]
    assert only(one, "DEC") == [date(2024, 6, 1)]
    assert only(one, "URN") == [f"SC{mark}1"]


def test_spellings_that_mean_the_same_are_made_the_same(opened: Open) -> None:
    (one,) = opened(
        f"{HEADERS['903_header']}\n7.0,1,10/05/2012,wbri,UN1,1.0,\n8,2.0,10/05/2012,,,0,\n9,U,,,,,\n"
    )
    assert only(one, "CHILD") == ["7", "8", "9"]
    assert only(one, "SEX") == ["M", "F", "U"]
    assert only(one, "ETHNIC") == ["WBRI", None, None]
    assert only(one, "MOTHER") == ["1", "0", None]


def test_a_postcode_without_its_space_is_given_it(opened: Open) -> None:
    (one,) = opened(f"{EPISODES}\n7,01/05/2024,S,C2,N1,U6,PR1,,,,po301ud,PO31  7qa,\n")
    assert only(one, "HOME_POST") == ["PO30 1UD"]
    assert only(one, "PL_POST") == ["PO31 7QA"]


def test_an_unknown_code_is_left_aside_and_can_be_mended(opened: Open) -> None:
    (one,) = opened(f"{HEADERS['903_oc3']}\n7,10/05/2005,YES,F2,01\n")
    (fault,) = faults(one)
    assert (fault.line, fault.column, fault.found, fault.weight) == (2, "ACCOM", "01", "cell")
    assert only(one, "ACCOM") == [None]


def test_a_day_with_a_year_of_five_figures_refuses_the_row_only_where_it_is_needed(
    opened: Open,
) -> None:
    (one,) = opened(f"{HEADERS['903_reviews']}\n7,02/01/20251,03/05/2024,PN1\n")
    assert [fault.weight for fault in faults(one)] == ["cell"]
    assert only(one, "REVIEW") == [date(2024, 5, 3)]
    (one,) = opened(f"{HEADERS['903_reviews']}\n7,02/01/2025,02/01/20251,PN1\n")
    assert [(fault.column, fault.weight) for fault in faults(one)] == [("REVIEW", "row")]


def test_a_row_without_a_child_or_its_day_is_refused(opened: Open) -> None:
    (one,) = opened(f"{EPISODES}\n,01/05/2024,S,C2,N1,U6,,,,,,,\n7,,S,C2,N1,U6,,,,,,,\n")
    assert [(f.line, f.column, f.weight) for f in faults(one)] == [
        (2, "CHILD", "row"),
        (3, "DECOM", "row"),
    ]


def test_each_row_has_its_key_and_its_return(opened: Open) -> None:
    (one,) = opened(f"{EPISODES}\n7.0,01/05/2024,S,C2,N1,U6,,,,,,,\n", "351_2025_episodes.csv")
    assert only(one, "KEY") == ["7|2024-05-01"]
    assert only(one, "RETURN") == ["2025"]


def ended_in(year: int, times: int = 3) -> str:
    row = "7,01/05/{before},S,C2,N1,U6,PR1,0{month}/02/{year},E4A,,,,\n"
    months = range(1, times + 1)
    return "".join(row.format(before=year - 2, year=year, month=month) for month in months)


def test_a_return_covers_the_year_that_its_days_show(opened: Open) -> None:
    (one,) = opened(f"{EPISODES}\n{ended_in(2025)}")
    assert one.covers == (date(2024, 4, 1), date(2025, 3, 31))
    assert one.order == "2025"


def test_a_file_of_no_one_year_is_the_whole_truth_of_none(opened: Open) -> None:
    rows = "".join(f"7,10/05/2012,03/05/{year},PN1\n" for year in range(2015, 2025))
    (one,) = opened(f"{HEADERS['903_reviews']}\n{rows}")
    assert one.covers == NEVER
    first, _ = NEVER
    assert first == date.max


def test_the_year_in_the_name_puts_returns_in_order(opened: Open) -> None:
    names = ["2019-header.csv", "SSDA903_2017-18_header.csv", "351_2020_header.csv", "header.csv"]
    found = [opened(f"{HEADERS['903_header']}\n7,F,,,,,\n", name)[0].order for name in names]
    assert found == ["2019", "2017", "2020", ""]


def test_a_regional_file_of_several_years_is_as_many_returns(opened: Open) -> None:
    text = f"{HEADERS['903_header']},LA,YEAR\n7,F,,,,,,Islehaven,2024\n7,M,,,,,,Islehaven,2025.0\n"
    first, second = opened(text)
    assert (first.order, second.order) == ("2024", "2025")
    assert list(second.rows()) == [
        Row(3, ["7", "M", "", "", "", "", "", "Islehaven", "2025.0", "7", "2025"])
    ]
    assert first.layout.left_aside == ("LA", "YEAR")


def test_a_regional_file_of_several_authorities_is_refused(file: MakeFile) -> None:
    text = f"{HEADERS['903_header']},LA\n7,F,,,,,,Islehaven\n7,M,,,,,,Overner\n"
    with pytest.raises(FileFault, match="names 2 authorities"):
        FORMAT.open(file(text))


def test_a_cut_off_row_is_told_when_it_is_read(opened: Open) -> None:
    with pytest.raises(FileFault, match="stops in the middle of line 3"):
        opened(f"{EPISODES}\n{ended_in(2025, 1)}7,01/05")


def test_rows_can_be_gone_through_again(opened: Open) -> None:
    (one,) = opened(f"{HEADERS['903_header']}\n7,F,,,,,\n")
    assert list(one.rows()) == list(one.rows())
