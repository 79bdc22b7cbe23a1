"""Visits to homes, and what people are told: calling card, next contact, contact card."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from evenhand.accounts.models import User, Worker
from evenhand.imports.actions import import_paths
from evenhand.people.models import Child
from evenhand.work.models import Task
from tests import factories as make
from tests.clock import Clock
from tests.imports.extracts import Extract
from tests.recording.desk import Desk

pytestmark = pytest.mark.django_db
WHEN = "Tue 12 May 2026"


def visited(desk: Desk, **answers: str) -> str:
    """What the page of a visit of 12 May shows, once this is written down about it."""
    child = desk.child()
    visit = make.visit(make.need_plan(child, date(2026, 1, 5)), date(2026, 5, 12))
    return desk.reads(desk.writes("visit", child, visit.pk, **answers))


@pytest.mark.clause("IOW-2.4.25-a", rests_on="forms/visit/card-not-left")
def test_a_visit_at_which_no_card_was_left_is_shown_as_not_kept(clock: Clock) -> None:
    clock.at("2026-05-13")
    desk = Desk()
    shown = visited(desk, answered="no", card="not-left")
    assert f"Standard not kept, no calling card left: Ana Quay, {WHEN}" in shown
    assert "Standard not kept" not in visited(desk, answered="no", card="unsafe", card_why="A dog.")


@pytest.mark.clause("IOW-2.4.25-b", rests_on="isle-of-wight/appointment-rearranged")
def test_a_failed_appointment_has_a_new_date_agreed_in_three_working_days(clock: Clock) -> None:
    clock.at("2026-05-22 12:00")
    desk = Desk()
    planned = {"planned_at_day": "22/5/2026", "planned_at_time": "10am", "became": "failed"}
    missed = desk.writes("appointment", **planned, failed="22/5/2026")
    clock.at("2026-05-28 17:00")
    due, stands = desk.promise(missed, "A failed appointment is rearranged")
    assert due == "Thu 28 May 2026"
    assert stands.startswith("open")
    clock.at("2026-05-29")
    assert desk.promise(missed, "A failed appointment")[1].startswith("late")
    assert "Worker: Ana Quay" in desk.reads(missed)
    agreed = {"rearranged": "28/5/2026", "new_date": "10/6/2026"}
    desk.puts_right(missed, **planned, failed="22/5/2026", **agreed)
    assert desk.promise(missed, "A failed appointment")[1].startswith("keptDone")


@pytest.mark.clause("IOW-2.4.25-c", rests_on="forms/visit/next_how")
def test_a_visit_that_leaves_nobody_knowing_when_we_are_next_in_touch(clock: Clock) -> None:
    clock.at("2026-05-13")
    desk = Desk()
    assert f"Next contact missing: Ana Quay, {WHEN}" in visited(desk, answered="yes")
    told = visited(desk, answered="yes", next_how="phone", next_by="12/6/2026")
    assert "Next contact missing" not in told
    assert "They know when they hear from us next Kept" in told
    task = Task.objects.get(kind="next-contact")
    assert task.owner == desk.user
    assert task.due_on == date(2026, 6, 12)


@pytest.mark.clause("IOW-2.4.27-a", rests_on="forms/contact-card")
def test_a_new_worker_is_asked_to_send_a_new_contact_card_that_day(
    clock: Clock, tmp_path: Path
) -> None:
    extract = Extract(tmp_path).person("1").row("ssd_cin_episodes", "R1", "1")
    for code, name in (("W1", "Bo Ferry"), ("W2", "Ana Quay")):
        extract.row("ssd_professionals", code, prof_professional_name=name)
    extract.row("ssd_involvements", "I1", "1", invo_professional_id="W1")
    import_paths([extract.write()], by=None, now=clock.at("2026-05-29"))
    desk, child = Desk(), Child.objects.get()
    desk.worker = Worker.objects.get(code="W2")
    User.objects.filter(pk=desk.user.pk).update(worker=desk.worker)
    assert not Task.objects.filter(kind="contact-card").exists()

    at = clock.at("2026-06-02 21:00")
    extract.change("ssd_involvements", "I1", invo_involvement_end_date="2026-06-02")
    extract.row("ssd_involvements", "I2", "1", invo_professional_id="W2",
                invo_involvement_start_date="2026-06-02")  # fmt: skip
    for _ in range(2):
        import_paths([extract.write()], by=None, now=at)
    task = Task.objects.get(kind="contact-card")
    assert (task.owner, task.opened_at) == (desk.user, at)
    assert "Send a new contact card" in desk.words("pages:child", child.ref)
    card = desk.writes("contact-card", child, sent="2/6/2026", format="paper", holds=["worker"])
    assert "The card does not hold all three ways to reach us" in desk.reads(card)
    ways = ["worker", "manager", "out-of-hours"]
    desk.puts_right(card, sent="2/6/2026", format="paper", holds=ways)
    assert "does not hold all three" not in desk.reads(card)
    task.refresh_from_db()
    assert task.state == Task.State.NOT_NEEDED


SENT = {"sent": "11/5/2026", "to_whom": "The speech and language service"}


@pytest.mark.clause("IOW-2.4.27-b", rests_on="forms/referral-on-their-behalf/told")
def test_a_referral_that_a_family_was_not_told_of_is_shown(clock: Clock) -> None:
    clock.at("2026-05-13")
    desk = Desk()
    manager = Desk("Mae Sound", role="team_manager", team=desk.team)
    child = desk.child()
    silent = desk.writes("referral-on-their-behalf", child, **SENT)
    assert "User not informed: Ana Quay, Mon 11 May 2026" in desk.reads(silent)
    why = "The father would be told"
    desk.puts_right(silent, **SENT, told="not-yet")
    assert "User not informed: Ana Quay, Mon 11 May 2026" in desk.reads(silent)
    safe = desk.writes("referral-on-their-behalf", child, **SENT, told="unsafe", why_unsafe=why)
    assert "User not informed" not in desk.reads(safe)
    assert why in manager.reads(safe)
    elsewhere = Desk("Una Cove", role="quality_assurance", team=desk.team)
    assert why not in elsewhere.reads(safe)
