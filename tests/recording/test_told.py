"""Somebody who asks to see their record is given what was written down about them."""

from __future__ import annotations

from typing import Any

import pytest

from evenhand.recording.told import told_of
from evenhand.records.gathering.traces import what_was_written
from tests.clock import Clock
from tests.recording.desk import Desk

pytestmark = pytest.mark.django_db
SENT = {"sent": "11/5/2026", "to_whom": "The speech and language service", "told": "unsafe"}


def test_every_answer_about_a_child_is_in_the_bundle_to_be_read(clock: Clock) -> None:
    clock.at("2026-05-13")
    desk = Desk()
    child, other = desk.child(), desk.child()
    desk.writes("referral-on-their-behalf", child, **SENT, why_unsafe="The father would be told")
    desk.writes("contact-card", other, sent="12/5/2026")
    told = {one.question: one.answer for one in told_of([child.pk])}
    assert told["Whom could it endanger, and how?"] == "The father would be told"
    assert told["When was the referral sent?"] == "Mon 11 May 2026"
    assert "When was it given or sent?" not in told
    about: Any = type("About", (), {"kin": (child.pk,)})
    section = what_was_written(about)
    assert {row[3][0].kind for row in section.rows} == {"unread"}  # type: ignore[union-attr]
