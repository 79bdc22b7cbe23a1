"""The four tiers: what the criteria advise of an imported referral, and what follows from each."""

from __future__ import annotations

from datetime import date

import pytest

from evenhand.accounts.models import Role
from evenhand.casework.models import Referral
from evenhand.people.models import Child
from evenhand.recording.models import Recording
from tests import factories as make
from tests.clock import Clock
from tests.eligibility.tier import advised, referred
from tests.pages import main_of, table_of
from tests.recording.desk import Desk

pytestmark = pytest.mark.django_db
FORM = "forms/tier-advice"


@pytest.mark.clause("IOW-2.2.2-a", rests_on=f"{FORM}/services")
def test_tier_1_asks_which_service_and_saves_without(clock: Clock) -> None:
    clock.at("2026-02-02")
    desk = Desk()
    said = desk.reads(advised(desk, level="low"))
    assert "Tier 1: inclusion, priority 4The family's own network meets the need" in said
    assert "Service missing: Ana Quay, Mon 2 February 2026" in said
    assert "Family network not asked about: Ana Quay" in said
    whole = advised(desk, level="low", services="Library", family_network="yes")
    assert "Service missing" not in desk.reads(whole)


@pytest.mark.clause("IOW-2.2.3-a", rests_on=f"{FORM}/priority-differs")
def test_low_is_tier_1_and_another_priority_there_does_not_match(clock: Clock) -> None:
    clock.at("2026-02-02")
    desk = Desk()
    there = {"priority_by": "Jo Reed", "priority_on": "30/1/2026", "priority_why": "A sister"}
    said = desk.reads(advised(desk, level="low", priority_there="2", **there))
    assert "Tier 1: inclusion Priority 4" in said
    words = "Does not match tier 1 (the case system shows priority 2): Jo Reed, Fri 30 January 2026"
    assert words in said
    assert "A sister" in said
    assert "Does not match" not in desk.reads(advised(desk, level="low", priority_there="4"))


@pytest.mark.clause("IOW-2.2.3-b", rests_on=f"{FORM}/signposting-missing")
def test_a_tier_1_referral_that_closed_without_signposting_says_so(clock: Clock) -> None:
    clock.at("2026-02-20")
    desk = Desk()
    child, referral = referred(desk, date(2026, 2, 2))
    Referral.objects.filter(pk=referral.pk).update(closed_on=date(2026, 2, 13))
    record = desk.writes("tier-advice", child, referral.pk, level="low", services="Library")
    assert "Signposting missing: Ana Quay, Fri 13 February 2026" in desk.reads(record)
    told = {"signposted_on": "12/2/2026", "service": "Library", "contact": "yes", "method": "met"}
    posted = desk.writes("signpost", child, referral.pk, **told, language="Polish")
    assert "Format missing: Ana Quay" in desk.reads(posted)
    assert "Signposting missing" not in desk.reads(record)


@pytest.mark.clause("IOW-2.2.4-a", rests_on=f"{FORM}/area_evidence")
def test_an_area_with_evidence_is_tier_2_and_tier_2_without_says_what_is_missing(
    clock: Clock,
) -> None:
    clock.at("2026-02-02")
    desk = Desk()
    found = advised(desk, areas=["attainment"], area_evidence="Two years behind in reading")
    assert "Tier 2: realising potential" in desk.reads(found)
    none = desk.reads(advised(desk, level="moderate"))
    assert "Tier 2: realising potential" in none
    assert "Evidence missing: Ana Quay, Mon 2 February 2026" in none
    assert "Area of need missing: Ana Quay" in none


@pytest.mark.clause("IOW-2.2.4-b", rests_on=f"{FORM}/parents_need")
def test_tier_2_without_the_parents_need_is_incomplete(clock: Clock) -> None:
    clock.at("2026-02-02")
    desk = Desk()
    record = advised(desk, level="moderate")
    words = "Incomplete, parents' or carers' need missing: Ana Quay, Mon 2 February 2026"
    assert words in desk.reads(record)
    desk.puts_right(record, level="moderate", parents_need="yes")
    assert "Incomplete, note on the parents' or carers' need missing" in desk.reads(record)
    desk.puts_right(record, level="moderate", parents_need="yes", parents_need_note="Respite")
    assert "Incomplete" not in desk.reads(record)


@pytest.mark.clause("IOW-2.2.5-a", rests_on=FORM)
def test_moderate_is_tier_2_priority_3_and_stands_above_priority_4(clock: Clock) -> None:
    clock.at("2026-02-02")
    desk = Desk()
    advised(desk, level="low")
    record = advised(desk, level="moderate")
    assert "Tier 2: realising potential Priority 3" in desk.reads(record)
    rows = table_of(desk.get("eligibility:queue"), "Open referrals by tier")
    assert [row[1:3] for row in rows] == [
        ["Tier 2: realising potential", "3"],
        ["Tier 1: inclusion", "4"],
    ]


@pytest.mark.clause("IOW-2.2.5-b", rests_on="forms/support-package/ended")
def test_a_support_package_asks_when_it_ends_and_is_reviewed_when_it_did(clock: Clock) -> None:
    clock.at("2026-06-01")
    desk = Desk()
    child, referral = referred(desk, date(2026, 5, 26))
    dates = {"starts_on": "1/6/2026", "review_on": "1/9/2026"}
    agencies = {"row-1-agency": "School"}
    record = desk.writes("support-package", child, referral.pk, **dates, **agencies)
    said = desk.reads(record)
    assert "End date missing: Ana Quay" in said
    assert "Second agency missing: Ana Quay" in said
    agencies |= {"row-2-agency": "Health visiting"}
    desk.puts_right(record, **dates, **agencies, ends_on="30/9/2026")
    assert "missing" not in desk.reads(record)
    clock.at("2026-10-01")
    home = desk.words("pages:home")
    assert "Support package ended \N{EN DASH} review (agreed end 30 September 2026)" in home


@pytest.mark.clause("IOW-2.2.6-a", rests_on=f"{FORM}/impairment")
def test_tier_3_asks_what_shows_the_impairment(clock: Clock) -> None:
    clock.at("2026-02-02")
    desk = Desk()
    said = desk.reads(advised(desk, level="substantial"))
    assert "Tier 3: diversion" in said
    assert "would be significantly impaired" in said
    assert "Evidence missing: Ana Quay, Mon 2 February 2026" in said
    given = advised(desk, level="substantial", impairment="Out of school since September")
    assert "Evidence missing" not in desk.reads(given)


@pytest.mark.clause("IOW-2.2.6-b", rests_on=f"{FORM}/event_on")
def test_a_need_after_an_event_asks_when_it_was(clock: Clock) -> None:
    clock.at("2026-02-02")
    desk = Desk()
    said = desk.reads(advised(desk, level="substantial", course="event"))
    assert "Event date missing: Ana Quay, Mon 2 February 2026" in said
    assert "Kind of event missing: Ana Quay" in said
    enduring = advised(desk, level="substantial", course="enduring")
    assert "Event date missing" not in desk.reads(enduring)


@pytest.mark.clause("IOW-2.2.6-c", rests_on="forms/diversion-plan/diversion-outcome")
def test_a_closed_tier_3_plan_says_whether_the_child_was_diverted(clock: Clock) -> None:
    clock.at("2026-03-02")
    desk = Desk(role=Role.TEAM_MANAGER)
    records = [_plan(desk, ended) for ended in ("2026-02-13", "2026-02-16", "2026-02-17")]
    said = desk.reads(records[0])
    assert "Diversion outcome missing: Ana Quay, Fri 13 February 2026" in said
    desk.puts_right(records[1], goal="Exclusion", measure="In school", diverted="yes")
    desk.puts_right(records[2], goal="Exclusion", measure="In school", diverted="no")
    assert "Diversion outcome missing" not in desk.reads(records[1])
    report = desk.words("eligibility:report")
    words = "Of 2 closed plans that say it, the child was diverted in 1 (50%); "
    assert words + "partly: 0; not diverted: 1; not answered: 1." in report


@pytest.mark.clause("IOW-2.2.7-a", rests_on=f"{FORM}/strategy")
def test_substantial_is_tier_3_priority_2_and_asks_for_a_strategy_discussion(clock: Clock) -> None:
    clock.at("2026-02-02")
    desk = Desk()
    record = advised(desk, level="substantial")
    said = desk.reads(record)
    assert "3: diversion Priority 2" in said
    assert "Strategy discussion decision missing: Ana Quay, Mon 2 February 2026" in said
    page = desk.words("recording:change", record.ref)
    assert "Is a strategy discussion to be held?" in page
    desk.puts_right(record, level="substantial", strategy="not-needed")
    assert "Reason for no strategy discussion missing" in desk.reads(record)


@pytest.mark.clause("IOW-2.2.7-b", rests_on="forms/diversion-plan/safety")
def test_an_approved_tier_3_plan_names_who_leads_and_why_home_is_safe(clock: Clock) -> None:
    clock.at("2026-02-04")
    desk = Desk()
    child = desk.child()
    plan = make.need_plan(child, date(2026, 2, 2))
    approved = {"approved_on": "3/2/2026", "approved_by": "Jo Reed", "goal": "Exclusion"}
    record = desk.writes("diversion-plan", child, plan.pk, **approved)
    said = desk.reads(record)
    assert "Lead worker missing: Jo Reed, Tue 3 February 2026" in said
    assert "Safety judgement missing: Jo Reed, Tue 3 February 2026" in said
    desk.puts_right(record, **approved, lead="Ana Quay", at_home="home", safety="Seen daily")
    assert "Lead worker missing" not in desk.reads(record)
    assert "Safety judgement missing" not in desk.reads(record)


@pytest.mark.clause("IOW-2.2.8-a", rests_on=f"{FORM}/protection")
def test_ground_a_with_evidence_is_tier_4_and_opens_the_checklist(clock: Clock) -> None:
    clock.at("2026-02-02")
    desk = Desk()
    record = advised(desk, grounds=["A"], evidence_a="The grandmother cannot go on")
    said = desk.reads(record)
    assert "Tier 4: safety and security, priority 1" in said
    assert "Protection checklist not filled in: Ana Quay" in said
    page = desk.words("recording:change", record.ref)
    assert "Which steps to protect the child are taken, in the case system?" in page
    without = desk.reads(advised(desk, level="moderate", grounds=["A"]))
    assert "Evidence for ground A missing: Ana Quay" in without
    assert "Tier 4" not in without


@pytest.mark.clause("IOW-2.2.8-b", rests_on=f"{FORM}/safety-plan")
def test_danger_to_others_asks_for_a_safety_plan_the_same_day(clock: Clock) -> None:
    clock.at("2026-02-02")
    desk = Desk()
    ground = {"grounds": ["B"], "evidence_b": "Carries a knife"}
    said = desk.reads(advised(desk, **ground, to_whom=["others"]))
    assert "Others" in said
    home = desk.words("pages:home")
    assert "Make a safety plan: behaviour is dangerous to others" in home
    assert "To whom missing: Ana Quay" in desk.reads(advised(desk, **ground))
    bare = desk.reads(advised(desk, level="moderate", grounds=["B"]))
    assert "Evidence for ground B missing: Ana Quay" in bare


@pytest.mark.clause("IOW-2.2.8-c", rests_on=f"{FORM}/youth_justice")
def test_ground_c_asks_for_the_youth_justice_contact(clock: Clock) -> None:
    clock.at("2026-02-02")
    desk = Desk()
    said = desk.reads(advised(desk, grounds=["C"], offence="Robbery"))
    assert "Tier 4: safety and security" in said
    assert "Youth justice contact missing: Ana Quay, Mon 2 February 2026" in said
    named = desk.reads(advised(desk, grounds=["C"], offence="Robbery", youth_justice="Jo Reed"))
    assert "Youth justice contact missing" not in named
    assert "Date of the youth justice contact missing: Ana Quay" in named


@pytest.mark.clause("IOW-2.2.9-a", rests_on=f"{FORM}/critical")
def test_critical_alerts_the_duty_manager_and_is_first_in_the_queue(clock: Clock) -> None:
    clock.at("2026-02-02 10:00")
    desk = Desk()
    manager = Desk("Jo Reed", role=Role.TEAM_MANAGER, team=desk.team)
    advised(desk, level="substantial")
    record = advised(desk, level="critical")
    assert "Tier 4: safety and security, priority 1" in desk.reads(record)
    alert = "Tier 4, priority 1: a critical referral needs you now"
    assert alert in manager.words("pages:home")
    rows = table_of(manager.get("eligibility:queue"), "Open referrals by tier")
    assert [row[2] for row in rows] == ["1", "2"]


@pytest.mark.clause("IOW-2.2.9-b", rests_on="forms/protection-response/dated-action")
def test_an_approved_tier_4_plan_has_a_dated_action_and_a_lead(clock: Clock) -> None:
    clock.at("2026-02-04")
    desk = Desk()
    child = desk.child()
    plan = make.protection_plan(child, date(2026, 2, 2))
    approved = {"approved_on": "3/2/2026", "approved_by": "Jo Reed"}
    undated = {"row-1-what": "Grandmother moves in", "row-1-by_whom": "Ana Quay"}
    record = desk.writes("protection-response", child, plan.pk, **approved, **undated)
    said = desk.reads(record)
    assert "Dated protection action missing: Jo Reed, Tue 3 February 2026" in said
    assert "Lead missing: Jo Reed, Tue 3 February 2026" in said
    assert "Long-term goal missing: Jo Reed" in said
    dated = {**undated, "row-1-action_on": "5/2/2026", "lead": "Ana Quay"}
    desk.puts_right(record, **approved, **dated)
    assert "Dated protection action missing" not in desk.reads(record)
    assert "Lead missing" not in desk.reads(record)


def _plan(desk: Desk, ended: str) -> Recording:
    child: Child = desk.child()
    plan = make.need_plan(child, date(2026, 1, 5), ended_on=date.fromisoformat(ended))
    return desk.writes("diversion-plan", child, plan.pk, goal="Exclusion", measure="In school")


def test_the_public_page_needs_no_sign_in(client) -> None:  # type: ignore[no-untyped-def]
    assert "Priority 1 comes first" in main_of(client.get("/tiers/"))
