"""Whose records are closed to a viewer, and whose are open to them for a while: ids, few of them.

``ChildQuerySet.visible_to`` and every count ask here. Kept on the viewer, as their scope is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Expression, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.accounts.scope import scope_of
from evenhand.people.models.access import OwnFamily, Restriction, TemporaryAccess

KEPT_CHILD = Coalesce("child__merged_into_id", "child_id")


RESTRICTED, FAMILY, LENT = range(3)
NOBODY: Mapping[str, Expression | F] = {
    "by": Value(0), "named": Value(0), "team": Value(0), "shut_out": Value(value=False)
}  # fmt: skip


class Row(NamedTuple):
    """One thing that closes or opens a child's record; of a restriction, one name of it."""

    kind: int
    restriction: int
    child: int
    by: int
    named: int | None
    team: int | None
    shut_out: bool | None


class Closing(NamedTuple):
    """The children closed to a viewer, those of them whom no count shown may hold, those lent, and
    all whose records are restricted, be it for others.

    Whoever is shut out by name finds the child in no count at all. Whoever is only not let in finds
    them in the whole authority's counts, if their role opens everybody's records; counts of some
    teams' or one's own children leave them out, so that a list and its count tell the same.
    """

    closed: frozenset[int]
    uncounted: frozenset[int]
    lent: frozenset[int]
    restricted: frozenset[int] = frozenset()


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
    rows = list(_rows(viewer, now))
    restricted = [row for row in rows if row.kind == RESTRICTED]
    shut_out, not_let_in = _restricted(viewer, restricted)
    shut_out |= {row.child for row in rows if row.kind == FAMILY}
    lent = frozenset(row.child for row in rows if row.kind == LENT)
    persons = scope_of(viewer).persons
    limited = not persons.everyone and bool(persons.teams or persons.worker_id)
    closed = frozenset(shut_out | not_let_in)
    return Closing(
        closed,
        closed if limited else frozenset(shut_out),
        lent - closed,
        frozenset(row.child for row in restricted),
    )


def _rows(viewer: User, now: datetime) -> Iterator[Row]:
    """Yield all that closes or opens a record to the viewer, in one query: pages have few."""
    family = OwnFamily.objects.filter(user=viewer, ended_at=None)
    of_adult = Coalesce(
        "adult__relationships__child__merged_into_id", F("adult__relationships__child_id")
    )
    mine = TemporaryAccess.objects.filter(user=viewer, starts_at__lte=now, ends_at__gt=now)
    names = {
        "by": F("restricted_by"), "named": F("names__user"), "team": F("names__team"),
        "shut_out": F("names__is_shut_out"),
    }  # fmt: skip
    found = _as_rows(in_force(now), RESTRICTED, KEPT_CHILD, names).union(
        _as_rows(family.filter(child__isnull=False), FAMILY, KEPT_CHILD, NOBODY),
        _as_rows(family.filter(adult__relationships__isnull=False), FAMILY, of_adult, NOBODY),
        _as_rows(mine, LENT, KEPT_CHILD, NOBODY),
    )
    yield from (Row(*row) for row in found)


def _as_rows(
    rows: QuerySet[Any, Any], kind: int, child: Coalesce, names: Mapping[str, Expression | F]
) -> QuerySet[Any, Any]:
    told = {"kind_": Value(kind), "row_": F("pk"), "child_": child}
    told |= {f"{name}_": one for name, one in names.items()}
    return rows.order_by().annotate(**told).values_list(*told)


def in_force(now: datetime) -> QuerySet[Restriction]:
    """Return the restrictions that hold now."""
    today = timezone.localdate(now)
    until = Q(ends_on=None) | Q(ends_on__gte=today)
    return Restriction.objects.filter(until, lifted_on=None, starts_on__lte=today)


def restricted_at(now: datetime, reasons: Collection[str] | None = None) -> set[int]:
    """Return every child whose record is restricted, and every record read as theirs.

    With ``reasons``, of those restricted for one of these only.
    """
    found = in_force(now) if reasons is None else in_force(now).filter(reason__in=reasons)
    pairs = found.order_by().values_list("child_id", KEPT_CHILD)
    return {pk for pair in pairs for pk in pair}


def _restricted(viewer: User, rows: Sequence[Row]) -> tuple[set[int], set[int]]:
    """Return the children whom the viewer is shut out from, and those they are not let in to."""
    teams = _teams_of(viewer) if rows else frozenset()
    shut_out = {row.child for row in rows if row.shut_out and row.named == viewer.pk}
    lets_in = [row for row in rows if not row.shut_out and (row.named or row.team)]
    inside = {
        row.restriction for row in lets_in if viewer.pk in (row.named, row.by) or row.team in teams
    }
    return shut_out, {row.child for row in lets_in if row.restriction not in inside}


def _teams_of(viewer: User) -> frozenset[int]:
    scope = scope_of(viewer)
    return scope.persons.teams | ({scope.works_in} if scope.works_in is not None else set())
