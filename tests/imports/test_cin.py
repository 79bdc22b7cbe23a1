"""A children in need census in: what it makes, and what a second year makes of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from evenhand.casework import models as casework
from evenhand.imports.report import Refused, Report
from evenhand.people.models import Child, IdentityStatement
from evenhand.sources.models import Coverage, ImportBatch, ImportFile, RowFinding, SourceReference
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
from tests.imports.conftest import Import

pytestmark = pytest.mark.both_databases


@pytest.fixture
def cin(run: Import, tmp_path: Path) -> Import:
    """Return a function that imports a census of some children."""

    def run_census(*children: str, **options: object) -> Report:
        head = options.pop("head", None)
        path = tmp_path / "census.xml"
        path.write_text(census(*children, head=head))  # type: ignore[arg-type]
        return run(path, source="cin", as_at=None, **options)

    return run_census


def fates(name: str) -> dict[str, int]:
    """The fates of the rows of a table in the latest batch, without those that are none."""
    file = ImportFile.objects.filter(kind=name).latest("pk")
    return {fate: count for fate in ImportFile.FATES if (count := getattr(file, fate))}


def test_every_element_becomes_the_record_it_is(cin: Import) -> None:
    report = cin(whole_family())
    assert not report.has_problems
    assert report.total("rows_read") == 12
    assert report.total("created") == 9
    assert report.total("folded") == 3  # two factors and a disability
    found = casework.Assessment.objects.get()
    assert found.referral == casework.Referral.objects.get()
    assert (found.started_on, found.authorised_on) == (date(2025, 5, 7), date(2025, 6, 12))
    assert found.factors == ["1A", "4B"]
    conference = casework.InitialConference.objects.get()
    assert conference.section_47 == casework.Section47.objects.get()
    assert (conference.held_on, conference.target_on) == (date(2025, 6, 26), date(2025, 7, 7))
    plan = casework.ProtectionPlan.objects.get()
    assert plan.conference == conference
    assert [r.held_on for r in plan.reviews.order_by("held_on")] == [
        date(2025, 9, 22),
        date(2026, 3, 16),
    ]
    assert casework.NeedPlan.objects.get().ended_on == date(2025, 6, 25)
    batch = ImportBatch.objects.get()
    assert (batch.format, batch.as_at) == ("cin", date(2026, 3, 31))


def test_what_is_said_of_a_child_is_stated(cin: Import) -> None:
    cin(
        child(case(), disabilities=["HEAR", "LD"], ethnicity="ABAN"),
        child(case(), LAchildID="C2", Sex=None, GenderCurrent="1", ethnicity="REFU"),
        child(case(), LAchildID="C3", Sex="U", ethnicity="NOBT", disabilities=[]),
    )
    first, second, third = Child.objects.order_by("pk")
    assert said(first) == {"sex": "F", "ethnicity": "ABAN", "disability": "HEAR LD"}
    assert said(second) == {"sex": "M", "ethnicity": "", "disability": "NONE"}
    assert said(third) == {}
    declined = IdentityStatement.objects.get(child=second, characteristic="ethnicity")
    assert declined.status == "declined"


def said(one: Child) -> dict[str, str]:
    return {s.characteristic: s.answer for s in IdentityStatement.objects.filter(child=one)}


def test_the_same_census_again_changes_nothing(cin: Import) -> None:
    first = cin(whole_family())
    second = cin(whole_family())
    assert second.total("unchanged") == first.total("rows_read")
    assert second.total("created") == second.total("changed") == 0


def test_next_year_a_case_goes_on(cin: Import) -> None:
    cin(child(case(assessment("1A"), enquiry(), protection_plan("2025-09-22"))))
    closed = case(
        protection_plan("2026-06-15", CPPendDate="2026-12-01"),
        CINclosureDate="2026-12-02",
        ReasonForClosure="RC7",
    )
    report = cin(child(closed), head=header("2027", "2027-03-31"))
    assert report.total("withdrawn") == 0
    referral = casework.Referral.objects.get()
    assert referral.closed_on is None  # 2 December 2026 is still to come
    assert fates("cin_referrals") == {"quarantined": 1}
    assert casework.Assessment.objects.get().withdrawn is False


def test_what_a_year_covers_and_lacks_is_withdrawn(cin: Import) -> None:
    cin(child(case(assessment("1A"), assessment(AssessmentActualStartDate="2025-04-30",
        CINreferralDate=None))))  # fmt: skip
    report = cin(child(case(assessment("1A"))))
    assert report.total("withdrawn") == 1
    assert casework.Assessment.objects.filter(withdrawn=True).get().started_on == date(2025, 4, 30)


def test_a_conference_given_twice_is_one(cin: Import) -> None:
    cin(child(case(enquiry(), protection_plan(), DateOfInitialCPC="2025-06-26")))
    conference = casework.InitialConference.objects.get()
    assert conference.section_47 is not None
    assert conference.plan_made is True
    assert fates("cin_conferences") == {"created": 1, "folded": 1}


@pytest.mark.parametrize(
    ("not_required", "held", "expected"),
    [("1", None, False), ("0", "2025-06-26", True), ("false", None, None)],
)
def test_whether_a_conference_was_needed(
    cin: Import, not_required: str, held: str | None, expected: bool | None
) -> None:
    cin(child(case(enquiry(ICPCnotRequired=not_required, DateOfInitialCPC=held))))
    assert casework.Section47.objects.get().conference_needed is expected


def test_a_plan_that_ends_before_it_begins_is_quarantined_by_the_rule_of_the_census(
    cin: Import,
) -> None:
    report = cin(child(case(protection_plan("2025-09-22", CPPendDate="2025-06-25"))))
    assert report.has_problems
    assert not casework.ProtectionPlan.objects.exists()
    finding = RowFinding.objects.get(rule="CIN-8925")
    assert (finding.file.kind, finding.field) == ("cin_protection_plans", "CPPendDate")
    assert finding.found == "2025-06-25"
    assert finding.row["CPPstartDate"] == "2025-06-26"
    assert fates("cin_protection_plans") == {"quarantined": 1}
    review = casework.ReviewConference.objects.get()
    assert review.plan is None  # held all the same


def test_a_wrong_upn_is_left_aside_and_its_child_taken(cin: Import) -> None:
    cin(child(case(), UPN="A123456789123", UPNunknown=None))
    assert Child.objects.get().upn == ""
    assert RowFinding.objects.filter(rule="CIN-1510").exists()


def test_an_unborn_child(cin: Import) -> None:
    cin(child(case(CINreferralDate="2026-02-03"), PersonBirthDate=None, Sex="U",
              ExpectedPersonBirthDate="2026-07-01", disabilities=[]))  # fmt: skip
    found = Child.objects.get()
    assert (found.born_on, found.expected_on) == (None, date(2026, 7, 1))


def test_pre_proceedings_are_counted_and_passed_over(cin: Import) -> None:
    meeting = element("PreProceedingsandFGDM", PPStartDate="2026-01-05", PPOutcome="A")
    report = cin(child(case(meeting)))
    assert fates("cin_pre_proceedings") == {"ignored": 1}
    assert not report.has_problems


def test_nothing_of_a_broken_census_is_taken(cin: Import, run: Import, tmp_path: Path) -> None:
    path = tmp_path / "census.xml"
    path.write_text(census(whole_family(), whole_family())[:-60])
    with pytest.raises(Refused, match=r"census.xml: the file stops in the middle, at line"):
        run(path, source="cin")
    assert not Child.objects.exists()
    assert not SourceReference.objects.exists()


def test_what_the_census_covers_is_declared_for_its_year(cin: Import) -> None:
    cin(whole_family())
    held = Coverage.objects.get(fact="assessment.authorised")
    assert (held.complete_from, held.complete_to) == (date(2025, 4, 1), date(2026, 3, 31))
