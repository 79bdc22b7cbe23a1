"""A child's case file: each line met, not met or not to be told, and what says so."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.urls import reverse

from evenhand.casework.actions import record as record_event
from evenhand.casework.models import CoreGroup
from evenhand.design.wording import child_name
from evenhand.facts.registry import BINDINGS
from evenhand.people.models import Child
from evenhand.standards import standing
from tests import factories as make
from tests.clauses.test_assessment_checks import AUTHOR, MANAGER, PLAN, SUMMARY, WHOLE
from tests.clock import Clock
from tests.pages import main_of, shown, table_of, words_of
from tests.recording.desk import Desk

pytestmark = pytest.mark.django_db
FILE, CARE = "What the case file shows", "A child in our care"
PAPERS = {
    "checked": "1/6/2026", "views": "1/5/2026", "views_tool": "1/3/2026", "rights": "1/1/2026",
    "care_plan": "5/1/2026", "education_plan": "1/2/2026", "health_plan": "1/2/2026",
    "placement_plan": "5/1/2026", "officer": "Noor Kay",
}  # fmt: skip


@pytest.fixture
def desk(clock: Clock) -> Desk:
    """A social worker, on 1 June 2026; sources hold everything until then."""
    now = clock.at("2026-06-01")
    make.coverage(*BINDINGS, complete_to=now.date())
    return Desk(AUTHOR)


@pytest.fixture
def child(desk: Desk) -> Child:
    return desk.child()


def lines(desk: Desk, child: Child, caption: str = FILE) -> dict[str, list[str]]:
    """The lines of the case file: what must be shown, to how it stands and what says so."""
    page = desk.get("case_files:case-file", child.ref)
    return {row[0]: row[1:] for row in table_of(page, caption)}


def line(desk: Desk, child: Child, begins: str, caption: str = FILE) -> list[str]:
    """One line, by how it begins."""
    found = lines(desk, child, caption)
    return next(row for name, row in found.items() if name.startswith(begins))


@pytest.mark.clause("IOW-2.4.26-a", rests_on="case-file/entries")
def test_what_is_written_down_late_says_after_how_many_working_days(
    clock: Clock, desk: Desk, child: Child
) -> None:
    make.care_period(child, date(2026, 1, 5))
    at = clock.at("2026-05-12")
    record_event(
        child, by=desk.user, at=at, kind="visit", held_on=date(2026, 5, 1), seen=True,
        seen_alone=True,
    )  # fmt: skip
    assert "entered after 6 working days" in desk.words("pages:child", child.ref)
    stands, evidence = line(desk, child, "What happens is written down in time")
    assert stands == "Not met"
    assert "Fri 1 May 2026: entered after 6 working days" in evidence
    page = desk.get("case_files:chronology", child.ref)
    assert table_of(page, "By who wrote them") == [["Ana Quay", "1", "1", "6"]]


@pytest.mark.clause("IOW-2.4.26-c", rests_on="case-file/referral")
def test_a_referral_without_its_reason_says_whose_and_of_which_day(
    desk: Desk, child: Child
) -> None:
    day = date(2026, 5, 20)
    referral = make.referral(child, day, source_code="1A", worker=desk.worker)
    stands, evidence = line(desk, child, "The referral is complete")
    assert (stands, evidence) == ("Not met", "Reason missing: Ana Quay, Wed 20 May 2026")
    referral.primary_need, referral.source_code = "N1", ""
    referral.save()
    said = "Who referred missing: Ana Quay, Wed 20 May 2026"
    assert line(desk, child, "The referral is complete")[:2] == ["Not met", said]
    referral.source_code = "1A"
    referral.save()
    assert line(desk, child, "The referral is complete")[0] == "Met"


@pytest.mark.clause("IOW-2.4.26-d", rests_on="case-file/eligibility")
def test_without_a_decided_tier_the_criteria_were_not_applied(desk: Desk, child: Child) -> None:
    referral = make.referral(child, date(2026, 5, 20))
    item = "The eligibility criteria were applied"
    assert line(desk, child, item)[0] == "Not met"
    advice = desk.writes("tier-advice", child, referral.pk)
    assert line(desk, child, item)[0] == "Not met"
    said = {
        "decided": "tier-2",
        "decided_by": MANAGER,
        "decided_on": "1/6/2026",
        "reasons": "Two agencies.",
    }
    desk.client.post(reverse("eligibility:decide", args=[advice.ref]), said)
    stands, evidence = line(desk, child, item)
    assert stands == "Met"
    for words in (
        "Tier 2",
        "Priority 3",
        "Two agencies",
        "Jo Reed, Mon 1 June 2026",
        "Criteria of",
    ):
        assert words in evidence


@pytest.mark.clause("IOW-2.4.26-e", rests_on="forms/significant-event")
def test_a_chronology_holds_significant_events_with_reasons_in_the_order_of_their_days(
    clock: Clock, desk: Desk, child: Child
) -> None:
    item = "The chronology is current"
    desk.writes(
        "significant-event", child, happened="9/3/2026", event="School excluded her",
        significant="yes", why="She lost her only lessons",
    )  # fmt: skip
    assert "Not looked through yet" in desk.words("case_files:chronology", child.ref)
    assert line(desk, child, item)[0] == "Not met"
    desk.writes("chronology-review", child, reviewed="1/6/2026")
    for today, stands in (("2026-09-01", "Met"), ("2026-09-02", "Not met")):
        clock.at(today)
        assert line(desk, child, item)[0] == stands
    stale = "Last looked through on Mon 1 June 2026: it is to be looked through every 3 months"
    assert stale in line(desk, child, item)[1]
    assert stale in desk.words("case_files:chronology", child.ref)

    clock.at("2026-06-01")
    desk.writes(
        "significant-event", child, happened="1/4/2026", event="Phone call", significant="no"
    )
    desk.writes(
        "significant-event", child, happened="2/4/2026", event="Moved house", significant="yes"
    )
    page = desk.get("case_files:chronology", child.ref)
    assert [[row[0], row[1], row[3]] for row in table_of(page, "Significant events")] == [
        ["Mon 9 March 2026", "School excluded her", "Met"],
        ["Wed 1 April 2026", "Phone call", "Not significant"],
        ["Thu 2 April 2026", "Moved house", "Reason missing"],
    ]
    stands, evidence = line(desk, child, item)
    assert stands == "Not met"
    assert "Phone call, Wed 1 April 2026: not significant" in evidence
    assert "Moved house, Thu 2 April 2026: reason missing" in evidence


@pytest.mark.clause("IOW-2.4.26-f", rests_on="isle-of-wight/assessment-within-year")
def test_an_assessment_holds_for_twelve_months(clock: Clock, desk: Desk, child: Child) -> None:
    make.coverage(*BINDINGS, complete_to=None)
    item = "The assessment was done or reviewed"
    referral = make.referral(child, date(2024, 5, 1))
    begun = make.assessment(child, date(2024, 5, 2), referral=referral)
    assert line(desk, child, item)[:2] == ["Met", "In progress since Thu 2 May 2024"]
    begun.authorised_on = date(2024, 6, 10)
    begun.save()
    assert line(desk, child, item)[0] == "Not met"
    desk.writes("assessment-review", child, referral.pk, reviewed="10/6/2025", changed="A bus")
    clock.at("2026-06-10")
    stands, evidence = line(desk, child, item)
    assert stands == "Met"
    assert "Last done or reviewed on Tue 10 June 2025: holds until Wed 10 June 2026" in evidence
    assert overdue(desk, clock.at("2026-06-10")) == []
    now = clock.at("2026-06-11")
    assert line(desk, child, item)[0] == "Not met"
    assert overdue(desk, now) == [child_name(child)]


def overdue(desk: Desk, now: datetime) -> list[str]:
    """Whom the list of late assessments names."""
    standing.refresh(now)
    page = desk.get("standards:children", "isle-of-wight", "assessment-within-year", state="late")
    return [words_of(row[0]) for row in shown(page).findall(".//table/tbody/tr")]


@pytest.mark.clause("IOW-2.4.26-m", rests_on="forms/seen-alone/why_not_alone")
def test_a_child_who_was_not_seen_alone_is_owed_a_reason(desk: Desk, child: Child) -> None:
    period = make.care_period(child, date(2026, 1, 5))
    make.visit(period, date(2026, 5, 4), seen=True, seen_alone=True)
    visit = make.visit(period, date(2026, 5, 28), seen=True, seen_alone=False)
    stands, evidence = line(desk, child, "The child was seen alone")
    assert stands == "Not met"
    assert "Reason missing: Ana Quay, Thu 28 May 2026" in evidence
    assert "Last seen alone 28 days ago" in evidence
    record = desk.writes("seen-alone", child, visit.pk)
    assert "Reason missing: Ana Quay, Thu 28 May 2026" in desk.reads(record)
    desk.puts_right(record, why_not_alone="She asked for her sister to stay")
    assert line(desk, child, "The child was seen alone")[0] == "Met"
    (row,) = table_of(desk.get("case_files:seen-alone"), "Days since seen alone")
    assert row[1:4] == ["Ana Quay", "Mon 4 May 2026", "28"]


@pytest.mark.clause("IOW-2.4.26-r", rests_on="case-file/looked-after")
def test_nine_of_ten_things_for_a_child_in_our_care_are_90_per_cent(
    desk: Desk, child: Child
) -> None:
    period = make.care_period(child, date(2026, 1, 5))
    make.legal_status(period, "C2")
    for day in (date(2026, 1, 9), date(2026, 2, 13), date(2026, 3, 20), date(2026, 4, 30)):
        make.visit(period, day, seen=True, seen_alone=True)
    for day in (date(2026, 1, 28), date(2026, 4, 27)):
        make.looked_after_review(period, day)
    standing.refresh(make.NOW)
    desk.writes("looked-after-papers", child, period.pk, **{**PAPERS, "education_plan": ""})
    assert "A child in our care: 90%" in desk.words("case_files:case-file", child.ref)
    unmet = [name for name, row in lines(desk, child, CARE).items() if row[0] == "Not met"]
    assert unmet == ["Personal education plan (PEP)"]
    evidence = line(desk, child, "What a child in our care is entitled to")[1]
    assert "90% (9 of 10)" in evidence
    assert "Personal education plan (PEP)" in evidence


@pytest.mark.clause("IOW-2.4.26-q", rests_on="case-file/needs-carried")
def test_a_need_that_the_list_of_the_care_plan_leaves_out_is_not_met(
    desk: Desk, child: Child
) -> None:
    period = make.care_period(child, date(2026, 1, 5))
    assessment = make.assessment(child, date(2026, 4, 1))
    found = {"row-1-need": "Sylheti interpreter", "row-2-need": "A mosque near her home"}
    desk.writes("assessment-check", child, assessment.pk, **WHOLE, **found)
    said = {
        "approved": "6/5/2026", "approved_by": MANAGER, "row-1-need": "a mosque near her home",
        "row-1-goal": "Fridays",
    }  # fmt: skip
    listed = desk.writes("needs-in-care-plan", child, period.pk, **said)
    stands, evidence = line(desk, child, "The care plan carries the needs")
    assert stands == "Not met"
    assert evidence == "Need not carried over: Sylheti interpreter, Jo Reed, Wed 6 May 2026"
    more = {"row-2-need": "Sylheti interpreter", "row-2-otherwise": "Booked for each visit"}
    desk.puts_right(listed, **said, **more)
    assert line(desk, child, "The care plan carries the needs")[0] == "Met"


@pytest.mark.clause("IOW-2.4.26", rests_on="case-file/case-file")
def test_fifteen_of_twenty_lines_are_75_per_cent_and_the_five_are_named_with_links(
    clock: Clock, desk: Desk, child: Child
) -> None:
    """Known to be met: 15. Not: the front sheet, the chronology, the effect of a view, contingency
    and a goal's target date."""
    whole_file(clock, desk, child)
    page = desk.get("case_files:case-file", child.ref)
    assert "75%: 15 of the 20 things that can be told are there." in main_of(page)
    rows = table_of(page, FILE)
    assert len(rows) == 20
    unmet = {row[0].split("IOW")[0] for row in rows if row[1] == "Not met"}
    assert unmet == {
        "The front sheet holds the key facts",
        "The chronology is current and holds significant events only",
        "The plan has outcomes, days and a review",
        "The plan says what happens if it does not work",
        "What the child and the family think was taken into account",
    }
    first = next(shown(page).iter("table"))
    for row in first.findall("tbody/tr")[:5]:
        assert all(link.get("href") for link in row.iter("a"))
        assert len(list(row.iter("a"))) == 1


def whole_file(clock: Clock, desk: Desk, child: Child) -> None:
    """A child in our care and on a plan, whose file has everything but five things."""
    seen: dict[str, Any] = {"seen": True, "seen_alone": True}
    referral = make.referral(
        child, date(2026, 1, 5), source_code="1A", primary_need="N1", worker=desk.worker
    )
    assessment = make.assessment(
        child, date(2026, 1, 6), referral=referral, authorised_on=date(2026, 2, 3)
    )
    period = make.care_period(child, date(2026, 1, 5), referral=referral)
    make.legal_status(period, "C2")
    for day in (date(2026, 1, 9), date(2026, 2, 13), date(2026, 3, 20), date(2026, 4, 30)):
        make.visit(period, day, **seen)
    reviews = [
        make.looked_after_review(period, day) for day in (date(2026, 1, 28), date(2026, 4, 27))
    ]
    protection = make.protection_plan(child, date(2026, 4, 1))
    CoreGroup.objects.create(child=child, plan=protection, held_on=date(2026, 5, 5))
    record_event(
        child,
        by=desk.user,
        at=clock.at("2026-05-29"),
        kind="visit",
        held_on=date(2026, 5, 28),
        **seen,
    )
    now = clock.at("2026-06-01")
    standing.refresh(now)
    desk.writes("referrer-told", child, referral.pk, feedback_given="12/1/2026")
    advice = desk.writes("tier-advice", child, referral.pk)
    decided = {"decided": "tier-2", "decided_by": MANAGER, "decided_on": "1/6/2026"}
    desk.client.post(reverse("eligibility:decide", args=[advice.ref]), decided)
    desk.writes("assessment-check", child, assessment.pk, **{**WHOLE, "effect": ""})
    desk.writes("protection-plan-check", child, protection.pk, **{**PLAN, "contingency": []})
    desk.writes("care-plan-check", child, period.pk, **{**PLAN, "row-1-target": ""})
    desk.writes("needs-in-care-plan", child, period.pk, approved="6/5/2026", approved_by=MANAGER)
    for day in ("31/3/2026", "1/6/2026"):
        desk.writes("case-summary", child, referral.pk, **{**SUMMARY, "written": day})
    signed = {"signed": "28/4/2026", "view": "yes", "how_obtained": "At home", "effect": "More"}
    told = {"strengths": "Kind", "concerns": "Few", "recommendation": "Go on", "outcomes": "Sleeps"}
    desk.writes("review-check", child, reviews[-1].pk, author=AUTHOR, **signed, **told)
    desk.writes("looked-after-papers", child, period.pk, **PAPERS)
