"""Plans for the way to adult services: milestones, views, leaving days, and early moves."""

from __future__ import annotations

from datetime import date

import pytest

from evenhand.accounts.models import Role
from evenhand.history.actions import follow
from evenhand.people.models import Involvement
from evenhand.sources.models import ImportBatch
from evenhand.work.models import Task
from tests import factories as make
from tests.clock import Clock
from tests.recording.desk import Desk
from tests.transitions import moving

pytestmark = pytest.mark.django_db
PACK = "isle-of-wight/"


@pytest.mark.clause("IOW-2.3.4", rests_on=PACK + "refer-to-physical-disability")
def test_a_plan_for_physical_disability_shows_its_days(clock: Clock) -> None:
    desk = moving.desk()
    plan = moving.plan(desk, clock, "2026-01-05", "2009-09-14", "PDSI")
    desk.writes("education-leaving", plan.child, asked_on="5/1/2026", leaving="later",
                leaving_on="20/7/2028")  # fmt: skip
    review, referral = (
        moving.step(desk, plan, "Transition review"),
        moving.step(desk, plan, "Referral to PDSI"),
    )
    assert review[0].startswith("From Fri 1 September 2023")
    assert "14th birthday: Thu 14 September 2023" in review[0]
    assert referral[0] == "By Mon 14 September 2026"
    assert moving.step(desk, plan, "Responsibility passes")[0] == "By Tue 14 September 2027"


@pytest.mark.clause("IOW-2.3.6", rests_on=PACK + "year-9-review")
def test_a_review_to_which_nobody_came_says_so_and_tells_the_manager(clock: Clock) -> None:
    desk = moving.desk()
    plan = moving.plan(desk, clock, "2026-01-05", "2012-05-20", "PDSI")
    when = moving.step(desk, plan, "Transition review")[0]
    assert when.startswith("From Mon 1 September 2025")
    assert "14th birthday: Wed 20 May 2026" in when
    clock.at("2026-02-10")
    review = desk.writes("transition-review", plan.child, held_on="9/2/2026", which="year-9")
    assert "Not attended: Ana Quay, Mon 9 February 2026" in desk.reads(review)
    told = "Nobody of us came to a transition review, on 9 February 2026"
    assert told in Desk("Mae Sound", role=Role.TEAM_MANAGER, team=desk.team).words("work:tasks")
    assert moving.step(desk, plan, "Transition review")[1].startswith("open")


@pytest.mark.clause("IOW-2.3.7", rests_on="forms/transition-view")
def test_a_view_with_reasons_turns_the_milestone_green(clock: Clock) -> None:
    desk = moving.desk()
    plan = moving.plan(desk, clock, "2026-01-05", "2012-05-20", "PDSI")
    _review(desk, plan, "5/1/2026")
    assert moving.step(desk, plan, "A view whether")[1].startswith("late")
    view = desk.writes("transition-view", plan.child, plan.pk, decided_on="5/1/2026", likely="yes")
    assert "Reasons missing" in desk.reads(view)
    assert moving.step(desk, plan, "A view whether")[1].startswith("late")
    desk.puts_right(view, decided_on="5/1/2026", likely="yes", reasons="She needs help to move.")
    assert moving.step(desk, plan, "A view whether")[1].startswith("kept")
    shown = desk.words("transitions:plan", plan.ref)
    assert "Likely PDSI" in shown
    assert "She needs help to move." in shown
    assert "Ana Quay, Mon 5 January 2026" in shown


@pytest.mark.clause("IOW-2.3.8", rests_on="forms/education-leaving")
def test_a_leaving_date_is_asked_for_and_recalculates_the_milestones(clock: Clock) -> None:
    desk = moving.desk()
    plan = moving.plan(desk, clock, "2026-01-05", "2009-09-14", "PDSI")
    _view(desk, plan, "yes")
    _review(desk, plan, "5/1/2026")
    asked = Task.objects.get(kind="transition-leaving-date", child=plan.child)
    assert asked.state == Task.State.OPEN
    assert moving.step(desk, plan, "Referral to PDSI")[1].startswith("not recorded")
    desk.writes("education-leaving", plan.child, asked_on="5/1/2026", leaving="later",
                leaving_on="20/7/2027")  # fmt: skip
    asked.refresh_from_db()
    assert asked.state == Task.State.DONE
    assert moving.step(desk, plan, "Referral to PDSI")[1].startswith("open")
    assert "Tue 20 July 2027 (branch 18/19)" in desk.words("transitions:plan", plan.ref)


@pytest.mark.clause("IOW-2.3.9", rests_on=PACK + "refer-to-physical-disability")
def test_a_referral_to_pdsi_is_due_on_the_17th_birthday(clock: Clock) -> None:
    desk = moving.desk()
    plan = moving.plan(desk, clock, "2026-01-05", "2009-09-14", "PDSI")
    _view(desk, plan, "yes")
    _leaves(desk, plan, "20/7/2028")
    clock.at("2026-09-14")
    assert moving.step(desk, plan, "Referral to PDSI") == ["By Mon 14 September 2026", "open"]
    clock.at("2026-09-15")
    assert moving.step(desk, plan, "Referral to PDSI")[1].startswith("late")


@pytest.mark.clause("IOW-2.3.10-a", rests_on=PACK + "kept-until-18")
def test_a_move_to_pdsi_a_day_before_18_is_shown_as_early(clock: Clock) -> None:
    desk = moving.desk()
    plan = moving.plan(desk, clock, "2026-10-05", "2008-11-03", "PDSI")
    lead = _moves(clock, plan.child, "PDSI", "2026-11-02")
    assert "Moved 1 day before 18: Tom Reef, Mon 2 November 2026" in _page(desk, plan)
    assert moving.step(desk, plan, "The children's team keeps")[1].startswith("late")
    _moves_on(clock, lead, "2026-11-03")
    assert "Kept until 18: Tom Reef, Tue 3 November 2026" in _page(desk, plan)
    assert moving.step(desk, plan, "The children's team keeps")[1].startswith("kept")


@pytest.mark.clause("IOW-2.3.10-b", rests_on=PACK + "resources-note")
def test_what_is_needed_after_18_is_late_at_17_and_nine_months(clock: Clock) -> None:
    desk = moving.desk()
    plan = moving.plan(desk, clock, "2027-01-05", "2009-09-14", "PDSI")
    _view(desk, plan, "yes")
    worker = moving.other_worker()
    make.involvement(plan.child, worker, role="Co-worker")
    reader = make.user(Role.SOCIAL_WORKER, worker=worker)
    clock.at("2027-06-15")
    due, stands = moving.step(desk, plan, "What is needed after 18")
    assert due == "By Mon 14 June 2027"
    assert stands.startswith("late")
    assert "What is needed after 18 is noted" in desk.words("transitions:board")
    noted = {"assessed_on": "1/6/2027", "noted_on": "15/6/2027", "resources": "A flat of her own"}
    desk.writes("post-18-resources", plan.child, plan.pk, **noted)
    assert moving.step(desk, plan, "What is needed after 18")[1].startswith("kept late")
    desk.user = reader
    assert moving.step(desk, plan, "What is needed after 18")[1].startswith("kept late")


@pytest.mark.clause("IOW-2.3.17", rests_on=PACK + "refer-to-learning-disability")
def test_a_plan_for_learning_disability_shows_its_days(clock: Clock) -> None:
    desk = moving.desk()
    plan = moving.plan(desk, clock, "2026-01-05", "2010-05-20", "ALDT")
    assert moving.step(desk, plan, "On the transition list")[0] == "By Sat 20 May 2023"
    review = moving.step(desk, plan, "Transition review")[0]
    assert review.startswith("From Fri 1 September 2023")
    assert "14th birthday: Mon 20 May 2024" in review
    _leaves(desk, plan, "20/7/2028")
    assert moving.step(desk, plan, "Referral to ALDT")[0] == "By Wed 20 May 2026"
    assert moving.step(desk, plan, "Responsibility passes")[0] == "By Sat 20 May 2028"


@pytest.mark.clause("IOW-2.3.18", rests_on="forms/transition-view")
def test_an_unclear_view_puts_the_case_on_the_list_of_the_unclear(clock: Clock) -> None:
    desk = moving.desk()
    plan = moving.plan(desk, clock, "2026-01-05", "2010-05-20", "ALDT")
    _view(desk, plan, "unclear")
    assert "The criteria side by side" in _page(desk, plan)
    found = moving.listed(desk, "transitions:board", "Unclear whether")
    assert [row[1] for row in found] == ["Unclear"]


@pytest.mark.clause("IOW-2.3.21", rests_on=PACK + "year-9-review")
def test_one_review_turns_the_milestone_of_both_plans_green(clock: Clock) -> None:
    desk = moving.desk()
    plan = moving.plan(desk, clock, "2026-06-03", "2012-05-20", "ALDT")
    other = moving.begin_plan(plan.child, "PDSI", by=desk.user, at=clock.at("2026-06-03"))
    for each in (plan, other):
        assert moving.step(desk, each, "Transition review")[1].startswith("open")
    _review(desk, plan, "3/6/2026")
    for each in (plan, other):
        assert moving.step(desk, each, "Transition review")[1].startswith("kept")


@pytest.mark.clause("IOW-2.3.22", rests_on="forms/transition-view")
def test_a_reviewed_case_without_a_view_is_an_exception(clock: Clock) -> None:
    desk = moving.desk()
    plan = moving.plan(desk, clock, "2026-06-03", "2012-05-20", "ALDT")
    assert moving.listed(desk, "transitions:board", "Reviewed, and no view") == []
    _review(desk, plan, "3/6/2026")
    found = moving.listed(desk, "transitions:board", "Reviewed, and no view")
    assert [row[1:3] for row in found] == [["No view yet", "Wed 3 June 2026"]]
    _view(desk, plan, "no", on="3/6/2026")
    assert moving.listed(desk, "transitions:board", "Reviewed, and no view") == []


@pytest.mark.clause("IOW-2.3.23", rests_on="forms/education-leaving")
def test_leaving_at_16_is_the_last_friday_in_june_of_year_11(clock: Clock) -> None:
    desk = moving.desk()
    plan = moving.plan(desk, clock, "2026-01-05", "2010-05-20", "ALDT")
    desk.writes("education-leaving", plan.child, asked_on="5/1/2026", leaving="at-16")
    assert "Fri 26 June 2026 (branch 16)" in _page(desk, plan)
    _leaves(desk, plan, "20/7/2028")
    assert "Thu 20 July 2028 (branch 18/19)" in _page(desk, plan)
    younger = moving.begin_plan(
        moving.young(desk, "2011-05-20"), "ALDT", by=desk.user, at=clock.at("2026-01-05")
    )
    desk.writes("education-leaving", younger.child, asked_on="5/1/2026", leaving="at-16")
    assert "Fri 25 June 2027 (branch 16)" in _page(desk, younger)


@pytest.mark.clause("IOW-2.3.24", rests_on=PACK + "refer-at-once")
def test_who_leaves_at_16_is_referred_on_the_day_that_both_are_recorded(clock: Clock) -> None:
    desk = moving.desk()
    plan = moving.plan(desk, clock, "2026-01-05", "2010-05-20", "ALDT")
    _view(desk, plan, "yes")
    clock.at("2026-02-13")
    desk.writes("education-leaving", plan.child, asked_on="13/2/2026", leaving="at-16")
    due = ["By Fri 13 February 2026", "open"]
    assert moving.step(desk, plan, "Referral to ALDT at once") == due
    clock.at("2026-02-14")
    assert moving.step(desk, plan, "Referral to ALDT at once")[1].startswith("late")
    assert "Leaving at 16: 1" in desk.words("transitions:register")


@pytest.mark.clause("IOW-2.3.25-a", rests_on=PACK + "refer-to-learning-disability")
def test_a_referral_to_aldt_is_due_on_the_16th_birthday(clock: Clock) -> None:
    desk = moving.desk()
    plan = moving.plan(desk, clock, "2026-01-05", "2010-05-20", "ALDT")
    _view(desk, plan, "yes")
    _leaves(desk, plan, "20/7/2028")
    clock.at("2026-05-20")
    assert moving.step(desk, plan, "Referral to ALDT") == ["By Wed 20 May 2026", "open"]
    clock.at("2026-05-21")
    assert moving.step(desk, plan, "Referral to ALDT")[1].startswith("late")


@pytest.mark.clause("IOW-2.3.26-a", rests_on=PACK + "kept-until-18")
def test_a_move_to_aldt_a_day_before_18_is_shown_as_early(clock: Clock) -> None:
    desk = moving.desk()
    plan = moving.plan(desk, clock, "2026-10-05", "2008-12-01", "ALDT")
    lead = _moves(clock, plan.child, "ALDT", "2026-11-30")
    assert "Moved 1 day before 18: Tom Reef, Mon 30 November 2026" in _page(desk, plan)
    assert moving.step(desk, plan, "The children's team keeps")[1].startswith("late")
    _moves_on(clock, lead, "2026-12-01")
    assert "Kept until 18: Tom Reef, Tue 1 December 2026" in _page(desk, plan)


@pytest.mark.clause("IOW-2.3.26-b", rests_on=PACK + "assessed-for-adult-life")
def test_an_assessment_not_begun_at_17_is_late_with_whom_it_concerns(clock: Clock) -> None:
    desk = moving.desk()
    plan = moving.plan(desk, clock, "2027-01-05", "2010-05-20", "ALDT")
    _view(desk, plan, "yes")
    clock.at("2027-05-20")
    assert moving.step(desk, plan, "Assessment of needs")[1].startswith("open")
    clock.at("2027-05-21")
    words = next(each for each in moving.steps(desk, plan) if each.startswith("Assessment of"))
    assert words.endswith("With: transitional worker and ALDT Manager")
    assert moving.step(desk, plan, "Assessment of needs")[1].startswith("late")
    assert "Assessment of needs after 18" in desk.words("transitions:board")
    begun = desk.writes("adult-life-assessment", plan.child, plan.pk, started="21/5/2027",
                        finished="21/5/2027")  # fmt: skip
    assert "Post-18 services missing" in desk.reads(begun)
    assert moving.step(desk, plan, "Assessment of needs")[1].startswith("kept late")


@pytest.mark.clause("IOW-2.3.26-c", rests_on=PACK + "person-centred-plan")
def test_person_centred_planning_not_begun_at_17_is_red_the_day_after(clock: Clock) -> None:
    desk = moving.desk()
    plan = moving.plan(desk, clock, "2027-01-05", "2010-05-20", "ALDT")
    _view(desk, plan, "yes")
    clock.at("2027-05-20")
    assert moving.step(desk, plan, "Person-centred planning")[1].startswith("open")
    clock.at("2027-05-21")
    assert moving.step(desk, plan, "Person-centred planning")[1].startswith("late")
    started = desk.writes("person-centred-plan", plan.child, plan.pk, started="21/5/2027")
    assert "Young person's own contribution missing" in desk.reads(started)
    assert moving.step(desk, plan, "Person-centred planning")[1].startswith("kept late")


@pytest.mark.clause("IOW-2.3.27", rests_on=PACK + "liaison")
def test_a_gap_of_more_than_42_days_between_the_workers_is_flagged(clock: Clock) -> None:
    desk = moving.desk()
    plan = moving.plan(desk, clock, "2026-03-02", "2010-05-20", "ALDT")
    desk.writes("transitional-worker", plan.child, plan.pk, named_on="2/3/2026")
    desk.writes("transition-liaison", plan.child, plan.pk, on="2/3/2026", how="met")
    clock.at("2026-04-13")
    assert moving.step(desk, plan, "The two workers")[1].startswith("open")
    clock.at("2026-04-14")
    assert moving.step(desk, plan, "The two workers")[1].startswith("late")
    words = next(each for each in moving.steps(desk, plan) if each.startswith("The two workers"))
    assert words.endswith("With: both managers")
    assert "The two workers" in desk.words("transitions:board")
    desk.writes("transition-liaison", plan.child, plan.pk, on="14/4/2026", how="phone")
    assert moving.step(desk, plan, "The two workers")[1].startswith("open")


def _page(desk: moving.Desk, plan: moving.TransitionPlan) -> str:
    return desk.words("transitions:plan", plan.ref)


def _review(desk: moving.Desk, plan: moving.TransitionPlan, on: str) -> None:
    told = {"held_on": on, "which": "year-9", "attended_by": "social-worker"}
    desk.writes("transition-review", plan.child, **told)


def _view(
    desk: moving.Desk, plan: moving.TransitionPlan, likely: str, on: str = "5/1/2026"
) -> None:
    told = {"decided_on": on, "likely": likely, "reasons": "What we know of her"}
    desk.writes("transition-view", plan.child, plan.pk, **told)


def _leaves(desk: moving.Desk, plan: moving.TransitionPlan, on: str) -> None:
    told = {"asked_on": "5/1/2026", "leaving": "later", "leaving_on": on}
    desk.writes("education-leaving", plan.child, **told)


def _moves(clock: Clock, child: moving.Child, team: str, on: str) -> Involvement:
    """Tell, as an import does, that an adult service leads from a day."""
    worker = moving.other_worker(team=team)
    lead = make.involvement(child, worker, team=worker.team, starts_on=None)
    _moves_on(clock, lead, on)
    return lead


def _moves_on(clock: Clock, lead: Involvement, on: str) -> None:
    lead.starts_on = date.fromisoformat(on)
    lead.save()
    at = clock.at("2026-12-07")
    follow("import.reckoned", ImportBatch.objects.last() or make.batch(), by=None, at=at)
