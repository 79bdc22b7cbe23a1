"""Reads of this room: what is due, what is held, what waits for a second person, what is gone."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.db.models import F, Q, QuerySet

from evenhand.accounts.models import User
from evenhand.people.models import Child
from evenhand.people.queries.reach import of_child
from evenhand.retention.kinds import kept_until, records_of
from evenhand.retention.models import Certificate, Correction, Decision, Hold, RetentionDate
from evenhand.rules.retention import Kept, Reason, Rule, longest

CANNOT_BE_TOLD = (Reason.NO_BIRTH_KNOWN, Reason.NO_CLOSURE_KNOWN)


class Keeping(NamedTuple):
    """How long one child's record is kept: by each type, and by the one that keeps longest."""

    kept: Kept | None
    each: list[tuple[Rule, Kept]]


def keeping_of(child: Child, today: date) -> Keeping:
    """Return how long a child's record is kept as at a day, worked out now."""
    record = records_of([child.pk])[child.pk]
    each = kept_until(record, today)
    return Keeping(longest(kept for _, kept in each), each)


def due_for(viewer: User, today: date) -> QuerySet[RetentionDate]:
    """Return the records whose time is over and that nobody decided on, the oldest first."""
    dates = _dates(viewer).filter(until__lt=today).exclude(decided_on(today, "child"))
    return dates.order_by("until", "pk")


def not_told_for(viewer: User) -> QuerySet[RetentionDate]:
    """Return the closed records of which no day can be told, for want of one."""
    return _dates(viewer).filter(until=None, reason__in=CANNOT_BE_TOLD).order_by("child__surname")


def _dates(viewer: User) -> QuerySet[RetentionDate]:
    mine = Child.objects.visible_to(viewer)
    return RetentionDate.objects.filter(child__in=mine).select_related("child")


def decided_on(today: date, path: str) -> Q:
    """Return which rows, by a path to the child, wait for a second person or are kept longer."""
    waiting = Decision.objects.filter(standing=Decision.Standing.WAITING)
    kept = Decision.objects.filter(standing=Decision.Standing.KEPT, review_on__gt=today)
    either = Q(**{f"{path}__in": waiting.values("child")})
    return either | Q(**{f"{path}__in": kept.values("child")})


def waiting_for(viewer: User) -> QuerySet[Decision]:
    """Return the disposals that wait for a second person, the oldest first."""
    mine = Child.objects.visible_to(viewer)
    waiting = Decision.objects.filter(standing=Decision.Standing.WAITING, child__in=mine)
    return waiting.select_related("child", "decided_by").order_by("decided_at")


def decisions_on(child: Child) -> list[Decision]:
    """Return what was decided of a child's record, newest first."""
    rows = Decision.objects.filter(child=child).select_related("decided_by", "answered_by")
    return list(rows.order_by("-decided_at"))


def holds_on(child: Child) -> list[Hold]:
    """Return the holds in force on a child's record: its own, and those on everybody's."""
    whose = Q(child=None) | of_child(child)
    return list(Hold.objects.filter(whose, released_at=None).order_by("placed_at"))


def holds_for(viewer: User) -> QuerySet[Hold]:
    """Return the holds in force that the viewer may see, those to be reviewed first."""
    mine = Child.objects.visible_to(viewer)
    whose = Q(child=None) | Q(child__in=mine)
    found = Hold.objects.filter(whose, released_at=None).select_related("child", "placed_by")
    return found.order_by("review_on", "pk")


def certificates() -> QuerySet[Certificate]:
    """Return every certificate, newest first. They name nobody who is gone."""
    return Certificate.objects.select_related("decided_by", "confirmed_by").order_by("-made_at")


def corrections_for(viewer: User) -> QuerySet[Correction]:
    """Return what is said to be wrong of children the viewer may see, what is open first."""
    mine = Child.objects.visible_to(viewer)
    found = Correction.objects.filter(Q(child__in=mine) | Q(child__merged_into__in=mine))
    return found.select_related("child").order_by(
        F("closed_at").desc(nulls_first=True), "received_on", "pk"
    )


def at_source() -> QuerySet[Correction]:
    """Return what is to be put right in a source: by its number there, without a name."""
    waiting = Correction.objects.filter(standing=Correction.Standing.AT_SOURCE)
    return waiting.order_by("decided_at", "pk")
