"""Keeping that somebody opened the dashboard."""

from __future__ import annotations

from datetime import datetime

from evenhand.accounts.models import User
from evenhand.audits.models import DashboardLook
from evenhand.audits.queries.dashboard import looks_as_head
from evenhand.history.actions import Change, action


@action("audits.dashboard_opened")
def look(*, by: User, at: datetime) -> Change:
    """Keep that somebody opened the dashboard, and whether they head the service."""
    made = DashboardLook.objects.create(by=by, at=at, as_head=looks_as_head(by))
    return Change(made, {"as_head": (None, made.as_head)})
