"""Taking back what was written down by mistake: it stays, and counts no more."""

from __future__ import annotations

from datetime import datetime

from evenhand.accounts.models import User
from evenhand.feedback.models import BarrierMet, DiscriminationMet, Feedback
from evenhand.history.actions import Change, action
from evenhand.problems import Problem

Told = Feedback | BarrierMet | DiscriminationMet


@action("feedback.entered_in_error")
def enter_in_error(record: Told, *, by: User, at: datetime, reason: str) -> Change:
    """Mark what was told as entered in error. Problem without a reason, or a second time."""
    held = type(record)._default_manager.select_for_update().get(pk=record.pk)
    if held.entered_in_error:
        raise Problem("Somebody has taken this back already.", "Nothing more is to be done.")
    if not reason.strip():
        raise Problem("No reason was given.", "Say what was wrong.")
    held.entered_in_error = True
    held.save(update_fields=["entered_in_error"])
    told = {"entered_in_error": (False, True)}
    return Change(held, told, child_id=held.child_id, reason=reason.strip())
