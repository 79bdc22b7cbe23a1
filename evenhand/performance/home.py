"""What a first page shows of this room: what to read, what waits too long, one's own objectives."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.accounts.permissions import may
from evenhand.performance.findings import without_action
from evenhand.performance.queries.people import personal_for, to_read
from evenhand.performance.tables.people import objectives_table
from evenhand.performance.tables.registers import exceptions_table, to_read_table
from evenhand.standards.queries import figures_as_at
from evenhand.standards.queries.quarters import under_target


def shown_to(viewer: User, now: datetime) -> Mapping[str, Any]:
    """Return what a first page shows; nothing for those who may not see this room."""
    if not may(viewer, "performance.view"):
        return {}
    unread = to_read(viewer)
    own = list(personal_for(viewer).filter(person=viewer))
    return {
        "to_read": to_read_table(unread) if unread else None,
        "objectives": objectives_table(own, "My objectives") if own else None,
        **(_led(now, viewer) if may(viewer, "performance.lead") else {}),
        "is_open": True,
    }


def _led(now: datetime, viewer: User) -> Mapping[str, Any]:
    waiting = without_action(timezone.localdate(now))
    found = under_target(viewer, as_at=figures_as_at())
    return {
        "exceptions": exceptions_table(waiting) if waiting else None,
        "under_target": sum(one.action is None for one in found),
    }
