"""A first page says what is late though it is of no one child."""

from __future__ import annotations

import pytest

from tests.clock import Clock
from tests.recording.desk import Desk

pytestmark = pytest.mark.django_db


def test_a_message_that_nobody_answered_shows_on_the_first_page(clock: Clock) -> None:
    clock.at("2026-04-02 16:05")
    desk = Desk()
    asked = {"received_at_day": "2/4/2026", "received_at_time": "4pm", "caller": "Jo Reed"}
    earlier = desk.writes("phone-message", **asked)
    desk.puts_right(earlier, **asked, answered="2/4/2026")
    desk.writes("phone-message", **asked)
    assert "late" not in desk.words("pages:home").partition("My work")[2].partition(".")[0]
    clock.at("2026-04-08")
    assert "My work: 1 message, letter or appointment late." in desk.words("pages:home")
    assert "My work." in Desk("Sam Pebble").words("pages:home")


def test_what_is_late_stands_before_how_we_get_better() -> None:
    """Somebody short of time reads what waits, and then the rest."""
    page = Desk().words("pages:home")
    assert page.index("due in the next two weeks") < page.index("How we get better")
