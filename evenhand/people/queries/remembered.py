"""What is remembered of a child's record: who has seen it, and what was changed in it.

The viewer has opened the record (``child_for``) and holds the permission of the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Count, Max, Min, QuerySet

from evenhand.accounts.models import User
from evenhand.history.models import Entry, View
from evenhand.people.models import Child, TemporaryAccess

NOBODY_NOW = "somebody no longer here"


class Looker(NamedTuple):
    """One person's looks at one child's record, together."""

    user_id: int
    ref: str
    name: str
    looks: int
    first: datetime
    last: datetime
    had_access_for_a_while: bool


class Look(NamedTuple):
    """One look: when, by whom, which page, why, and whether by access for a while."""

    at: datetime
    name: str
    page: str
    why: str
    by_access_for_a_while: bool


def views_of(
    child: Child,
    viewer: User,
    *,
    by: int | None = None,
    since: date | None = None,
) -> QuerySet[View]:
    """Return the looks at a child's record and at those merged into it, newest first.

    ``by`` keeps one user's, ``since`` those from a day on. Nothing for a child out of reach.
    """
    looks = View.objects.filter(child_id__in=_records_of(child, viewer))
    if by is not None:
        looks = looks.filter(user_id=by)
    if since is not None:
        looks = looks.filter(at__date__gte=since)
    return looks.order_by("-at", "-pk")


def changes_of(child: Child, viewer: User, *, since: date | None = None) -> QuerySet[Entry]:
    """Return what was changed in a child's record and in those merged into it, newest first."""
    changes = Entry.objects.filter(child_id__in=_records_of(child, viewer))
    if since is not None:
        changes = changes.filter(at__date__gte=since)
    return changes.select_related("actor").order_by("-at", "-pk")


def lookers(looks: QuerySet[View], child: Child) -> list[Looker]:
    """Return these looks by person, who looked last first."""
    rows = list(
        looks.order_by()
        .values("user_id")
        .annotate(looks=Count("pk"), first=Min("at"), last=Max("at"))
        .order_by("-last")
    )
    lent = _lent(child)
    users = User.objects.in_bulk([row["user_id"] for row in rows])
    known = {pk: (user.ref, user.name) for pk, user in users.items()}
    return [
        Looker(
            row["user_id"],
            *known.get(row["user_id"], ("", NOBODY_NOW)),
            row["looks"],
            row["first"],
            row["last"],
            row["user_id"] in lent,
        )
        for row in rows
    ]


def in_words(looks: Sequence[View], child: Child) -> list[Look]:
    """Return looks with the names of those who looked."""
    names, lent = names_of(look.user_id for look in looks), _lent(child)
    return [
        Look(
            look.at,
            names.get(look.user_id, NOBODY_NOW),
            look.page,
            look.why,
            any(start <= look.at <= end for start, end in lent.get(look.user_id, ())),
        )
        for look in looks
    ]


def names_of(ids: Iterable[int]) -> Mapping[int, str]:
    """Return the names of users, by id."""
    return dict(User.objects.filter(pk__in=set(ids)).values_list("pk", "name"))


def _records_of(child: Child, viewer: User) -> list[int]:
    if not Child.objects.visible_to(viewer).filter(pk=child.pk).exists():
        return []
    merged = Child.objects.filter(merged_into=child).values_list("pk", flat=True)
    return [child.pk, *merged]


def _lent(child: Child) -> Mapping[int, list[tuple[datetime, datetime]]]:
    lent: dict[int, list[tuple[datetime, datetime]]] = {}
    for one in TemporaryAccess.objects.filter(child=child):
        lent.setdefault(one.user_id, []).append((one.starts_at, one.ends_at))
    return lent
