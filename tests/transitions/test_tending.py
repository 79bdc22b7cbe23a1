"""What is asked by itself: before a milestone falls due, and once it is overdue."""

from __future__ import annotations

import pytest
from django.urls import reverse

from evenhand.accounts.models import Role
from evenhand.transitions.tending import tend
from evenhand.work.models import Task
from tests import factories as make
from tests.clock import Clock
from tests.recording.desk import Desk
from tests.transitions import moving

pytestmark = pytest.mark.django_db
REFERRAL = "Referral to ALDT: "


def _asked() -> dict[str, str | None]:
    found = Task.objects.filter(kind="transition-step", what__startswith=REFERRAL)
    return {task.what.removeprefix(REFERRAL): getattr(task.owner, "name", None) for task in found}


def _closes(desk: Desk, task: Task) -> None:
    where = reverse("work:step", args=[task.ref, "done"])
    reply = desk.client.post(where, {"version": task.version, "reason": "Rang them."})
    assert reply.status_code == 302


def test_the_worker_is_asked_60_and_30_days_before_and_the_monitor_once_it_is_overdue(
    clock: Clock,
) -> None:
    desk = moving.desk()
    plan = moving.plan(desk, clock, "2026-01-05", "2010-05-20", "ALDT")
    view = {"decided_on": "5/1/2026", "likely": "yes", "reasons": "What we know"}
    desk.writes("transition-view", plan.child, plan.pk, **view)
    desk.writes("education-leaving", plan.child, asked_on="5/1/2026", leaving="later",
                leaving_on="20/7/2028")  # fmt: skip
    desk.writes("transition-monitor", named_on="5/1/2026", monitor="Ana Quay")
    tend(clock.at("2026-03-20"))
    assert _asked() == {}
    tend(clock.at("2026-03-21"))
    tend(clock.at("2026-03-22"))
    due = {"due by Wed 20 May 2026": "Ana Quay"}
    assert _asked() == due
    assert Task.objects.filter(kind="transition-step", what__startswith=REFERRAL).count() == 1
    tend(clock.at("2026-04-20"))  # 30 days before, and the first task is still open
    assert Task.objects.filter(kind="transition-step", what__startswith=REFERRAL).count() == 1
    _closes(desk, Task.objects.get(kind="transition-step", what__startswith=REFERRAL))
    tend(clock.at("2026-04-21"))
    tend(clock.at("2026-04-22"))
    again = Task.objects.filter(kind="transition-step", what__startswith=REFERRAL)
    assert [task.state for task in again.order_by("pk")] == [Task.State.DONE, Task.State.OPEN]
    tend(clock.at("2026-05-21"))
    tend(clock.at("2026-05-22"))
    assert _asked() == due | {"overdue since Wed 20 May 2026": "Ana Quay"}


def test_the_transitional_worker_and_their_manager_are_told_of_what_is_theirs(
    clock: Clock,
) -> None:
    desk = moving.desk()
    plan = moving.plan(desk, clock, "2027-01-05", "2010-05-20", "ALDT")
    view = {"decided_on": "5/1/2027", "likely": "yes", "reasons": "What we know"}
    desk.writes("transition-view", plan.child, plan.pk, **view)
    worker = moving.other_worker("Tom Reef", "ALDT")
    make.involvement(plan.child, worker, role="Transitional worker")
    tom, manager = make.user(Role.SOCIAL_WORKER, worker=worker), make.user(Role.DIRECTOR)
    named = {"named_on": "5/1/2027", "worker": tom.name, "manager": manager.name}
    desk.writes("transitional-worker", plan.child, plan.pk, **named)
    tend(clock.at("2027-05-21"))
    assessment = "Assessment of needs after 18: overdue since Thu 20 May 2027"
    told = Task.objects.filter(kind="transition-step", what=assessment, owner__isnull=False)
    assert {task.owner for task in told} == {tom, manager}


def test_what_fell_due_before_the_plan_is_no_task(clock: Clock) -> None:
    desk = moving.desk()
    moving.plan(desk, clock, "2027-01-05", "2010-05-20", "ALDT")
    tend(clock.at("2027-01-06"))
    assert not Task.objects.filter(kind="transition-step", what__contains="Referral").exists()
    assert moving.listed(desk, "transitions:board", "Overdue milestones")
