"""Which rows about a child, a team or nobody a viewer may read, and which count for them."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from evenhand.accounts.models import User
from evenhand.accounts.scope import scope_of
from evenhand.facts.registry import merged_children
from evenhand.people.models import Child
from evenhand.people.models.closing import closing_of

M = TypeVar("M", bound=Model)


def of_child(child: Child) -> Q:
    """Return whose rows are a child's: those of records merged into it, too.

    By the few keys: asked for by ``child`` or ``child__merged_into`` a database reads every row.
    """
    kin = Child.objects.filter(Q(pk=child.pk) | Q(merged_into=child.pk))
    return Q(child__in=kin.order_by().values("pk"))


def keys_of(child: Child) -> list[int]:
    """Return the keys of a child's record and of those merged into it."""
    return [child.pk, *(other for other, kept in merged_children().items() if kept == child.pk)]


def readable(viewer: User, rows: QuerySet[M]) -> QuerySet[M]:
    """Return the rows that a viewer may read: of children they may open, and of no child, of
    their teams or written by themselves."""
    seen = Child.objects.visible_to(viewer).order_by().values("pk")
    of_one = Q(child__in=seen) | Q(child__merged_into__in=seen)
    persons = scope_of(viewer).persons
    mine = Q(recorded_by=viewer) | Q(team__in=persons.teams)
    of_none = Q(child=None) if persons.everyone else Q(child=None) & mine
    return rows.filter(of_one | of_none)


def counted(viewer: User, rows: QuerySet[M]) -> QuerySet[M]:
    """Return the rows that may be counted for a viewer, as far as their reach of counts goes.

    What was entered in error counts nowhere.
    """
    rows = rows.filter(entered_in_error=False)
    uncounted = closing_of(viewer).uncounted
    if uncounted:
        rows = rows.exclude(child__in=uncounted).exclude(child__merged_into__in=uncounted)
    reach = scope_of(viewer).aggregates
    if reach.everyone:
        return rows
    within = Q(team__in=reach.teams)
    if reach.worker_id is not None:
        seen = Child.objects.visible_to(viewer).order_by().values("pk")
        within |= Q(child__in=seen) | Q(child__merged_into__in=seen)
    return rows.filter(within)


def is_entitled(viewer: User) -> bool:
    """Whether the viewer may open the records behind every count of ``counted``.

    What is closed to them is in none of these counts, and so takes nothing away.
    """
    scope = scope_of(viewer)
    if scope.persons.everyone:
        return True
    return not scope.aggregates.everyone and scope.aggregates.teams <= scope.persons.teams
