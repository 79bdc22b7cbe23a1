"""Placing a hold, under which nothing is disposed of, and releasing it."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.accounts.references import new_reference
from evenhand.history.actions import Change, action
from evenhand.people.models import Child
from evenhand.problems import Problem
from evenhand.retention.models import Hold


@action("hold.placed")
def place_hold(
    child: Child | None, *, by: User, at: datetime, reason: str, review_on: date
) -> Change:
    """Keep everything of a child (None: of everybody, as for an inquiry) until it is released.

    Raises Problem without a reason, and for a day of review that is not to come.
    """
    if not reason.strip():
        raise Problem("No reason was given.", "Say what it is kept for.")
    today = timezone.localdate(at)
    if review_on <= today:
        raise Problem("The day of review is not to come.", "Give a day after today.")
    made = Hold.objects.create(
        ref=new_reference(), child=child, reason=reason.strip(), starts_on=today,
        review_on=review_on, placed_by=by, placed_at=at,
    )  # fmt: skip
    child_id = child.pk if child else None
    return Change(made, {"review_on": (None, review_on)}, child_id=child_id, reason=reason.strip())


@action("hold.released")
def release_hold(hold: Hold, *, by: User, at: datetime, reason: str) -> Change:
    """Let what was held be reviewed again. Raises Problem without a reason, or done before."""
    if not reason.strip():
        raise Problem("No reason was given.", "Say why it need not be held any longer.")
    if hold.released_at is not None:
        raise Problem("This hold was released before.", "Go back to the list.")
    hold.released_by, hold.released_at, hold.released_because = by, at, reason.strip()
    hold.save(update_fields=["released_by", "released_at", "released_because"])
    return Change(hold, {"released_at": (None, at)}, child_id=hold.child_id, reason=reason.strip())
