"""The pack for a monitoring meeting, read as whoever takes it along reads it."""

from __future__ import annotations

import pytest

from evenhand.accounts.models import Role
from evenhand.history.models import Entry
from tests.clock import Clock
from tests.recording.desk import Desk
from tests.records.pdf_text import words_of
from tests.transitions import moving

pytestmark = pytest.mark.django_db


def test_the_pack_has_every_case_with_milestones_and_what_was_said_last(clock: Clock) -> None:
    desk = moving.desk()
    plan = moving.plan(desk, clock, "2025-06-02", "2010-05-20", "ALDT")
    desk.client.post("/transitions/meetings/new/", {"held_on": "2/6/2025"})
    case = plan.discussed.model.objects.get()
    note = {"note": "Likes boats.", "difficulty": "No bus to college."}
    desk.client.post(f"/transitions/case/{case.ref}/", note)
    clock.at("2026-01-05")
    reply = desk.get("transitions:meeting-pack")
    assert reply.headers["Content-Type"] == "application/pdf"
    words = words_of(reply.content)
    for told in (plan.child.surname, "20 May 2010", "ALDT", "Transition review of Year 9",
                 "Said on Mon 2 June 2025: Likes boats.", "No bus to college."):  # fmt: skip
        assert told in words
    assert Entry.objects.get(action="transition.pack_written").changes == {"plans": [None, 1]}
    assert Desk("Bo Ferry", role=Role.SOCIAL_WORKER).get(
        "transitions:meeting-pack").status_code == 403  # fmt: skip
