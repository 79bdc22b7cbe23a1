"""What meetings noted of a young person is told to who asks to see the record."""

from __future__ import annotations

import pytest

from evenhand.config.bundles import TOLD
from evenhand.transitions.actions import hold_meeting, note_case
from tests.clock import Clock
from tests.transitions import moving

pytestmark = pytest.mark.django_db


def test_a_note_of_a_meeting_is_told(clock: Clock) -> None:
    desk = moving.desk()
    plan = moving.plan(desk, clock, "2026-01-05", "2010-05-20", "ALDT")
    now = clock.at("2026-01-20")
    told = {"by": desk.user, "at": now}
    meeting = hold_meeting(held_on=now.date(), posts={}, plans=[plan], **told)
    note_case(meeting.cases.get(), note="Going well", difficulty="", **told)
    rows = [row for tell in TOLD.values() for row in tell([plan.child_id])]
    assert rows == [
        ("Transition monitoring meeting", "Tue 20 January 2026", "How are they getting on?",
         "Going well"),
    ]  # fmt: skip
