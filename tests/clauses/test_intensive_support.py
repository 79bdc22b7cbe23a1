"""Intensive support: three of five criteria, each counted on what is written beside it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from evenhand.accounts.models import Role
from evenhand.casework.models import Placement
from evenhand.people.models import Child
from evenhand.recording.models import Recording
from tests import factories as make
from tests.clock import Clock
from tests.recording.desk import Desk

pytestmark = pytest.mark.django_db
FORM = "intensive-support"
RESTS = f"forms/{FORM}"
JUDGED = {"judged_on": "2/2/2026", "reasons": "Home is under strain."}
HOME = {"home_evidence": "Police were called twice.", "home_evidence_on": "1/5/2025"}
MAINLAND, LOCAL = "QX1 3AB", "IH1 3AB"


@pytest.fixture
def desk(clock: Clock) -> Desk:
    clock.at("2026-02-02")
    return Desk()


def placed(child: Child, postcode: str) -> None:
    period = make.care_period(child, date(2025, 3, 1))
    Placement.objects.create(
        child=child, care_period=period, started_on=date(2025, 6, 2), kind="K2", provider="PR4",
        postcode=postcode,
    )  # fmt: skip


def says(desk: Desk, child: Child, *criteria: str, **answers: Any) -> str:
    """What the page says of these criteria ticked."""
    return desk.reads(desk.writes(FORM, child, criteria=list(criteria), **JUDGED, **answers))


@pytest.mark.clause("IOW-2.3.36", rests_on=f"{RESTS}/criteria")
def test_three_of_five_are_eligible_and_two_are_not(desk: Desk) -> None:
    child = desk.child()
    two = {"criteria": ["home", "health"], **JUDGED, **HOME, "health_source": "CAMHS"}
    made = desk.writes(FORM, child, **two)
    assert "Not eligible" in desk.reads(made)
    assert "Criteria that count 2 of 5" in desk.reads(made)
    three = {**two, "criteria": ["home", "health", "exclusion"], "school": "Beacon School"}
    desk.puts_right(made, **three)
    assert "Not eligible" not in desk.reads(made)
    assert "EligibleAt least three of the five criteria count." in desk.reads(made)
    assert "Criteria that count 3 of 5" in desk.reads(made)
    assert "Home is under strain." in desk.reads(made)
    desk.puts_right(made, **two, advice="eligible", met="three")
    assert "Not eligible" in desk.reads(made)
    assert Recording.objects.get(pk=made.pk).advice == "not-eligible"


@pytest.mark.clause("IOW-2.3.36-a", rests_on=f"{RESTS}/placement-local")
def test_a_mainland_placement_counts_where_the_record_has_one(desk: Desk) -> None:
    child = desk.child()
    page = says(desk, child, "mainland", mainland_why="Three homes were full.")
    assert "Placement missing: Ana Quay, Mon 2 February 2026" in page
    assert "Criteria that count 0 of 5" in page
    placed(child, MAINLAND)
    page = says(desk, child, "mainland", mainland_why="Three homes were full.")
    assert "Mainland placement Criterion met" in page
    assert "Three homes were full." in page
    assert "Placement now, by the case system On the mainland" in page
    assert "Criteria that count 1 of 5" in page
    other = desk.child()
    placed(other, LOCAL)
    page = says(desk, other, "mainland")
    assert "Not borne out: local placement since 2 June 2025" in page
    assert "Criteria that count 0 of 5" in page


@pytest.mark.clause("IOW-2.3.36-b", rests_on=f"{RESTS}/breakdown_evidence")
def test_a_risk_of_breaking_down_counts_with_its_evidence(desk: Desk) -> None:
    child = desk.child()
    placed(child, LOCAL)
    page = says(desk, child, "breakdown")
    assert "Evidence missing: Ana Quay, Mon 2 February 2026" in page
    assert "Criteria that count 0 of 5" in page
    page = says(desk, child, "breakdown", breakdown_evidence="Two carers gave notice.")
    assert "Evidence missing" not in page
    assert "Criteria that count 1 of 5" in page


@pytest.mark.clause("IOW-2.3.36-c", rests_on=f"{RESTS}/home_evidence")
def test_concern_at_home_counts_and_its_evidence_and_day_are_shown(
    desk: Desk, clock: Clock
) -> None:
    clock.at("2026-05-04")
    evidence = {"home_evidence": "Police were called twice.", "home_evidence_on": "1/5/2026"}
    page = says(desk, desk.child(), "home", **evidence)
    assert "Criteria that count 1 of 5" in page
    assert "Police were called twice." in page
    assert "Fri 1 May 2026" in page


@pytest.mark.clause("IOW-2.3.36-d", rests_on=f"{RESTS}/school")
def test_a_risk_of_exclusion_counts_with_its_school(desk: Desk) -> None:
    child = desk.child()
    page = says(desk, child, "exclusion")
    assert "School missing: Ana Quay, Mon 2 February 2026" in page
    assert "Criteria that count 0 of 5" in page
    page = says(desk, child, "exclusion", school="Beacon School")
    assert "School missing" not in page
    assert "Evidence of the risk of exclusion missing: Ana Quay" in page
    assert "Criteria that count 1 of 5" in page


@pytest.mark.clause("IOW-2.3.36-e", rests_on=f"{RESTS}/health_detail")
def test_others_see_that_the_health_criterion_is_met_and_not_the_detail(desk: Desk) -> None:
    child = desk.child()
    detail = {"health_source": "CAMHS", "health_detail": "Low mood since autumn."}
    made = desk.writes(FORM, child, criteria=["health"], **JUDGED, **detail)
    for told in ("Low mood since autumn.", "CAMHS"):
        assert told in desk.reads(made)
    page = Desk("Sam Weir", role=Role.QUALITY_ASSURANCE, team=desk.team).reads(made)
    assert "Significant mental health issue Criterion met" in page
    assert "Low mood" not in page
    assert "CAMHS" not in page


@pytest.mark.clause("IOW-2.3.37", rests_on="forms/intensive-support-episode/one-agency")
def test_a_single_agency_is_said_with_the_one_who_leads_and_the_start(desk: Desk) -> None:
    child = desk.child()
    started = {
        "started": "12/1/2026", "lead": "Lee Marsh", "needs_assessed": "14/1/2026",
        "contact_plan": "Twice a week.", "outcomes": "Back in school.",
        "row-1-agency": "Family support",
    }  # fmt: skip
    made = desk.writes("intensive-support-episode", child, **started)
    assert "One agency only: Lee Marsh, Mon 12 January 2026" in desk.reads(made)
    desk.puts_right(made, **started, **{"row-2-agency": "CAMHS"})
    assert "One agency only" not in desk.reads(made)
    bare = desk.writes("intensive-support-episode", child, started="12/1/2026", lead="Lee Marsh")
    page = desk.reads(bare)
    for what in ("Agencies", "Assessment of needs", "Plan of contact", "Outcomes"):
        assert f"{what} missing: Lee Marsh, Mon 12 January 2026" in page
