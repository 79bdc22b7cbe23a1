"""The first page of a role without one of its own: where it may go, and what for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from evenhand.accounts.models import User
from evenhand.accounts.roles import roles
from evenhand.design.components import Cell, Table
from evenhand.pages.shell import places


def plain(viewer: User, _now: datetime) -> Mapping[str, Any]:
    """Where the viewer's roles lead, for want of anything that is theirs alone."""
    words = roles().permissions
    rows = [
        [Cell(place, url=url), words[need].words.capitalize()]
        for place, url, need in places(viewer)
        if need is not None
    ]
    table = Table("Where you can go", ["Where", "What for"], rows, caption_hidden=True)
    return {"template": "pages/home_plain.html", "table": table}
