"""The first page of those who look after records and the rights of those they are about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.accounts.permissions import may
from evenhand.pages.rights import places_table
from evenhand.records.queries import complaints_for, requests_for
from evenhand.records.tables import complaints_table, requests_table

MOST = 10


def rights(viewer: User, now: datetime) -> Mapping[str, Any]:
    """What waits, of every kind, and the requests and complaints to answer first."""
    today = timezone.localdate(now)
    context: dict[str, Any] = {
        "template": "pages/home_rights.html",
        "table": places_table(viewer, now),
    }
    if may(viewer, "records.manage"):
        requests = requests_for(viewer).filter(answered_on=None)[:MOST]
        context["requests"] = requests_table(requests, today)
    if may(viewer, "data_complaints.manage"):
        complaints = complaints_for(viewer).filter(outcome_told_on=None)[:MOST]
        context["complaints"] = complaints_table(complaints, today)
    return context
