"""Reads of the log of sign-ins: who is paused, and what happened.

Two limits stand beside each other: wrong tries under one username, from wherever; and wrong tries
from one address, under whatever usernames.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, QuerySet

from evenhand.accounts.models import Attempt, User
from evenhand.accounts.visitors import name_digest

Kind = Attempt.Kind
WRONG = (Kind.TRIED, Kind.FAILED, Kind.STEP_TRIED, Kind.STEP_FAILED)
"""A try that did not finish counts as wrong."""


def pause_of(attempt: Attempt, *, now: datetime) -> datetime | None:
    """Return until when a try must wait, by what came before it; None where it may go on."""
    earlier = Attempt.objects.filter(pk__lt=attempt.pk)
    pauses = (_by_name(earlier, attempt.name_digest, now), _by_address(earlier, attempt, now))
    return max((until for until in pauses if until is not None), default=None)


def paused_until(user: User, *, now: datetime) -> datetime | None:
    """Return until when wrong tries keep a person from signing in; None where they do not."""
    return _by_name(Attempt.objects.all(), name_digest(user.username), now)


def paused_addresses(*, now: datetime) -> list[str]:
    """Return the addresses from which nobody may sign in now."""
    wrong = Attempt.objects.filter(at__gt=now - _window(), kind__in=WRONG).exclude(address="")
    busy = wrong.values("address").annotate(tries=Count("pk"))
    found = busy.filter(tries__gte=settings.TRIES_BY_ADDRESS).values_list("address", flat=True)
    every = Attempt.objects.all()
    return [each for each in found if _by_address(every, Attempt(address=each), now)]


def sign_ins() -> QuerySet[Attempt]:
    """Return the log, newest first."""
    return Attempt.objects.select_related("user").order_by("-at", "-pk")


def _by_name(attempts: QuerySet[Attempt], digest: str, now: datetime) -> datetime | None:
    mine = attempts.filter(name_digest=digest)
    cleared = mine.filter(kind__in=(Kind.SIGNED_IN, Kind.RESUMED))
    return _until(mine, cleared, settings.TRIES_BY_USER, now)


def _by_address(attempts: QuerySet[Attempt], of: Attempt, now: datetime) -> datetime | None:
    mine = attempts.filter(address=of.address).exclude(address="")
    return _until(mine, mine.filter(kind=Kind.RESUMED), settings.TRIES_BY_ADDRESS, now)


def _until(
    mine: QuerySet[Attempt], cleared: QuerySet[Attempt], limit: int, now: datetime
) -> datetime | None:
    last = cleared.order_by("-pk").values_list("pk", flat=True).first() or 0
    wrong = mine.filter(kind__in=WRONG, at__gt=now - _window(), pk__gt=last)
    times = list(wrong.order_by("-at").values_list("at", flat=True)[:limit])
    return times[-1] + _window() if len(times) >= limit else None


def _window() -> timedelta:
    return timedelta(minutes=settings.PAUSE_MINUTES)
