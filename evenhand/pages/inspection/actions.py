"""Lists of children leave Evenhand: who wrote them, when, and of how many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from evenhand.accounts.models import User
from evenhand.history.actions import Change, action
from evenhand.pages.inspection.annex import Sheet


@action("annex_a.written")
def write_lists(sheets: Sequence[Sheet], *, by: User, at: datetime) -> Change:
    """Note in the history that somebody wrote the lists into a file, with how many rows each."""
    told: Mapping[str, tuple[None, int]] = {
        f"list {one.number}": (None, len(one.rows)) for one in sheets
    }
    return Change(by, dict(told))
