"""A form that comes twice is taken once: a double click, a page sent again, a reply that was lost.

Each form carries a random token. The first action of the request writes it in the action's own
transaction (``claimed``), so that a token is known exactly where its change was kept; the database
refuses it a second time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError
from django.utils.crypto import get_random_string

from evenhand.submissions.models import Submission

FIELD = "once"
LENGTH = 64
SHAPE = re.compile(rf"[A-Za-z0-9]{{{LENGTH}}}")
KEPT = timedelta(days=2)
AT_LEAST = 1_000  # an hour of the busiest authority: more than a wrong clock lasts unseen
"""Longer than any session lasts in which a form could be sent again."""


class TakenBefore(Exception):
    """This form was taken already, by another request: nothing may be done for it again."""


@dataclass
class Sent:
    """One form on its way: whose, which, and whether what it asks was done."""

    token: str
    user_id: int
    at: datetime
    is_claimed: bool = False


_sent: ContextVar[Sent | None] = ContextVar("sent", default=None)


def new_token() -> str:
    """Return a token for one form of one page."""
    return get_random_string(LENGTH)


def has_shape(token: str) -> bool:
    """Whether this could be a token of ours."""
    return SHAPE.fullmatch(token) is not None


@contextmanager
def sending(sent: Sent) -> Iterator[Sent]:
    """Let the actions of the body be those that a form asks for."""
    before = _sent.set(sent)
    try:
        yield sent
    finally:
        _sent.reset(before)


@contextmanager
def claimed() -> Iterator[None]:
    """Mark the form as taken in the transaction of the body; the first action of a form does it.

    Raises TakenBefore where another request has done, or is about to have done, what it asks.
    """
    sent = _sent.get()
    if sent is None or sent.is_claimed:
        yield
        return
    _claim(sent)
    try:
        yield
    except BaseException:
        sent.is_claimed = False
        raise


def _claim(sent: Sent) -> None:
    try:
        Submission.objects.create(token=sent.token, user_id=sent.user_id, at=sent.at)
    except IntegrityError as taken:
        raise TakenBefore from taken
    sent.is_claimed = True


def earlier(sent: Sent) -> Submission | None:
    """Return the same form as it was taken before, if it was."""
    return Submission.objects.filter(token=sent.token, user_id=sent.user_id).first()


def led_to(sent: Sent, location: str) -> None:
    """Remember where the sender of a form that was taken was led."""
    longest = Submission._meta.get_field("location").max_length
    if len(location) <= longest:
        Submission.objects.filter(token=sent.token, user_id=sent.user_id).update(location=location)


def forget(now: datetime) -> int:
    """Throw away what nobody sends again; return how many.

    The latest stay whatever the clock says: one that runs ahead must not make a form new again.
    """
    latest = Submission.objects.order_by("-pk").values_list("pk", flat=True)
    oldest_kept = latest[AT_LEAST - 1 : AT_LEAST].first()
    if oldest_kept is None:
        return 0
    return Submission.objects.filter(at__lt=now - KEPT, pk__lt=oldest_kept).delete()[0]
