"""Child protection conferences, and copies of assessments and plans: who had what, and when."""

from __future__ import annotations

from datetime import date

import pytest

from evenhand.people.models import Child
from evenhand.work.models import Task
from tests import factories as make
from tests.clock import Clock
from tests.recording.desk import Desk

pytestmark = pytest.mark.django_db


def rows(**answers: list[str]) -> dict[str, str]:
    """Answers of rows, as the form posts them: a list of each question's, row after row."""
    return {
        f"row-{number}-{name}": value
        for name, values in answers.items()
        for number, value in enumerate(values, start=1)
    }


SHARED = {
    "row-1-member": "Mother", "row-1-shared_at_day": "9/1/2026", "row-1-shared_at_time": "9:00",
}  # fmt: skip


def earlier(desk: Desk, form: str, **answers: str) -> Child:
    """A child, and a conference of long ago with the form filled in: from then on it is held."""
    child = desk.child(born_on=date(2014, 1, 1))
    before = make.conference(child, date(2026, 1, 12))
    desk.writes(form, child, before.pk, **answers)
    return child


@pytest.mark.clause("IOW-2.4.27-cp-a", rests_on="isle-of-wight/minutes-proof-read")
def test_minutes_are_back_from_the_proof_reader_after_the_may_holiday(clock: Clock) -> None:
    clock.at("2026-05-07 12:00")
    desk = Desk()
    child = desk.child()
    meeting = make.conference(child, date(2026, 4, 28))
    minutes = desk.writes("conference-minutes", child, meeting.pk, drafted="30/4/2026")
    due, stands = desk.promise(minutes, "Conference minutes are proof-read")
    assert due == "Thu 7 May 2026"
    assert stands.startswith("open")
    desk.puts_right(minutes, drafted="30/4/2026", proofed="7/5/2026")
    assert desk.promise(minutes, "Conference minutes are proof-read")[1].startswith("keptDone")


@pytest.mark.clause("IOW-2.4.27-cp-c", rests_on="isle-of-wight/conference-minutes-sent")
def test_minutes_sent_to_five_of_six_are_not_out_yet(clock: Clock) -> None:
    clock.at("2026-09-03 12:00")
    desk = Desk()
    child = desk.child()
    meeting = make.conference(child, date(2026, 8, 12))
    six = [f"Person {n}" for n in range(6)]
    minutes = desk.writes(
        "conference-minutes", child, meeting.pk, **rows(recipient=six, sent=["20/8/2026"] * 5)
    )
    due, stands = desk.promise(minutes, "Conference minutes go out")
    assert due == "Thu 3 September 2026"
    assert stands.startswith("open")
    desk.puts_right(minutes, **rows(recipient=six, sent=["20/8/2026"] * 5 + ["3/9/2026"]))
    assert desk.promise(minutes, "Conference minutes go out")[1].startswith("keptDone")


@pytest.mark.parametrize(
    ("at", "stands"), [("10:00", "keptDone"), ("10:01", "kept late")], ids=["met", "breach"]
)
@pytest.mark.clause("IOW-2.4.27-cp-d", rests_on="isle-of-wight/report-to-family")
def test_the_family_has_the_report_a_day_before_and_easter_monday_counts(
    clock: Clock, at: str, stands: str
) -> None:
    clock.at("2026-04-08")
    desk = Desk()
    child = earlier(desk, "conference-report", **SHARED)
    meeting = make.conference(child, date(2026, 4, 7))
    begins = {"begins_at_day": "7/4/2026", "begins_at_time": "10:00"}
    shared = {
        "row-1-member": "Mother",
        "row-1-shared_at_day": "6/4/2026",
        "row-1-shared_at_time": at,
    }
    report = desk.writes("conference-report", child, meeting.pk, **begins, **shared)
    assert desk.promise(report, "The family sees")[1].startswith(stands)


@pytest.mark.clause("IOW-2.4.27-cp-e", rests_on="isle-of-wight/report-to-chair")
def test_the_chair_and_the_family_are_told_apart(clock: Clock) -> None:
    clock.at("2026-06-11")
    desk = Desk()
    child = earlier(desk, "conference-report", **SHARED)
    meeting = make.conference(child, date(2026, 6, 10))
    begins = {"begins_at_day": "10/6/2026", "begins_at_time": "9:30"}
    chair = {"chair_at_day": "9/6/2026", "chair_at_time": "9:30"}
    shared = {
        "row-1-member": "Mother", "row-1-shared_at_day": "9/6/2026",
        "row-1-shared_at_time": "10:00",
    }  # fmt: skip
    report = desk.writes("conference-report", child, meeting.pk, **begins, **chair, **shared)
    assert desk.promise(report, "The chair sees")[1].startswith("keptDone")
    assert desk.promise(report, "The family sees")[1].startswith("kept late")


@pytest.mark.clause("IOW-2.4.27-cp-f", rests_on="forms/child-at-conference/asked_on")
def test_a_child_is_asked_from_their_tenth_birthday(clock: Clock) -> None:
    clock.at("2026-06-11")
    desk = Desk()
    ten, nine = desk.child(born_on=date(2016, 6, 10)), desk.child(born_on=date(2016, 6, 11))
    shown = [
        desk.reads(
            desk.writes("child-at-conference", one, make.conference(one, date(2026, 6, 10)).pk)
        )
        for one in (ten, nine)
    ]
    assert "Not asked: Ana Quay, Wed 10 June 2026" in shown[0]
    assert "Not asked" not in shown[1]
    assert "A child aged 10 or over is asked" in shown[0]
    assert "A child aged 10 or over is asked" not in shown[1]


ASKED = {"asked_on": "1/6/2026"}


@pytest.mark.clause("IOW-2.4.27-cp-g", rests_on="isle-of-wight/consultation-document")
def test_a_child_who_declines_is_offered_the_consultation_document(clock: Clock) -> None:
    clock.at("2026-06-11")
    desk = Desk()
    child = earlier(
        desk, "child-at-conference", asked_on="5/1/2026", wishes="no", document_offered="5/1/2026"
    )
    meeting = make.conference(child, date(2026, 6, 10))
    declined = desk.writes("child-at-conference", child, meeting.pk, **ASKED, wishes="no")
    assert desk.promise(declined, "A child who will not attend")[1].startswith("late")
    missing = "Consultation document not offered: Ana Quay, Wed 10 June 2026"
    assert missing in desk.reads(declined)
    offered = {"wishes": "no", "document_offered": "9/6/2026", "document_came": "refused"}
    desk.puts_right(declined, **ASKED, **offered)
    assert desk.promise(declined, "A child who will not attend")[1].startswith("keptDone")


@pytest.mark.clause("IOW-2.4.27-cp-h", rests_on="forms/child-at-conference/advocate_on")
def test_a_child_who_wishes_to_come_has_somebody_to_help_them_speak(clock: Clock) -> None:
    clock.at("2026-06-05")
    desk = Desk()
    child = desk.child(born_on=date(2014, 1, 1))
    meeting = make.conference(child, date(2026, 6, 10))
    wishes = desk.writes("child-at-conference", child, meeting.pk, **ASKED, wishes="yes")
    assert "Advocate not approached yet: Ana Quay" in desk.reads(wishes)
    task = Task.objects.get(kind="child-at-conference")
    assert task.owner == desk.user
    desk.puts_right(wishes, **ASKED, wishes="yes", advocate_on="5/6/2026")
    assert "Advocate not approached yet" not in desk.reads(wishes)
    task.refresh_from_db()
    assert task.state == Task.State.NOT_NEEDED


COPIES = "People receive a copy of their assessment"


@pytest.mark.clause("IOW-2.4.27-cp-b", rests_on="isle-of-wight/assessment-copies")
def test_everybody_entitled_has_their_copy_in_ten_working_days_of_easter(clock: Clock) -> None:
    clock.at("2026-04-16 12:00")
    desk = Desk()
    child = desk.child()
    done = make.assessment(child, date(2026, 3, 2), authorised_on=date(2026, 3, 31))
    both = rows(recipient=["Mother", "Father"], given_on=["1/4/2026", ""])
    copies = desk.writes("assessment-copies", child, done.pk, **both)
    due, stands = desk.promise(copies, COPIES)
    assert due == "Thu 16 April 2026"
    assert stands.startswith("open")
    given = rows(recipient=["Mother", "Father"], given_on=["1/4/2026", "16/4/2026"])
    desk.puts_right(copies, **given)
    assert desk.promise(copies, COPIES)[1].startswith("keptDone")
    assert "Form of the copy for Father missing: Ana Quay" in desk.reads(copies)


@pytest.mark.clause("IOW-2.4.27-cp-b", rests_on="isle-of-wight/need-plan-copies")
def test_copies_of_plans_are_due_as_soon(clock: Clock) -> None:
    clock.at("2026-04-16 12:00")
    desk = Desk()
    child = desk.child()
    plans = {
        "need-plan-copies": make.need_plan(child, date(2026, 3, 31)),
        "protection-plan-copies": make.protection_plan(child, date(2026, 3, 31)),
    }
    for form, plan in plans.items():
        one = rows(recipient=["Mother", "Father"], given_on=["1/4/2026"])
        copies = desk.writes(form, child, plan.pk, **one)
        due, stands = desk.promise(copies, "People receive a copy of their child")
        assert (due, stands[:4]) == ("Thu 16 April 2026", "open")
        both = rows(recipient=["Mother", "Father"], given_on=["1/4/2026", "16/4/2026"])
        desk.puts_right(copies, **both)
        kept = desk.promise(copies, "People receive a copy of their child")
        assert kept[1].startswith("keptDone")


@pytest.mark.clause("IOW-2.4.27-cp-b", rests_on="forms/assessment-copies/withheld")
def test_a_copy_that_is_lawfully_withheld_is_not_waited_for(clock: Clock) -> None:
    clock.at("2026-04-16 12:00")
    desk = Desk()
    child = desk.child()
    done = make.assessment(child, date(2026, 3, 2), authorised_on=date(2026, 3, 31))
    both = rows(recipient=["Mother", "Father"], given_on=["1/4/2026", ""], withheld=["", "court"])
    copies = desk.writes("assessment-copies", child, done.pk, **both)
    assert desk.promise(copies, COPIES)[1].startswith("keptDone")
    assert "A court has ordered so" in desk.reads(copies)
