"""Looks at records that are worth a question, over the last days: counts, never an accusation.

For the data protection officer, who sees who looked and how often, and whose record only by the
page that says who has seen it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import ExtractHour, ExtractIsoWeekDay, TruncHour
from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.accounts.scope import scope_of
from evenhand.history.models import View
from evenhand.people.looking_rules import Rules, rules_on
from evenhand.people.models import Child, TemporaryAccess
from evenhand.people.queries.remembered import NOBODY_NOW, names_of

SATURDAY = 6
MOST_PAIRS = 50_000  # of person and child: what one page can go through
MOST_PEOPLE = 200  # whose reach is worked out again for one page
AT_ONCE = 500


class Busy(NamedTuple):
    """One person's busy hour: from when, and how many children."""

    name: str
    at: datetime
    children: int


class Late(NamedTuple):
    """How often one person looked out of hours."""

    name: str
    looks: int


class Pair(NamedTuple):
    """One person and one child whose record they opened."""

    name: str
    child: Child


class Questions(NamedTuple):
    """What is worth asking about the looks of some days."""

    since: datetime
    rules: Rules
    busy: list[Busy]
    late: list[Late]
    same_surname: list[Pair]
    not_theirs: list[Pair]


def questions(viewer: User, now: datetime) -> Questions:
    """Return what is worth asking of the last days' looks at children within the viewer's reach."""
    rules = rules_on(timezone.localdate(now))
    since = now - rules.looks_back
    looks = View.objects.filter(at__gte=since, at__lte=now)
    pairs = _pairs(looks)
    users = {user.pk: user for user in User.objects.filter(pk__in={user for user, _ in pairs})}
    children = _children(viewer, {child for _, child in pairs})
    return Questions(
        since,
        rules,
        busy_hours(looks, rules.many_children),
        out_of_hours(looks, rules),
        list(_same_surname(pairs, users, children)),
        list(_not_theirs(pairs, users, children, since)),
    )


def busy_hours(looks: QuerySet[View], many: int) -> list[Busy]:
    """Return each hour by the clock in which a person opened ``many`` records or more."""
    rows = list(
        looks.order_by()
        .annotate(hour=TruncHour("at"))
        .values("user_id", "hour")
        .annotate(children=Count("child_id", distinct=True))
        .filter(children__gte=many)
        .order_by("-children", "-hour")[:AT_ONCE]
    )
    names = names_of(row["user_id"] for row in rows)
    return [
        Busy(names.get(row["user_id"], NOBODY_NOW), row["hour"], row["children"]) for row in rows
    ]


def out_of_hours(looks: QuerySet[View], rules: Rules) -> list[Late]:
    """Return who looked often before the day begins, after it ends, or at a weekend."""
    outside = Q(hour__lt=rules.day_begins) | Q(hour__gte=rules.day_ends)
    rows = list(
        looks.order_by()
        .annotate(hour=ExtractHour("at"), weekday=ExtractIsoWeekDay("at"))
        .filter(outside | Q(weekday__gte=SATURDAY))
        .values("user_id")
        .annotate(looks=Count("pk"))
        .filter(looks__gte=rules.out_of_hours)
        .order_by("-looks")[:AT_ONCE]
    )
    names = names_of(row["user_id"] for row in rows)
    return [Late(names.get(row["user_id"], NOBODY_NOW), row["looks"]) for row in rows]


def _pairs(looks: QuerySet[View]) -> list[tuple[int, int]]:
    return list(looks.order_by().values_list("user_id", "child_id").distinct()[:MOST_PAIRS])


def _children(viewer: User, ids: Iterable[int]) -> Mapping[int, Child]:
    listed, found = sorted(ids), {}
    for start in range(0, len(listed), AT_ONCE):
        some = listed[start : start + AT_ONCE]
        found |= Child.objects.visible_to(viewer).in_bulk(some)
    return found


def _same_surname(
    pairs: list[tuple[int, int]], users: Mapping[int, User], children: Mapping[int, Child]
) -> Iterator[Pair]:
    for user_id, child_id in pairs:
        user, child = users.get(user_id), children.get(child_id)
        if user is None or child is None or not child.surname:
            continue
        if user.name.lower().split()[-1:] == child.surname.lower().split()[-1:]:
            yield Pair(user.name, child)


def _not_theirs(
    pairs: list[tuple[int, int]],
    users: Mapping[int, User],
    children: Mapping[int, Child],
    since: datetime,
) -> Iterator[Pair]:
    """Whoever sees their own or their teams' children, and opened one whom they no longer may."""
    lent = set(
        TemporaryAccess.objects.filter(ends_at__gte=since - timedelta(days=1)).values_list(
            "user_id", "child_id"
        )
    )
    opened = defaultdict(set)
    for user_id, child_id in pairs:
        if user_id in users and child_id in children and (user_id, child_id) not in lent:
            opened[user_id].add(child_id)
    for user_id, _ in Counter({one: len(ids) for one, ids in opened.items()}).most_common(
        MOST_PEOPLE
    ):
        reach = scope_of(users[user_id]).persons
        if reach.everyone:
            continue
        mine = _children(users[user_id], opened[user_id])
        for child_id in sorted(opened[user_id] - set(mine)):
            yield Pair(users[user_id].name, children[child_id])
