"""Referrals that a tier is advised of, as through the pages."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from evenhand.casework.models import Referral
from evenhand.eligibility.models import Decision
from evenhand.people.models import Child
from evenhand.recording.models import Recording
from tests import factories as make
from tests.pages import main_of
from tests.recording.desk import Desk


def referred(desk: Desk, on: date | None = None) -> tuple[Child, Referral]:
    """A child of this person's, referred on a day: today, unless told otherwise."""
    child = desk.child()
    return child, make.referral(child, on or timezone.localdate())


def advised(desk: Desk, **answers: Any) -> Recording:
    """The form of the tiers, filled in about a new referral today."""
    child, referral = referred(desk)
    return desk.writes("tier-advice", child, referral.pk, **answers)


def decides(desk: Desk, recording: Recording, **given: Any) -> Decision:
    """A decision written down today on what a record advises."""
    today = f"{timezone.localdate():%d/%m/%Y}"
    where = reverse("eligibility:decide", args=[recording.ref])
    reply: Any = desk.client.post(where, {"decided_on": today, **given})
    assert reply.status_code == 302, main_of(reply)
    return Decision.objects.latest("pk")
