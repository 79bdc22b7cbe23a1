"""Choosing how one is reminded: by a mail each day, by a calendar with a secret address."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from evenhand.accounts.models import User
from evenhand.history.actions import Change, action
from evenhand.problems import Problem
from evenhand.promises.models import Reminder

BYTES = 32  # of a calendar's secret: a machine's matter, far beyond guessing


def reminder_of(user: User) -> Reminder:
    """Return how somebody is reminded; of one who chose nothing yet, that they are not."""
    return Reminder.objects.filter(user=user).first() or Reminder(user=user)


@action("reminder.mail_chosen")
def choose_mail(*, by: User, at: datetime, wanted: bool) -> Change:  # noqa: ARG001 (as every action)
    """Begin or end the mail of each day. Raises Problem for somebody without an address."""
    if wanted and not by.email:
        raise Problem("No e-mail address of yours is known here.", "Ask whoever manages users.")
    held, _ = Reminder.objects.get_or_create(user=by)
    before, held.by_mail = held.by_mail, wanted
    held.save(update_fields=["by_mail"])
    return Change(held, {"by_mail": (before, wanted)})


@action("reminder.calendar_renewed")
def renew_feed(*, by: User, at: datetime) -> Change:
    """Make a calendar's address, which is told this once; an earlier one holds no more."""
    secret = secrets.token_urlsafe(BYTES)
    held, _ = Reminder.objects.get_or_create(user=by)
    held.feed, held.feed_made_at = digest_of(secret), at
    held.save(update_fields=["feed", "feed_made_at"])
    return Change(held, {"feed_made_at": (None, at)}, result=secret)


@action("reminder.calendar_ended")
def end_feed(*, by: User, at: datetime) -> Change:
    """Take a calendar's address away."""
    held, _ = Reminder.objects.get_or_create(user=by)
    held.feed, held.feed_made_at = "", None
    held.save(update_fields=["feed", "feed_made_at"])
    return Change(held, {"feed_made_at": (at, None)})


def whose_feed(secret: str) -> User | None:
    """Return whose calendar has this secret; None where nobody's has."""
    held = Reminder.objects.filter(feed=digest_of(secret), user__is_active=True)
    found = held.select_related("user").first()
    return found.user if found else None


def digest_of(secret: str) -> str:
    """Return what is stored of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()
