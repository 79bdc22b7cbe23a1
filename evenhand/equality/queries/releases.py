"""The register of figures by group that were let out, and those that wait for a second person."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Min, Q, QuerySet

from evenhand.accounts.models import User
from evenhand.accounts.permissions import may
from evenhand.accounts.scope import scope_of
from evenhand.equality.models import Release

State = Release.State


class Waiting(NamedTuple):
    """How many proposals wait, and since when the oldest does; None where none waits."""

    number: int
    since: datetime | None


def any_for(viewer: User) -> QuerySet[Release]:
    """Return what was released within the viewer's reach of aggregates, the newest first.

    Whoever may release figures sees those too that wait or were sent back.
    """
    reach = scope_of(viewer).aggregates
    found = Release.objects.select_related(
        "proposed_by", "released_by", "ended_by", "team"
    ).order_by("-released_at", "-pk")
    if not may(viewer, "fares.release"):
        found = found.filter(released_at__isnull=False)
    return found if reach.everyone else found.filter(team__in=reach.teams)


def releases_for(viewer: User) -> QuerySet[Release]:
    """Return what left within the viewer's reach of aggregates, the newest first."""
    return any_for(viewer).filter(released_at__isnull=False)


def register_for(viewer: User, *, what: str = "", whom: str = "") -> QuerySet[Release]:
    """Return what left, of which the title or the measure, and for whom, hold these words."""
    named = Q(title__icontains=what) | Q(measure__icontains=what) | Q(ref__iexact=what)
    return releases_for(viewer).filter(named, for_whom__icontains=whom)


def waiting_for(viewer: User) -> QuerySet[Release]:
    """Return the proposals that wait for a second person."""
    return any_for(viewer).filter(state=State.PROPOSED).order_by("proposed_at", "pk")


def for_second_person(viewer: User) -> Waiting:
    """Return what waits for this viewer to let it out or send it back. One query at most.

    Nobody decides on their own proposal. None waits for those who may not release figures.
    """
    if not may(viewer, "fares.release"):
        return Waiting(0, None)
    others = waiting_for(viewer).exclude(proposed_by=viewer).order_by()
    found = others.aggregate(number=Count("pk"), since=Min("proposed_at"))
    return Waiting(found["number"], found["since"])


def standing_for(viewer: User) -> list[Release]:
    """Return of each measure and way to tell groups apart the newest that left and stands."""
    newest: dict[tuple[str, str, str], Release] = {}
    for each in releases_for(viewer).filter(state=State.RELEASED, team=None):
        newest.setdefault((each.kind, each.measure, each.dimension), each)
    return sorted(newest.values(), key=lambda each: each.title)
