"""The demonstration's requests: one to answer with what was gathered, one answered, a complaint."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from evenhand.accounts.models import Role, User
from evenhand.people.models import Child
from evenhand.records import actions
from evenhand.records.models import RecordsRequest


def create(*, at: datetime) -> None:
    """Make them about the first child of the social worker; nothing where any request is."""
    officer = User.objects.filter(grants__role=Role.DATA_PROTECTION_OFFICER).first()
    worker = User.objects.filter(grants__role=Role.SOCIAL_WORKER).first()
    child = Child.objects.filter(worker=worker.worker_id).order_by("pk").first() if worker else None
    if officer is None or child is None or RecordsRequest.objects.exists():
        return
    today = timezone.localdate(at)
    by, came_by = {"by": officer, "at": at}, "The printed form"
    older = actions.receive(
        child, **by, received_on=today - timedelta(days=60), came_by=came_by, asked_by="other",
        asker_name="Made-up Aunt", wanted="Where they went to school",
    )  # fmt: skip
    actions.answer(
        older, **by, decision="refused", answered_on=today - timedelta(days=40),
        decision_why="Nothing showed that they may ask for the child.",
    )  # fmt: skip
    asked = actions.receive(
        child, **by, received_on=today - timedelta(days=20), came_by=came_by, asked_by="child",
        wanted="Everything that you have about me",
    )  # fmt: skip
    actions.record_identity(
        asked,
        **by,
        shown_on=today - timedelta(days=20),
        identity_by="Known to the worker in person",
    )
    actions.prepare(asked, **by)
    actions.record_complaint(
        **by, received_on=today - timedelta(days=10), came_by="Telephone",
        about="My old address was on a letter.", from_name="Made-up Parent",
    )  # fmt: skip
