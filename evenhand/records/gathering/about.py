"""Whom a bundle is about, and for whom it is put together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from evenhand.accounts.models import User
from evenhand.people.models import Child
from evenhand.records.gathering.names import Named, named_around
from evenhand.records.models import RecordsRequest
from evenhand.records.pack import askers


@dataclass(frozen=True)
class About:
    """One gathering. ``kin`` are the keys of the child and of those merged into it.

    ``own``: who asked is the person themselves. ``sees_own_answers``: what the child volunteered
    may be given to who asked.
    """

    request: RecordsRequest
    child: Child
    kin: tuple[int, ...]
    viewer: User
    now: datetime
    named: Named
    asked_by: str
    own: bool
    sees_own_answers: bool


def about_of(request: RecordsRequest, viewer: User, now: datetime) -> About:
    """Return whom a request's bundle is about."""
    child = request.child.merged_into or request.child
    merged = Child.objects.filter(merged_into=child).values_list("pk", flat=True)
    kin = (child.pk, *merged)
    asker = askers().get(request.asked_by)
    own = bool(asker and asker.own)
    wish = request.wishes.order_by("-asked_on", "-pk").first()
    return About(
        request, child, kin, viewer, now, named_around(kin), request.asked_by, own,
        own or bool(wish and wish.own_answers),
    )  # fmt: skip
