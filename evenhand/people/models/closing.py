"""Whose records are closed to a viewer, and whose are open to them for a while: ids, few of them.

``ChildQuerySet.visible_to`` and every count ask here. Kept on the viewer, as their scope is.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.accounts.scope import scope_of
from evenhand.people.models.access import OwnFamily, Restriction, TemporaryAccess

KEPT_CHILD = Coalesce("child__merged_into_id", "child_id")


class Closing(NamedTuple):
    """The children closed to a viewer, those of them whom no count shown may hold, those lent.

    Whoever is shut out by name finds the child in no count at all. Whoever is only not let in finds
    them in the whole authority's counts, if their role opens everybody's records; counts of some
    teams' or one's own children leave them out, so that a list and its count tell the same.
    """

    closed: frozenset[int]
    uncounted: frozenset[int]
    lent: frozenset[int]


def closing_of(viewer: User) -> Closing:
    """Return what is closed and what is lent to the viewer now."""
    known: Closing | None = getattr(viewer, "_closing", None)
    if known is None:
        known = _closing(viewer, timezone.now())
        viewer._closing = known  # type: ignore[attr-defined]
    return known


def _closing(viewer: User, now: datetime) -> Closing:
    if not viewer.is_authenticated:
        return Closing(frozenset(), frozenset(), frozenset())
    shut_out, not_let_in = _restricted(viewer, now)
    shut_out |= _own_family(viewer)
    persons = scope_of(viewer).persons
    limited = not persons.everyone and bool(persons.teams or persons.worker_id)
    closed = frozenset(shut_out | not_let_in)
    uncounted = closed if limited else frozenset(shut_out)
    return Closing(closed, uncounted, _lent(viewer, now) - closed)


def in_force(now: datetime) -> QuerySet[Restriction]:
    """Return the restrictions that hold now."""
    today = timezone.localdate(now)
    until = Q(ends_on=None) | Q(ends_on__gte=today)
    return Restriction.objects.filter(until, lifted_on=None, starts_on__lte=today)


def restricted_at(now: datetime) -> set[int]:
    """Return every child whose record is restricted, and every record read as theirs."""
    pairs = in_force(now).order_by().values_list("child_id", KEPT_CHILD)
    return {pk for pair in pairs for pk in pair}


def _restricted(viewer: User, now: datetime) -> tuple[set[int], set[int]]:
    """Return the children whom the viewer is shut out from, and those they are not let in to."""
    rows = in_force(now).annotate(kept=KEPT_CHILD).order_by("pk")
    names = list(
        rows.values_list(
            "pk", "kept", "restricted_by", "names__user", "names__team", "names__is_shut_out"
        )
    )
    shut_out, narrowed, let_in = set(), {}, set()
    teams = _teams_of(viewer) if names else frozenset()
    for pk, child, by, user, team, is_shut_out in names:
        if is_shut_out:
            shut_out |= {child} if user == viewer.pk else set()
        elif user is not None or team is not None:
            narrowed[pk] = child
            if viewer.pk in (user, by) or team in teams:
                let_in.add(pk)
    return shut_out, {child for pk, child in narrowed.items() if pk not in let_in}


def _teams_of(viewer: User) -> frozenset[int]:
    worker = viewer.worker
    own = {worker.team_id} if worker is not None and worker.team_id is not None else set()
    return scope_of(viewer).persons.teams | own


def _own_family(viewer: User) -> set[int]:
    declared = OwnFamily.objects.filter(user=viewer, ended_at=None).order_by()
    children = declared.filter(child__isnull=False).values_list(KEPT_CHILD, flat=True)
    related = Coalesce(
        "adult__relationships__child__merged_into_id", F("adult__relationships__child_id")
    )
    cared_for = declared.filter(adult__relationships__isnull=False).values_list(related, flat=True)
    return set(children.union(cared_for))


def _lent(viewer: User, now: datetime) -> frozenset[int]:
    mine = TemporaryAccess.objects.filter(user=viewer, starts_at__lte=now, ends_at__gt=now)
    return frozenset(mine.order_by().values_list(KEPT_CHILD, flat=True))
