"""Complaints about how personal data was handled."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from evenhand.records import actions
from evenhand.records.models import DataComplaint
from evenhand.records.pack import heard_within
from evenhand.standards.models import Standing
from tests import factories as make
from tests.pages import main_of, table_of

pytestmark = pytest.mark.django_db


def test_one_is_recorded_acknowledged_and_answered_through_its_pages(client: Client) -> None:
    """By the complaints officer, who opens no child's record."""
    client.force_login(make.user("complaints_officer"))
    said = {"received_on": "22/6/2026", "came_by": "Telephone", "about": "A letter went astray."}
    page = client.post(reverse("records:new-complaint"), said, follow=True)
    assert "A letter went astray." in main_of(page)
    assert "Wed 22 July 2026" in main_of(page)
    complaint = DataComplaint.objects.get()
    for slug, answers in (
        ("acknowledge", {"acknowledged_on": "23/7/2026"}),
        ("progress", {"told_on": "1/8/2026", "words": "We asked the post room."}),
        ("outcome", {"outcome_told_on": "1/9/2026", "outcome": "We were wrong."}),
    ):
        where = reverse("records:complaint-step", args=[complaint.ref, slug])
        assert client.post(where, answers).status_code == 302
    page = main_of(client.get(reverse("records:complaint", args=[complaint.ref])))
    assert "We asked the post room." in page
    assert "We were wrong." in page
    row = table_of(client.get(reverse("records:complaints")), "Complaints about personal data")[0]
    assert row[1] == "Wed 22 July 2026late"
    standing = Standing.objects.get(subject="data_complaint")
    assert (standing.due_on, standing.kind) == (date(2026, 7, 22), Standing.Kind.DONE_LATE)


def test_before_the_law_was_in_force_no_clock_runs(client: Client) -> None:
    officer = make.user("data_protection_officer")
    actions.record_complaint(
        by=officer, at=make.NOW, received_on=date(2026, 6, 18), came_by="Letter", about="x"
    )
    assert not Standing.objects.filter(subject="data_complaint").exists()
    client.force_login(officer)
    row = table_of(client.get(reverse("records:complaints")), "Complaints about personal data")[0]
    assert row[1] == "No rule is in force for that day"


def test_one_about_a_request_is_hidden_from_who_may_not_see_the_child(client: Client) -> None:
    officer, by = make.user("data_protection_officer"), {"at": make.NOW}
    request = actions.receive(
        make.child(), by=officer, **by, received_on=date(2026, 7, 1), came_by="Letter",
        asked_by="child", wanted="Everything",
    )  # fmt: skip
    complaint = actions.record_complaint(
        by=officer, **by, received_on=date(2026, 8, 3), came_by="Letter", about="Late",
        request=request,
    )  # fmt: skip
    where = reverse("records:complaint", args=[complaint.ref])
    client.force_login(make.user("complaints_officer"))
    assert client.get(where).status_code == 404
    client.force_login(officer)
    assert "Late" in main_of(client.get(where))


def test_by_when_they_hear_is_the_packs_in_force_on_the_day() -> None:
    """No page says a number of its own: before the law was in force there is none."""
    assert heard_within(date(2026, 6, 18)) == "without delay"
    assert heard_within(date(2026, 6, 19)) == "within 30 days"
