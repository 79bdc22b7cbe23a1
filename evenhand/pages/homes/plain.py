"""The first page of a role without one of its own: what it may do here, in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from evenhand.accounts.models import User
from evenhand.accounts.permissions import may
from evenhand.accounts.roles import roles


def plain(viewer: User, _now: datetime) -> Mapping[str, Any]:
    """What the viewer's roles may do, for want of anything that is theirs alone."""
    held = [one.words for key, one in roles().permissions.items() if may(viewer, key)]
    return {"template": "pages/home_plain.html", "held": held}
