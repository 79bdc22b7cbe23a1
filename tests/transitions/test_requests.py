"""The list of requests to attend a review: whose they are, and what it costs."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evenhand.accounts.models import Role, Team
from evenhand.people.actions import restrict
from evenhand.work.models import Task
from tests.clock import Clock
from tests.recording.desk import Desk

pytestmark = pytest.mark.django_db
FORM, LIST = "transition-request", "transitions:requests"
ASKED: dict[str, Any] = {
    "received": "2/3/2026",
    "school": "Harbour School",
    "review_on": "10/6/2026",
}


@pytest.fixture
def desk(clock: Clock) -> Desk:
    """A social worker on a Monday."""
    clock.at("2026-03-02")
    return Desk()


@pytest.fixture
def manager(desk: Desk) -> Desk:
    """The manager of the disabled children's team."""
    team = Team.objects.create(ref="cdtcdtcdtcdt", code="CDT", name="Disabled Children's Team")
    return Desk("Cal Tern", role=Role.TEAM_MANAGER, team=team)


def cost(desk: Desk) -> int:
    """How many queries the list takes."""
    client, where = desk.client, reverse(LIST)
    client.get(where)
    with CaptureQueriesContext(connection) as found:
        client.get(where)
    return len(found)


def test_the_list_costs_the_same_for_many_requests_as_for_one(desk: Desk) -> None:
    desk.writes(FORM, desk.child(), **ASKED)
    one = cost(desk)
    for _ in range(4):
        desk.writes(FORM, desk.child(), **ASKED, deemed="yes", decided_by="Cal Tern")
    assert cost(desk) == one


def test_a_closed_record_is_in_no_list_of_the_manager_who_decides(
    desk: Desk, manager: Desk
) -> None:
    made = desk.writes(FORM, desk.child(), **ASKED)
    assert "Open the record, to decide" in manager.words(LIST)
    why = {"reason": "adoption", "because": "Its own people only."}
    restrict(made.child, by=desk.user, at=made.recorded_at, let_in=[desk.user], **why)
    assert "Harbour School" not in manager.words(LIST)


def test_a_request_taken_back_asks_nobody_to_decide(desk: Desk, manager: Desk) -> None:
    made = desk.writes(FORM, desk.child(), **ASKED)
    where = reverse("recording:in-error", args=[made.ref])
    desk.client.post(where, {"reason": "Another school's."})
    assert Task.objects.get(kind=FORM).state == Task.State.DONE
    assert "Harbour School" not in manager.words(LIST)


def test_without_a_disability_team_the_childs_own_manager_is_asked(desk: Desk) -> None:
    desk.writes(FORM, desk.child(), **ASKED)
    assert Task.objects.get(kind=FORM).team == desk.team
