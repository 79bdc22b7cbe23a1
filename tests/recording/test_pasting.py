"""A table pasted from a spreadsheet: every line is written down, or none."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from evenhand.recording.models import Recording
from evenhand.sources.models import SourceReference
from tests import factories as make
from tests.clock import Clock
from tests.pages import main_of
from tests.recording.desk import Desk

pytestmark = pytest.mark.django_db
HEADINGS = "When did they ring\tWho rang?\tanswered\n"


@pytest.fixture
def desk(clock: Clock) -> Desk:
    """A social worker on a Wednesday."""
    clock.at("2026-05-13")
    return Desk()


def pasted(desk: Desk, form: str, table: str) -> str:
    """What is said of a table that somebody pastes."""
    reply: Any = desk.client.post(
        reverse("recording:paste", args=[form]), {"table": table}, follow=True
    )
    assert reply.status_code == 200
    return main_of(reply)


def test_every_line_of_a_pasted_table_is_written_down(desk: Desk) -> None:
    table = HEADINGS + "11/5/2026 9am\tJo Reed\t12/5/2026\n12/5/2026 14:30\tAmi Reed\t\n"
    said = pasted(desk, "phone-message", table)
    assert "Written down: 2." in said
    assert Recording.objects.filter(form="phone-message", recorded_by=desk.user).count() == 2


@pytest.mark.parametrize(
    ("table", "fate"),
    [
        (HEADINGS + "11/5/2026 9am\tJo Reed\n12/5/2026 9am\t\t\n", "Line 3: Who rang?"),
        (HEADINGS + "11/5/2027 9am\tJo Reed\n", "Line 2: Tue 11 May 2027 is still to come"),
        (HEADINGS + "31/2/2026 9am\tJo Reed\n", "Line 2: When did they ring? The date must"),
        ("Who rang\tColour\nJo\tRed\n", 'The form asks nothing called "Colour"'),
        ("Who rang\tChild\nJo\t999\n", 'No child of yours has the number "999"'),
        ("Who rang\n", "Paste the headings"),
    ],
)
def test_a_line_that_cannot_be_is_named_and_nothing_is_written(
    desk: Desk, table: str, fate: str
) -> None:
    assert fate in pasted(desk, "phone-message", table)
    assert not Recording.objects.exists()


def test_visits_are_found_by_the_childs_number_and_the_day(desk: Desk) -> None:
    child = desk.child()
    visit = make.visit(make.need_plan(child, date(2026, 1, 5)), date(2026, 5, 12))
    SourceReference.objects.create(
        source=make.source(), kind="child", key="A12", target="people.child", target_id=child.pk,
        last_batch_id=make.batch().pk,
    )  # fmt: skip
    table = "Child\tDay\tWas a calling card left?\tnext_how\nA12\t{day}\tIt was left\tWe phone\n"
    assert "None of the child's records" in pasted(desk, "visit", table.format(day="11/5/2026"))
    assert "Written down: 1." in pasted(desk, "visit", table.format(day="12/5/2026"))
    assert Recording.objects.get().about_id == visit.pk
