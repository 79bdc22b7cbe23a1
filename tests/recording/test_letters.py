"""Letters that follow from what was recorded: whole for those close to the child, and no others."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from evenhand.accounts.models import Role
from evenhand.recording.models import Recording
from tests.clock import Clock
from tests.recording.desk import Desk

pytestmark = pytest.mark.django_db
ASKED = {
    "received": "2/3/2026",
    "school": "Harbour School",
    "deemed": "no",
    "decided_by": "Ana Quay",
}
LETTER = "recording:letter"


@pytest.fixture
def desk(clock: Clock) -> Desk:
    """A social worker on a Monday."""
    clock.at("2026-03-02")
    return Desk()


@pytest.fixture
def request_(desk: Desk) -> Recording:
    """A school's request on which nothing further is done."""
    return desk.writes("transition-request", desk.child(forename="Bee"), **ASKED)


def test_a_letter_says_whom_it_is_about_and_that_nothing_was_sent(
    desk: Desk, request_: Recording
) -> None:
    words = desk.words(LETTER, request_.ref, "school")
    assert "To: Harbour School" in words
    assert "transition review of Bee" in words
    assert "Evenhand sends nothing by itself" in words
    assert "Notice to the school" in desk.reads(request_)


def test_no_letter_that_was_not_asked_for_nor_of_what_was_taken_back(
    desk: Desk, request_: Recording
) -> None:
    assert desk.get(LETTER, request_.ref, "aldt-request").status_code == 404
    where = reverse("recording:in-error", args=[request_.ref])
    reply: Any = desk.client.post(where, {"reason": "Another child."})
    assert reply.status_code == 302
    assert desk.get(LETTER, request_.ref, "school").status_code == 404
    assert "Notice to the school" not in desk.reads(request_)


def test_nobody_out_of_reach_reads_a_letter(request_: Recording) -> None:
    stranger = Desk("Una Cove", role=Role.TEAM_MANAGER)
    assert stranger.get(LETTER, request_.ref, "school").status_code == 404
