"""Censuses as they are met: elements in any order, empty, repeated, of every year."""

from __future__ import annotations

from datetime import date

import pytest

from evenhand.formats.cin import FORMAT
from evenhand.formats.cin.years import Header
from evenhand.formats.faults import FileFault
from evenhand.formats.format import Passed
from tests.formats.cin.census import (
    assessment,
    case,
    census,
    child,
    element,
    enquiry,
    header,
    protection_plan,
    whole_family,
)
from tests.formats.cin.conftest import opened, rows
from tests.formats.conftest import MakeFile


def test_one_element_is_one_row_with_its_line() -> None:
    counts = {
        one.layout.table.name: sum(1 for _ in one.rows()) for one in opened(census(whole_family()))
    }
    assert counts == {
        "cin_children": 1,
        "cin_disabilities": 1,
        "cin_referrals": 1,
        "cin_assessments": 1,
        "cin_factors": 2,
        "cin_need_plans": 1,
        "cin_section_47s": 1,
        "cin_conferences": 1,
        "cin_protection_plans": 1,
        "cin_reviews": 2,
    }
    text = census(child(case(), case(CINreferralDate="2025-08-01")))
    lines = text.splitlines()
    for row in rows(text, "cin_referrals"):
        assert row["CINreferralDate"] in lines[int(row["line"]) - 1]


def test_rows_know_the_row_they_stand_in() -> None:
    text = census(whole_family())
    (referral,) = rows(text, "cin_referrals")
    (plan,) = rows(text, "cin_protection_plans")
    (conference,) = rows(text, "cin_conferences")
    (section_47,) = rows(text, "cin_section_47s")
    assert referral["key"] == "C1|2025-05-06"
    assert plan["key"] == "C1|2025-06-26"
    assert plan["parent_key"] == referral["key"]
    assert conference["section_47_key"] == section_47["key"] == "C1|2025-06-16"
    assert plan["conference_key"] == section_47["conference_key"] == conference["key"]
    assert conference["plan_made"] == "1"
    assert [r["key"] for r in rows(text, "cin_reviews")] == [
        "C1|2025-06-26|2025-09-22",
        "C1|2025-06-26|2026-03-16",
    ]
    assert [r["key"] for r in rows(text, "cin_factors")] == ["C1|2025-05-07|1A", "C1|2025-05-07|4B"]


def test_elements_may_come_in_any_order() -> None:
    late = (
        "<CINdetails><ChildProtectionPlans><Reviews><CPPreviewDate>2025-09-22</CPPreviewDate>"
        "</Reviews><CPPstartDate>2025-06-26</CPPstartDate></ChildProtectionPlans>"
        "<ReferralNFA>0</ReferralNFA><CINreferralDate>2025-05-06</CINreferralDate></CINdetails>"
    )
    text = census(child(late))
    assert rows(text, "cin_protection_plans")[0]["parent_key"] == "C1|2025-05-06"
    assert rows(text, "cin_reviews")[0]["parent_key"] == "C1|2025-06-26"


def test_a_header_after_the_children_is_found() -> None:
    after = element("Message", element("Children", child(case())), header())
    assert {one.covers for one in opened(after)} == {(date(2025, 4, 1), date(2026, 3, 31))}


def test_stray_text_and_empty_groups_are_passed_over() -> None:
    stray = census(whole_family()).replace("</Sex>", "</Sex>PersonBirthDate")
    assert rows(stray, "cin_children")[0]["PersonBirthDate"] == "2022-05-04"
    empty = census(
        child(case("<Assessments/>", "<Section47><InitialCPCtarget/></Section47>", assessment()))
    )
    assert len(rows(empty, "cin_assessments")) == 1
    assert rows(empty, "cin_factors") == rows(empty, "cin_section_47s") == []
    assert rows(census(child(case(), disabilities=[""])), "cin_disabilities") == []


def test_a_review_without_a_day_is_a_row_that_can_be_told() -> None:
    text = census(child(case(protection_plan(""))))
    assert "CPPreviewDate" not in rows(text, "cin_reviews")[0]


def test_repeated_groups_of_reviews_and_disabilities() -> None:
    plan = protection_plan("2025-09-22").replace(
        "</Reviews>",
        "</Reviews><Reviews><CPPreviewDate>2026-03-16</CPPreviewDate></Reviews>",
    )
    assert len(rows(census(child(case(plan))), "cin_reviews")) == 2
    twice = child(case(), disabilities=["HEAR"]).replace(
        "</Disabilities>", "</Disabilities><Disabilities><Disability>LD</Disability></Disabilities>"
    )
    assert [r["Disability"] for r in rows(census(twice), "cin_disabilities")] == ["HEAR", "LD"]


def test_the_same_again_keeps_its_key_and_another_of_the_day_has_its_own() -> None:
    again = census(child(case(assessment("1A")), case(assessment("1A"))))
    assert {r["key"] for r in rows(again, "cin_referrals")} == {"C1|2025-05-06"}
    assert {r["key"] for r in rows(again, "cin_assessments")} == {"C1|2025-05-07"}
    other = census(child(case(ReferralNFA="1"), case(assessment())))
    assert [r["key"] for r in rows(other, "cin_referrals")] == [
        "C1|2025-05-06",
        "C1|2025-05-06|2",
    ]
    assert rows(other, "cin_assessments")[0]["parent_key"] == "C1|2025-05-06|2"


def test_both_places_of_the_initial_conference() -> None:
    text = census(child(case(enquiry(), DateOfInitialCPC="2025-06-27")))
    details, of_enquiry = sorted(rows(text, "cin_conferences"), key=lambda row: row["key"])[::-1]
    assert (details["DateOfInitialCPC"], "section_47_key" in details) == ("2025-06-27", False)
    assert of_enquiry["section_47_key"] == "C1|2025-06-16"
    assert of_enquiry["InitialCPCtarget"] == "2025-07-07"


def test_a_time_of_day_does_not_change_a_key() -> None:
    text = census(child(case(CINreferralDate="2025-05-06T00:00:00")))
    assert rows(text, "cin_referrals")[0]["key"] == "C1|2025-05-06"


def test_what_the_census_does_not_know_is_named() -> None:
    text = census(child(case(HairColour="brown", ReferralSource="1A")))
    assert rows(text, "cin_referrals")[0]["other_elements"] == "HairColour"
    twice = text.replace("</Sex>", "</Sex><Sex>M</Sex>")
    assert rows(twice, "cin_children")[0]["other_elements"] == "Sex"
    assert rows(twice, "cin_children")[0]["Sex"] == "F"


def test_pre_proceedings_of_the_newest_census() -> None:
    meeting = element("PreProceedingsandFGDM", PPStartDate="2026-05-01", FGDMMeetingOffer="1")
    (one,) = rows(census(child(case(meeting))), "cin_pre_proceedings")
    assert (one["PPStartDate"], one["parent_key"]) == ("2026-05-01", "C1|2025-05-06")


@pytest.mark.parametrize(
    ("year", "day", "end"),
    [
        ("2026", "2026-03-31", date(2026, 3, 31)),
        ("2023", "2024-03-31", date(2024, 3, 31)),
        ("2022", "2022-07-21", date(2022, 3, 31)),
        ("2022", "", date(2022, 3, 31)),
        ("2022", "soon", date(2022, 3, 31)),
        ("", "2022-03-31", date(2022, 3, 31)),
        ("", "2022-07-21", None),
        ("22", "", None),
        ("9999", "", None),
    ],
)
def test_the_census_year_is_told_by_the_header(year: str, day: str, end: date | None) -> None:
    found = Header("CIN", year, day)
    assert found.year_end == end
    assert found.window == (None if end is None else (date(end.year - 1, 4, 1), end))


def test_a_census_without_a_header_covers_what_it_shows() -> None:
    assert {one.covers for one in opened(census(child(case()), head=""))} == {None}


def test_another_return_of_the_same_shape_is_named(file: MakeFile) -> None:
    text = element("Message", header(collection="CSWW"), element("CSWWWorker"))
    with pytest.raises(FileFault, match="it is the return 'CSWW'"):
        FORMAT.open(file(text, "a.xml"))
    assert isinstance(FORMAT.open(file(text, "a.xml", named=False)), Passed)


@pytest.mark.parametrize(
    ("name", "text"), [("a.csv", "LAchildID\n1\n"), ("a.xml", "<EXPSSDA903><CHILD/></EXPSSDA903>")]
)
def test_a_file_of_another_kind_is_none_of_ours(file: MakeFile, name: str, text: str) -> None:
    assert FORMAT.open(file(text, name)) is None


def test_a_census_of_nobody(file: MakeFile) -> None:
    with pytest.raises(FileFault, match="holds no child"):
        FORMAT.open(file(census(), "a.xml"))


def test_a_file_on_one_line_still_tells_its_rows_apart() -> None:
    text = census(child(case()), child(case(), LAchildID="C2")).replace("\n", "")
    assert len({row["line"] for row in rows(text, "cin_children")}) == 2


def test_a_namespace_is_no_matter(file: MakeFile) -> None:
    text = census(whole_family()).replace("<Message>", "<Message xmlns='urn:islehaven'>")
    found = FORMAT.open(file(text, "a.xml"))
    assert isinstance(found, list)
    assert len(found) == 10


def test_every_column_of_a_code_has_its_list() -> None:
    for table in FORMAT.tables.values():
        for column in table.columns:
            assert (column.kind == "code") == bool(column.codes)
            assert not column.codes or FORMAT.codes[column.codes]
