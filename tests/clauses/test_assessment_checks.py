"""What somebody checks of assessments, plans, reviews and summaries, and what they lack."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from evenhand.accounts.models import Role
from evenhand.people.models import Child
from evenhand.work.models import Task
from tests import factories as make
from tests.clock import Clock
from tests.pages import table_of
from tests.recording.desk import Desk

pytestmark = pytest.mark.django_db
AUTHOR, MANAGER = "Ana Quay", "Jo Reed"
PARTS = ("ethnicity", "religion", "culture", "language", "disability", "identity")
WHOLE = {
    "signed": "15/5/2026", "author": AUTHOR, "signed_by": MANAGER,
    "approved_at_day": "15/5/2026", "approved_at_time": "4pm", "decision": "Agreed.",
    "analysis": "yes", "conclusion": "yes", **dict.fromkeys(PARTS, "considered"),
    "view": "yes", "how_obtained": "At home", "effect": "The goal was hers.",
}  # fmt: skip
SIGNED = {"signed_family": "4/5/2026", "signed_worker": "4/5/2026", "signed_others": "5/5/2026"}
PLAN = {
    "written": "4/5/2026", "author": AUTHOR, "approved": "6/5/2026", "approved_by": MANAGER,
    **SIGNED, "signed_manager": "6/5/2026", "review_on": "4/8/2026",
    "contingency": ["trigger", "action", "who"], "view": "yes", "how_obtained": "At home",
    "effect": "The goal was hers.", "row-1-goal": "School", "row-1-outcome": "Goes each day",
    "row-1-target": "1/7/2026",
}  # fmt: skip
SUMMARY = {
    "written": "28/2/2026", "author": AUTHOR, "signed": "yes", "strengths": "Kind",
    "concerns": "Fewer", "actions": "Ana rings", "recommendation": "Go on", "outcomes": "Sleeps",
}  # fmt: skip


@pytest.fixture
def desk(clock: Clock) -> Desk:
    """A social worker, in June 2026."""
    clock.at("2026-06-01")
    return Desk(AUTHOR)


@pytest.fixture
def child(desk: Desk) -> Child:
    return desk.child()


def checked(desk: Desk, child: Child, form: str = "assessment-check", **other: Any) -> str:
    """What the page says of an assessment that was checked, with these answers put otherwise."""
    assessment = make.assessment(child, date(2026, 4, 1))
    return desk.reads(desk.writes(form, child, assessment.pk, **{**WHOLE, **other}))


def planned(desk: Desk, child: Child, form: str = "need-plan-check", **other: Any) -> str:
    """What the page says of a plan that was checked."""
    makers = {"need-plan-check": make.need_plan, "care-plan-check": make.care_period}
    plan = makers[form](child, date(2026, 5, 4))
    return desk.reads(desk.writes(form, child, plan.pk, **{**PLAN, **other}))


@pytest.mark.clause("IOW-2.4.26-g", rests_on="forms/assessment-check/no-analysis")
def test_an_assessment_signed_without_analysis_says_whose_it_is(desk: Desk, child: Child) -> None:
    assert "missing" not in checked(desk, child)
    words = checked(desk, child, analysis="")
    assert "Analysis missing: Ana Quay, Jo Reed, Fri 15 May 2026" in words
    assert "Conclusion missing: Ana Quay, Jo Reed" in checked(desk, child, conclusion="no")


@pytest.mark.clause("IOW-2.4.26-p", rests_on="forms/assessment-check/culture")
def test_each_part_of_who_a_child_is_is_considered_or_said_to_be_of_no_matter(
    desk: Desk, child: Child
) -> None:
    words = checked(desk, child, culture="")
    assert "Culture missing: Ana Quay, Jo Reed, Fri 15 May 2026" in words
    words = checked(desk, child, culture="not_relevant")
    assert "Reason why not relevant missing: Ana Quay, Jo Reed" in words
    words = checked(desk, child, culture="not_relevant", why_not_relevant="She says so")
    assert "missing" not in words
    for part in PARTS:
        assert f"{part.capitalize()} missing" in checked(desk, child, **{part: ""})


@pytest.mark.clause("NOR-3m-b", rests_on="forms/identity-in-assessment/culture-analysis")
def test_a_code_alone_is_no_analysis(desk: Desk, child: Child) -> None:
    four = dict.fromkeys(("ethnicity", "religion", "culture", "identity"), "analysis")
    said = {"signed": "15/5/2026", "author": AUTHOR, "signed_by": MANAGER, **four}
    assessment = make.assessment(child, date(2026, 4, 1))
    record = desk.writes(
        "identity-in-assessment", child, assessment.pk, **{**said, "culture": "code"}
    )
    words = desk.reads(record)
    assert "Culture analysis missing: Ana Quay, Jo Reed, Fri 15 May 2026" in words
    assert "Identity analysis missing" not in words
    assert "Not fully considered" in words
    for part in four:
        desk.puts_right(record, **{**said, part: "code"})
        words = desk.reads(record)
        assert f"{part.capitalize()} analysis missing: Ana Quay" in words
        assert words.count("analysis missing") == 1
    desk.puts_right(record, **said)
    assert "missing" not in desk.reads(record)


@pytest.mark.clause("IOW-2.4.26-n", rests_on="forms/assessment-check/effect")
def test_a_view_without_its_effect_is_missing_it(desk: Desk, child: Child) -> None:
    assert "Effect missing: Ana Quay, Fri 15 May 2026" in checked(desk, child, effect="")
    assert "Effect missing: Ana Quay, Mon 4 May 2026" in planned(desk, child, effect="")
    period = make.care_period(child, date(2026, 1, 5))
    review = make.looked_after_review(period, date(2026, 5, 12))
    said = {"signed": "14/5/2026", "author": AUTHOR, "view": "yes", "how_obtained": "In person"}
    record = desk.writes("review-check", child, review.pk, **said)
    assert "Effect missing: Ana Quay, Thu 14 May 2026" in desk.reads(record)


def decided(desk: Desk, child: Child, item: str) -> list[str]:
    """How a line of the case file stands, and what says so."""
    rows = table_of(desk.get("case_files:case-file", child.ref), "What the case file shows")
    return next(row[1:] for row in rows if row[0].startswith(item))


@pytest.mark.clause("IOW-2.4.26-o", rests_on="forms/assessment-check/self-approved")
def test_who_wrote_an_assessment_does_not_approve_it(desk: Desk, child: Child) -> None:
    words = checked(desk, child, author=MANAGER, signed_by="jo  reed")
    assert "Self-approved: jo reed, Fri 15 May 2026" in words
    item = "Key documents carry the decision of a manager, who is not their author"
    assert decided(desk, child, item)[:2] == ["Not met", "Self-approved: jo reed, Fri 15 May 2026"]
    assert "elf-approved" not in checked(desk, child)
    assert decided(desk, child, item)[0] == "Met"
    assert "Self-approved: Jo Reed, Wed 6 May 2026" in planned(desk, child, author=MANAGER)


@pytest.mark.clause("IOW-2.4.26-h", rests_on="forms/need-plan-check/unsigned-manager")
def test_a_plan_waits_for_the_signatures_that_are_neither_there_nor_explained(
    desk: Desk, child: Child
) -> None:
    words = planned(desk, child, signed_manager="")
    assert "Awaiting signatures: Team Manager" in words
    assert "Agreed" not in words
    assert "Agreed" in planned(desk, child, signed_manager="", unsigned_manager="Post is empty")
    assert "Awaiting signatures: other professionals" in planned(desk, child, signed_others="")


@pytest.mark.clause("IOW-2.4.26-i", rests_on="forms/need-plan-check/target")
def test_each_goal_has_an_outcome_and_a_day_and_the_plan_a_review(desk: Desk, child: Child) -> None:
    words = planned(desk, child, **{"row-1-target": ""})
    assert "Target date missing: School, Ana Quay, Mon 4 May 2026" in words
    assert "Outcome missing: School, Ana Quay" in planned(desk, child, **{"row-1-outcome": ""})
    assert "Review date missing: Ana Quay" in planned(desk, child, review_on="")
    reminder = Task.objects.filter(kind="plan-review", child=child).first()
    assert reminder is not None
    assert reminder.due_on == date(2026, 8, 4)
    assert "Review the plan of 4 May 2026" in desk.words("pages:child", child.ref)


@pytest.mark.clause("IOW-2.4.26-k", rests_on="forms/need-plan-check/contingency-missing")
def test_an_approved_plan_says_what_happens_if_it_does_not_work(desk: Desk, child: Child) -> None:
    words = planned(desk, child, contingency=[])
    assert "Contingency missing: Jo Reed, Wed 6 May 2026" in words
    assert "Contingency missing" in planned(desk, child, contingency=["trigger", "who"])
    assert "Contingency missing" not in planned(desk, child)


@pytest.mark.clause("IOW-2.4.26-t", rests_on="forms/case-summary/strengths-missing")
def test_a_summary_without_strengths_says_that_none_were_found(desk: Desk, child: Child) -> None:
    referral = make.referral(child, date(2025, 12, 1))
    record = desk.writes("case-summary", child, referral.pk, **{**SUMMARY, "strengths": ""})
    assert "Strengths missing: Ana Quay, Sat 28 February 2026" in desk.reads(record)
    desk.puts_right(record, **{**SUMMARY, "strengths": "", "no_strengths": "yes"})
    assert "missing" not in desk.reads(record)
    for part in ("concerns", "recommendation", "outcomes"):
        desk.puts_right(record, **{**SUMMARY, part: ""})
        assert f"{part.capitalize()} missing: Ana Quay" in desk.reads(record)


@pytest.mark.clause("IOW-2.4.26-j", rests_on="isle-of-wight/case-summary")
def test_three_months_after_a_summary_the_next_is_due(clock: Clock, desk: Desk) -> None:
    child = desk.child()
    referral = make.referral(child, date(2025, 12, 1))
    clock.at("2026-03-02")
    record = desk.writes("case-summary", child, referral.pk, **{**SUMMARY, "outcomes": ""})
    assert "Outcomes missing: Ana Quay, Sat 28 February 2026" in desk.reads(record)
    promised = desk.promises(record)
    (due,) = {row[0] for name, row in promised.items() if "of the one before" in name}
    assert due == "Thu 28 May 2026"


@pytest.mark.clause("IOW-2.4.26-q", rests_on="forms/needs-in-care-plan/goal")
def test_a_need_of_the_assessment_is_carried_into_the_care_plan(desk: Desk, child: Child) -> None:
    manager = Desk(MANAGER, role=Role.TEAM_MANAGER, team=desk.team)
    period = make.care_period(child, date(2026, 1, 5))
    checked(desk, child, **{"row-1-need": "Sylheti interpreter"})
    said = {"approved": "6/5/2026", "approved_by": MANAGER, "row-1-need": "Sylheti interpreter"}
    record = manager.writes("needs-in-care-plan", child, period.pk, **said)
    words = desk.reads(record)
    assert "Need not carried over: Sylheti interpreter, Jo Reed, Wed 6 May 2026" in words
    manager.puts_right(record, **said, **{"row-1-goal": "She is understood at every visit"})
    assert "not carried over" not in desk.reads(record)
