"""Reads of what was added to promises, of one promise, and of why promises were not kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from evenhand.accounts.models import Team, User
from evenhand.accounts.scope import scope_of
from evenhand.people.models import Child
from evenhand.people.models.closing import closing_of
from evenhand.people.queries import child_for
from evenhand.people.queries.reach import of_child
from evenhand.promises.models import Allowance, Aside, Explanation
from evenhand.promises.naming import CHILD, RECORDED, Key, address_key, among, key_of
from evenhand.recording.queries import recordings_for
from evenhand.standards.models import Standing
from evenhand.standards.queries import Promise, promises

PAGE = "promise"
WHO = ("owner", "by")


class Added(NamedTuple):
    """What was added to some promises, by key."""

    asides: Mapping[Key, Aside]
    allowances: Mapping[Key, list[Allowance]]


def added_to(rows: Iterable[Standing], today: date, *, viewer: User | None = None) -> Added:
    """Return what was added to these promises, and all that was passed on to the viewer.

    Of allowances, those that hold today. Two queries.
    """
    keys = {key_of(row) for row in rows}
    held = among(keys)
    theirs = Q(owner=viewer) if viewer else Q(pk__in=())
    asides = {key_of(one): one for one in Aside.objects.filter(held | theirs).select_related(*WHO)}
    allowed: dict[Key, list[Allowance]] = defaultdict(list)
    for one in in_force(today).filter(held):
        allowed[key_of(one)].append(one)
    owner = viewer.pk if viewer else None
    kept = {key: one for key, one in asides.items() if key in keys or one.owner_id == owner}
    return Added(kept, allowed)


def let_off_of(child: Child, today: date) -> Added:
    """Return what of a child's promises is let off on a day; the caller found the child."""
    allowed: dict[Key, list[Allowance]] = defaultdict(list)
    for one in in_force(today).filter(of_child(child)):
        allowed[key_of(one)].append(one)
    return Added({}, allowed)


def in_force(today: date) -> QuerySet[Allowance]:
    """Return the allowances that hold on a day."""
    begun = Allowance.objects.filter(starts_on__lte=today, until__gte=today, ended_on=None)
    return begun.select_related("agreed_by").order_by("until", "pk")


def promise_for(viewer: User, of: str, ref: str, key: str, *, now: datetime) -> Promise:
    """Return one promise to a child or about a record that the viewer may open; the look is logged.

    Raises Http404 where there is none.
    """
    if of == CHILD:
        child = child_for(viewer, ref, page=PAGE, at=now)
        whose = Q(child=child)
    elif of == RECORDED:
        record = get_object_or_404(recordings_for(viewer), ref=ref)
        whose = Q(subject=record.subject, subject_id=record.pk)
    else:
        raise Http404
    rows = Standing.objects.filter(whose).select_related("child", "team", "worker")
    found = [row for row in rows if address_key(row) == key]
    promise = next(promises(found, now), None)
    if promise is None:
        raise Http404
    return promise


def explanation_of(row: Standing) -> Explanation | None:
    """Return why one promise was not kept, where somebody said so."""
    rows = Explanation.objects.filter(**key_of(row)._asdict())
    return rows.select_related("given_by", "reviewed_by").first()


def allowances_of(row: Standing) -> QuerySet[Allowance]:
    """Return everything that one promise was let off, newest first."""
    rows = Allowance.objects.filter(**key_of(row)._asdict())
    return rows.select_related("agreed_by", "ended_by").order_by("-agreed_at")


def aside_of(row: Standing) -> Aside | None:
    """Return whether one promise was put off or passed on."""
    rows = Aside.objects.filter(**key_of(row)._asdict())
    return rows.select_related("owner", "by").first()


class Pattern(NamedTuple):
    """How often one reason was given for one standard of one team, and how many were reviewed."""

    standard: str
    team: Team | None
    reason: str
    count: int
    reviewed: int


def patterns(viewer: User, *, standard: str = "", team: Team | None = None) -> list[Pattern]:
    """Return the reasons within the viewer's reach of counts, the most frequent first."""
    rows = Explanation.objects.filter(_counted(viewer))
    if standard:
        rows = rows.filter(standard=standard)
    if team is not None:
        rows = rows.filter(team=team)
    grouped = rows.values("standard", "team", "reason").order_by()
    counted = list(grouped.annotate(n=Count("pk"), seen=Count("reviewed_by")))
    teams = Team.objects.in_bulk({one["team"] for one in counted if one["team"]})
    found = [
        Pattern(one["standard"], teams.get(one["team"]), one["reason"], one["n"], one["seen"])
        for one in counted
    ]
    return sorted(found, key=lambda one: (-one.count, one.standard, one.reason))


def to_review(viewer: User, most: int) -> list[tuple[Explanation, Standing | None]]:
    """Return the reasons that wait for a review, each with the promise as it stands now.

    Of children the viewer may open and of their teams' records, the oldest first.
    """
    seen = Child.objects.visible_to(viewer).order_by().values("pk")
    teams = scope_of(viewer).persons.teams
    mine = Q(child__in=seen) | Q(child=None, team__in=teams)
    rows = Explanation.objects.filter(mine, reviewed_by=None).exclude(given_by=viewer)
    found = list(rows.select_related("child", "team", "given_by").order_by("given_at", "pk")[:most])
    held = Standing.objects.filter(among(key_of(one) for one in found)).select_related("child")
    standings = {key_of(row): row for row in held}
    return [(one, standings.get(key_of(one))) for one in found]


def _counted(viewer: User) -> Q:
    reach = scope_of(viewer).aggregates
    uncounted = closing_of(viewer).uncounted
    open_to_count = Q(child=None) | ~Q(child__in=uncounted) if uncounted else Q()
    if reach.everyone:
        return open_to_count
    within = Q(team__in=reach.teams)
    if reach.worker_id is not None:
        within |= Q(child__in=Child.objects.visible_to(viewer).order_by().values("pk"))
    return open_to_count & within
