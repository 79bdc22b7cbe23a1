"""Rows that are wrong: which are refused, which are taken with a note, and in what words."""

from __future__ import annotations

from datetime import date

import pytest

from evenhand.casework import models as casework
from evenhand.people.models import Child, IdentityStatement
from evenhand.sources.models import RowFinding
from tests.imports.conftest import Import
from tests.imports.extracts import Extract

pytestmark = pytest.mark.both_databases


def found(rule: str) -> RowFinding:
    """The one finding of a rule."""
    return RowFinding.objects.get(rule=rule)


def test_a_row_of_a_child_who_is_not_there(extract: Extract, run: Import) -> None:
    report = run(extract.person("1").row("ssd_contacts", "K1", "88"))
    assert report.total("quarantined") == 1
    finding = found("SSD-P01")
    assert (finding.line, finding.field, finding.found) == (2, "cont_person_id", "88")
    assert "'88' is not in this extract" in finding.sentence
    assert finding.remedy
    assert finding.row["cont_contact_id"] == "K1"


def test_a_row_of_a_child_whose_own_row_is_in_quarantine(extract: Extract, run: Import) -> None:
    extract.person("1").person("2", dob="0202-01-01").row("ssd_contacts", "K1", "2")
    run(extract)
    assert found("SSD-D02").file.kind == "ssd_person"
    assert found("SSD-P02").key == "K1"


def test_two_children_with_one_identifier(extract: Extract, run: Import) -> None:
    extract.person("1", forename="Ada").person("1", forename="Bo", dob="2011-01-01").person("2")
    report = run(extract)
    assert report.total("quarantined") == 2
    assert Child.objects.count() == 1
    ada, bo = RowFinding.objects.order_by("line")
    assert (ada.rule, bo.rule, ada.sentence) == ("SSD-K03", "SSD-K03", bo.sentence)
    assert ada.sentence.startswith("Lines 2 and 3 give one identifier to children who differ")


def test_the_same_row_twice_is_a_duplicate_of_its_line(extract: Extract, run: Import) -> None:
    extract.person("1").row("ssd_contacts", "K1", "1").row("ssd_contacts", "K1", "1.0")
    report = run(extract)
    assert (report.total("duplicate"), report.total("created")) == (1, 2)
    assert (found("SSD-K01").line, found("SSD-K01").sentence) == (
        3,
        "The row is the same as line 2.",
    )
    assert found("SSD-K01").standing == "noted"


def test_one_key_with_two_contents(extract: Extract, run: Import) -> None:
    extract.person("1").row("ssd_contacts", "K1", "1")
    extract.row("ssd_contacts", "K1", "1", cont_contact_date="2026-05-05")
    report = run(extract)
    assert (report.total("quarantined"), report.total("created")) == (1, 2)
    assert "is also on line 2, where received_on is different" in found("SSD-K02").sentence
    assert casework.Contact.objects.get().received_on == date(2026, 3, 2)


def test_an_end_before_its_beginning(extract: Extract, run: Import) -> None:
    extract.person("1")
    extract.row("ssd_cin_plans", "P1", "1", cinp_cin_plan_end_date="2026-03-19")
    extract.row("ssd_cin_plans", "P2", "1", cinp_cin_plan_end_date="2026-03-20")
    report = run(extract)
    assert report.total("quarantined") == 1
    assert (found("SSD-T01").key, found("SSD-T01").found) == ("P1", "2026-03-19")


@pytest.mark.parametrize(("born", "refused"), [("2026-04-20", 0), ("2026-04-21", 1)])
def test_a_review_before_its_child_was_born(
    extract: Extract, run: Import, born: str, refused: int
) -> None:
    extract.person("1", dob=born)
    extract.row("ssd_cla_episodes", "E1", "1", clae_cla_episode_start_date="2026-04-22",
                clae_entered_care_date="2026-04-22")  # fmt: skip
    extract.row("ssd_cla_reviews", "V1", "1")
    report = run(extract)
    assert report.total("quarantined") == refused
    assert casework.LookedAfterReview.objects.count() == 1 - refused


def test_a_day_of_birth_still_to_come_is_the_expected_day(extract: Extract, run: Import) -> None:
    extract.person("1", dob="2027-01-06").row("ssd_cin_episodes", "R1", "1")
    report = run(extract)
    child = Child.objects.get()
    assert (child.born_on, child.expected_on) == (None, date(2027, 1, 6))
    assert found("SSD-T06").fate == "taken"
    assert not report.has_problems


@pytest.mark.parametrize(("referred", "refused"), [("2014-07-26", 0), ("2014-07-25", 1)])
def test_no_referral_is_longer_before_a_birth_than_nature_allows(
    extract: Extract, run: Import, referred: str, refused: int
) -> None:
    extract.person("1", dob="2015-06-01")
    extract.row("ssd_cin_episodes", "R1", "1", cine_referral_date=referred)
    assert run(extract).total("quarantined") == refused


def test_a_review_that_is_planned_is_not_held(extract: Extract, run: Import) -> None:
    extract.person("1").row("ssd_cla_episodes", "E1", "1")
    extract.row("ssd_cla_reviews", "V1", "1", clar_cla_review_date="2026-12-20")
    run(extract)
    review = casework.LookedAfterReview.objects.get()
    assert (review.held_on, review.due_on) == (None, date(2026, 12, 20))


def test_a_review_years_ahead_is_a_mistyped_year(extract: Extract, run: Import) -> None:
    extract.person("1").row("ssd_cla_episodes", "E1", "1")
    extract.row("ssd_cla_reviews", "V1", "1", clar_cla_review_date="2062-04-20")
    assert run(extract).total("quarantined") == 1
    assert "2062-04-20, which is still to come" in found("SSD-T03").sentence


def test_a_visit_that_is_planned_is_left_out_until_it_has_happened(
    extract: Extract, run: Import
) -> None:
    extract.person("1").row("ssd_cin_visits", "X1", "1", cinv_cin_visit_date="2026-12-01")
    report = run(extract)
    assert (report.total("ignored"), casework.Visit.objects.count()) == (1, 0)
    assert not report.has_problems
    assert found("SSD-I02").standing == "noted"


def test_a_link_to_nothing_and_a_link_to_another_childs_record(
    extract: Extract, run: Import
) -> None:
    extract.person("1").person("2").row("ssd_cin_episodes", "R2", "2")
    extract.row("ssd_cin_assessments", "A1", "1", cina_referral_id="R9")
    extract.row("ssd_cin_assessments", "A2", "1", cina_referral_id="R2")
    report = run(extract)
    assert report.total("created") == 5, "a true record is never refused for its links"
    assert not casework.Assessment.objects.exclude(referral=None).exists()
    assert found("SSD-L01").standing == "noted"
    assert found("SSD-L02").key == "A2"


def test_the_case_systems_nobody_is_left_out(extract: Extract, run: Import) -> None:
    extract.person("1").person("-1").row("ssd_contacts", "K1", "-1")
    report = run(extract)
    assert (report.total("ignored"), report.total("quarantined")) == (2, 0)


def test_a_row_that_names_no_child(extract: Extract, run: Import) -> None:
    extract.person("1").row("ssd_cp_visits", "X1", cppv_cp_visit_date="2026-03-03")
    assert run(extract).total("quarantined") == 1
    assert found("SSD-P01").sentence == "The row names no child."


def test_a_local_code_leaves_its_cell_aside_and_takes_the_row(
    extract: Extract, run: Import
) -> None:
    report = run(extract.person("1", ethnicity="A1"))
    assert (report.total("created"), report.total("quarantined")) == (1, 0)
    finding = found("SSD-C01")
    assert (finding.fate, finding.standing, finding.found) == ("taken", "open", "A1")
    assert not IdentityStatement.objects.filter(characteristic="ethnicity").exists()


def test_a_formula_is_kept_as_text(extract: Extract, run: Import) -> None:
    extract.person("1", surname="=cmd|'/c calc'!A1")
    run(extract)
    assert Child.objects.get().surname == "=cmd|'/c calc'!A1"


def test_tables_that_are_not_used_are_counted_and_left_out(extract: Extract, run: Import) -> None:
    extract.person("1").row("ssd_sdq_scores", "D1", "1")
    report = run(extract)
    assert (report.total("ignored"), report.total("rows_read")) == (1, 2)
