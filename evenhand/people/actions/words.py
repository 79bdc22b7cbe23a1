"""Keeping what a second person wrote about something that another had done just before them."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Model

from evenhand.accounts.models import User
from evenhand.history.actions import Change, action
from evenhand.problems import Problem


@action("words.added")
def add_words(
    record: Model, *, by: User, at: datetime, reason: str, child_id: int | None = None
) -> Change:
    """Keep a second person's words in the history of a record, beside the first's; nothing else.

    Raises Problem where there are none.
    """
    if not reason.strip():
        raise Problem("Nothing was written.", "Write what is to be kept, or leave it as it is.")
    return Change(record, child_id=child_id, reason=reason.strip())
