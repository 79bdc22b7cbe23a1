"""The mail of each working day: how many things wait. It names no child, and tells of none."""

from __future__ import annotations

import logging
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import Q
from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.facts.adopted import policy
from evenhand.promises.days import Count, count_of
from evenhand.promises.models import Reminder

FROM_HOUR = 7  # by London's clock: before a day's work, a machine's matter and no policy
log = logging.getLogger(__name__)


def tend(now: datetime) -> int:
    """Send today's mail to whoever wants it and has not had it; return how many were sent.

    On working days from early morning on. What could not be sent is tried again next time.
    """
    today = timezone.localdate(now)
    if not settings.EMAIL_HOST or timezone.localtime(now).hour < FROM_HOUR:
        return 0
    if not policy().calendar.is_working(today):
        return 0
    not_yet = Reminder.objects.filter(Q(sent_on=None) | Q(sent_on__lt=today), by_mail=True)
    wanted = not_yet.filter(user__is_active=True).exclude(user__email="")
    return sum(_send(one, now) for one in wanted.select_related("user"))


def _send(reminder: Reminder, now: datetime) -> bool:
    user, today = reminder.user, timezone.localdate(now)
    count = count_of(user, now=now)
    try:
        _message(user, count).send()
    except OSError:
        log.warning("A reminder could not be sent; it will be tried again.")
        return False
    Reminder.objects.filter(pk=reminder.pk).update(sent_on=today)
    return True


def _message(user: User, count: Count) -> EmailMessage:
    return EmailMessage(
        subject=subject_of(count), body=body_of(user, count), to=[user.email],
        connection=get_connection(),
    )  # fmt: skip


def subject_of(count: Count) -> str:
    """Return what the mail says first."""
    if not count.late + count.due:
        return "Evenhand: nothing waits for you today"
    return f"Evenhand: {count.late} late, {count.due} due"


def body_of(user: User, count: Count) -> str:
    """Return the mail: numbers, where to look, and how to end it."""
    return (
        f"Good morning {user.get_short_name()},\n\n"
        f"Late: {count.late}\n"
        f"Due in the next two weeks: {count.due}\n"
        f"Of these, limits of the law: {count.law}\n\n"
        "Sign in to Evenhand and open My work to see them. This mail names nobody.\n"
        "To have it no more, choose Reminders there.\n"
    )
