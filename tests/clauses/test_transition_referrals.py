"""Referrals to adult services: the form, what is decided, and what stays open after a decline."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from evenhand.accounts.models import Role
from evenhand.people.models import Child
from evenhand.recording.models import Recording
from evenhand.transitions.actions import begin_plan
from evenhand.transitions.models import TransitionPlan
from evenhand.work.models import Task
from tests.clock import Clock
from tests.pages import main_of, table_of
from tests.recording.desk import Desk

pytestmark = pytest.mark.django_db
FIVE = {
    "young_person": "She goes by Bee.", "family": "With her aunt.", "education": "College.",
    "views": "I want to live near the sea.", "support": "Short breaks.",
}  # fmt: skip
EMPTY = "Diagnosis and health, Functioning, History, Parents' and carers' views, Safety"
REPORT = {"asked_on": "2/3/2026", "report_on": "11/3/2026", "decider": "Cal Tern"}
ATTACHED = {"sen_reports": "attached", "psychology_report": "attached"}


class Moving:
    """A young person with a plan for one adult service, and their worker."""

    def __init__(self, clock: Clock, route: str, born: date) -> None:
        self.desk = Desk()
        self.child: Child = self.desk.child(born_on=born)
        now = clock.at("2026-03-02")
        self.plan: TransitionPlan = begin_plan(self.child, route, by=self.desk.user, at=now)

    def writes(self, form: str, **answers: Any) -> Recording:
        """Fill in a form about the plan."""
        return self.desk.writes(form, self.child, self.plan.pk, **answers)

    def answers(self, recording: Recording, **answers: Any) -> Any:
        """Post a form again: the reply."""
        where = reverse("recording:change", args=[recording.ref])
        return self.desk.client.post(where, answers)

    def task(self, kind: str) -> Task:
        """The one open task of a kind."""
        return Task.objects.get(kind=kind, child=self.child, state=Task.State.OPEN)

    def closes(self, task: Task, **answers: str) -> Any:
        """Say that a task is done: the reply."""
        where = reverse("work:step", args=[task.ref, "done"])
        return self.desk.client.post(where, {"version": task.version, **answers})


@pytest.fixture
def pdsi(clock: Clock) -> Moving:
    """On the way to the service for physical disability and sensory impairment."""
    return Moving(clock, "PDSI", date(2008, 10, 5))


@pytest.fixture
def aldt(clock: Clock) -> Moving:
    """On the way to the learning disability team."""
    return Moving(clock, "ALDT", date(2009, 2, 27))


@pytest.mark.clause("IOW-2.3.12", rests_on="forms/transition-referral/sections-empty")
def test_a_form_with_five_empty_sections_warns_and_goes_once_that_is_meant(pdsi: Moving) -> None:
    draft = pdsi.writes("transition-referral", **FIVE)
    assert f"5 of 10. Still empty: {EMPTY}" in pdsi.desk.reads(draft)
    warned = pdsi.answers(draft, **FIVE, referred="2/3/2026")
    assert warned.status_code == 200
    words = main_of(warned)
    assert f"5 of 10 sections are filled in; these are empty: {EMPTY}." in words
    assert "Send it although sections are empty?" in words
    pdsi.desk.puts_right(draft, **FIVE, referred="2/3/2026", go_ahead="yes")
    assert "Mon 2 March 2026" in pdsi.desk.reads(draft)


@pytest.mark.clause("IOW-2.3.13", rests_on="forms/transition-referral/health_evidence")
def test_each_group_of_documents_goes_with_the_form_or_has_a_reason_why_not(pdsi: Moving) -> None:
    form = pdsi.writes("transition-referral", **ATTACHED)
    assert "Health evidence missing: Ana Quay, Mon 2 March 2026" in pdsi.desk.reads(form)
    pdsi.desk.puts_right(form, health_evidence="attached")
    words = pdsi.desk.reads(form)
    for group in ("SEN review reports", "Psychology assessment"):
        assert f"{group} missing: Ana Quay, Mon 2 March 2026" in words
    pdsi.desk.puts_right(form, **ATTACHED, health_evidence="not-available")
    words = pdsi.desk.reads(form)
    assert "Reason for no Health evidence missing: Ana Quay" in words
    why = {"health_evidence": "not-available", "health_evidence_why": "Clinic in April"}
    pdsi.desk.puts_right(form, **ATTACHED, **why)
    assert "Health evidence missing" not in pdsi.desk.reads(form)


@pytest.mark.clause("IOW-2.3.14", rests_on="forms/transition-outcome/contradicts-accepted")
def test_an_outcome_against_the_assessment_says_so_and_a_decline_tells_at_once(
    pdsi: Moving,
) -> None:
    said = {"assessment": "criteria-not-met", "decider": "Cal Tern"}
    outcome = pdsi.writes("transition-outcome", **said, outcome="accepted", accepted="2/3/2026")
    contradicts = "Outcome contradicts assessment: Cal Tern, Mon 2 March 2026"
    assert contradicts in pdsi.desk.reads(outcome)
    why = {"reasons": "No lasting impairment."}
    pdsi.desk.puts_right(outcome, **said, **why, outcome="declined", declined="2/3/2026")
    words = pdsi.desk.reads(outcome)
    assert "contradicts" not in words
    assert "Family not told: Ana Quay" in words
    for kind in ("decline-worker-notice", "decline-family-notice"):
        assert pdsi.task(kind).due_on == date(2026, 3, 2)
    notice = pdsi.desk.words("recording:letter", outcome.ref, "worker")
    assert "Reasons: No lasting impairment." in notice
    letter = pdsi.desk.words("recording:letter", outcome.ref, "family")
    assert "You have the right to make a complaint" in letter
    assert "No lasting impairment." in letter
    met = {**said, **why, "assessment": "criteria-met"}
    pdsi.desk.puts_right(outcome, **met, outcome="declined", declined="2/3/2026")
    assert contradicts in pdsi.desk.reads(outcome)


@pytest.mark.clause("IOW-2.3.15", rests_on="forms/transition-outcome/care-act")
def test_a_decline_asks_again_on_the_eighteenth_birthday(pdsi: Moving) -> None:
    outcome = pdsi.writes("transition-outcome", outcome="declined", declined="2/3/2026")
    prompt = pdsi.task("care-act-assessment")
    assert (prompt.what, prompt.due_on) == ("Consider a Care Act assessment", date(2026, 10, 5))
    assert "Consider a Care Act assessment" in pdsi.desk.words("work:tasks")
    form = pdsi.desk.words("recording:change", outcome.ref)
    assert "Care Act 2014, section 9" in form


@pytest.mark.clause("IOW-2.3.30", rests_on="forms/transition-referral/functioning")
def test_where_it_is_unclear_functioning_history_and_views_are_asked_for(aldt: Moving) -> None:
    form = aldt.writes("transition-referral", view="unclear", history="Since birth.")
    words = aldt.desk.reads(form)
    assert "Functioning missing: Ana Quay, Mon 2 March 2026" in words
    assert "Views missing" in words
    assert "History missing" not in words
    aldt.desk.puts_right(form, view="unclear", functioning="Cooks with help.")
    words = aldt.desk.reads(form)
    assert "History missing: Ana Quay, Mon 2 March 2026" in words
    assert "Functioning missing" not in words
    aldt.desk.puts_right(form, view="yes", history="Since birth.")
    assert "Functioning missing" not in aldt.desk.reads(form)


@pytest.mark.clause("IOW-2.3.31", rests_on="forms/transition-referral/severity")
def test_one_report_and_two_reasons_are_enough_and_severity_is_asked(aldt: Moving) -> None:
    documents = {
        "psychology_report": "attached", "sen_reports": "not-available",
        "sen_reports_why": "Taught at home", "health_evidence": "not-available",
        "health_evidence_why": "Clinic in April",
    }  # fmt: skip
    sections = {**FIVE, "diagnosis": "Down's syndrome.", "functioning": "x", "history": "x"}
    form = aldt.writes("transition-referral", **documents, **sections, referred="2/3/2026")
    words = aldt.desk.reads(form)
    assert "Severity of learning disability missing: Ana Quay" in words
    for group in ("SEN review reports missing", "Health evidence missing", "Reason for"):
        assert group not in words
    aldt.desk.puts_right(form, **documents, **sections, referred="2/3/2026", severity="moderate")
    assert "Severity of learning disability missing" not in aldt.desk.reads(form)


@pytest.mark.clause("IOW-2.3.32", rests_on="forms/psychology-assessment/stands")
def test_only_the_learning_disability_manager_asks_a_psychologist(aldt: Moving) -> None:
    manager = _manager(aldt)
    offered = aldt.desk.words("recording:of-child", aldt.child.ref)
    assert "Clinical psychologist's assessment" not in offered
    assert "Transition referral form" in offered
    assert "Clinical psychologist's" in manager.words("recording:of-child", aldt.child.ref)
    asked = manager.writes("psychology-assessment", aldt.child, aldt.plan.pk, asked_on="2/3/2026")
    assert "Awaiting psychology" in manager.reads(asked)
    assert aldt.answers(asked, asked_on="2/3/2026").status_code == 403


@pytest.mark.clause("IOW-2.3.33", rests_on="forms/psychology-assessment/contradicts-declined")
def test_a_report_that_the_criteria_are_met_advises_to_accept(aldt: Moving, clock: Clock) -> None:
    manager = _manager(aldt)
    met = {**REPORT, "shows": "meets"}
    clock.at("2026-03-12")
    report = manager.writes(
        "psychology-assessment", aldt.child, aldt.plan.pk, **met, outcome="accepted",
        accepted="12/3/2026",
    )  # fmt: skip
    words = aldt.desk.reads(report)
    assert "Accept: it shows that the criteria are met" in words
    assert "Where it standsAccepted" in words.replace(" stands ", " stands")
    assert "contradicts" not in words
    manager.puts_right(report, **met, outcome="declined", declined="12/3/2026")
    said = "Decision contradicts report: Cal Tern, Thu 12 March 2026"
    assert said in aldt.desk.reads(report)


@pytest.mark.clause("IOW-2.3.34-a", rests_on="forms/psychology-assessment/family")
def test_a_report_that_they_are_not_met_declines_and_tells_the_same_day(
    aldt: Moving, clock: Clock
) -> None:
    clock.at("2026-03-12")
    said = {**REPORT, "shows": "does-not-meet", "outcome": "declined", "declined": "12/3/2026"}
    report = _manager(aldt).writes("psychology-assessment", aldt.child, aldt.plan.pk, **said)
    words = aldt.desk.reads(report)
    assert "Decline: it shows that the criteria are not met" in words
    assert "Notice to the family" in words
    assert "Notice to the social worker" in words
    for kind in ("decline-worker-notice", "decline-family-notice"):
        assert aldt.task(kind).due_on == date(2026, 3, 12)


@pytest.mark.clause("IOW-2.3.34-b", rests_on="forms/transition-outcome/care-act")
def test_the_prompt_at_eighteen_is_closed_with_what_came_of_it(aldt: Moving) -> None:
    declined = aldt.writes("transition-outcome", outcome="declined", declined="2/3/2026")
    prompt = aldt.task("care-act-assessment")
    assert prompt.due_on == date(2027, 2, 27)
    unanswered = aldt.closes(prompt, reason="Talked to her.")
    assert unanswered.status_code == 200
    for words in ("An assessment was offered", "offered and declined", "It is not needed"):
        assert words in main_of(unanswered)
    assert aldt.closes(prompt, reason="Talked.", outcome="offered").status_code == 302
    assert "An assessment was offered" in aldt.desk.words("work:task", prompt.ref)
    due, stands = aldt.desk.promise(declined, "A Care Act assessment is considered")
    assert due == "Sat 27 February 2027"
    assert stands.startswith("kept")


@pytest.mark.clause("IOW-2.3.35-a", rests_on="forms/partner-services")
def test_a_plan_without_a_partner_service_says_to_consider_careers(aldt: Moving) -> None:
    prompt = "Consider the careers and participation service"
    assert prompt in aldt.desk.words("transitions:plan", aldt.plan.ref)
    answers = {
        "row-1-service": "careers",
        "row-1-action": "Visits college",
        "considered": "2/3/2026",
    }
    aldt.writes("partner-services", **answers)
    assert prompt not in aldt.desk.words("transitions:plan", aldt.plan.ref)


@pytest.mark.clause("IOW-2.3.35-b", rests_on="forms/also-pdsi/also_pdsi")
def test_a_learning_disability_plan_begins_one_for_pdsi_with_the_same_days(aldt: Moving) -> None:
    assert "Also consider PDSI" in aldt.desk.words("transitions:plan", aldt.plan.ref)
    aldt.writes("also-pdsi", also_pdsi="yes")
    both = TransitionPlan.objects.filter(child=aldt.child)
    assert {one.route for one in both} == {"ALDT", "PDSI"}
    pages = [aldt.desk.get("transitions:plan", one.ref) for one in both]
    first, second = ({row[0]: row[1] for row in table_of(page, "Milestones")} for page in pages)
    for step in ("On the transition list", "Transition review"):
        (name,) = [one for one in first if one.startswith(step)]
        assert first[name] == second[name]
        assert " 20" in first[name]


def _manager(aldt: Moving) -> Desk:
    return Desk("Cal Tern", role=Role.TEAM_MANAGER, team=aldt.desk.team)
