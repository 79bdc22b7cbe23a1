"""Finding children: the one the viewer may open, and lists of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce, Lower
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from evenhand.accounts.models import Team, User, Worker
from evenhand.history.actions import log_view
from evenhand.people.models import Adult, Child, ChildQuerySet, IdentityQuestion
from evenhand.people.queries.access import why_lent
from evenhand.people.queries.numbers import with_number

SHORTEST_PART = 2


def child_for(
    viewer: User, ref: str, *, why: str = "", page: str = "child", at: datetime | None = None
) -> Child:
    """Find a child whom the viewer may see, and log the view before any reply.

    A child merged into another is read as that other. ``why`` is the reason, where one was given;
    of a record lent for a while, the one given then.
    Raises Http404 for a child there is not, or whom the viewer may not see.
    """
    child, now = _canonical(viewer, ref), at or timezone.now()
    log_view(viewer, child.pk, page=page, at=now, why=why or why_lent(viewer, child, now=now))
    return child


def _canonical(viewer: User, ref: str) -> Child:
    mine = Child.objects.visible_to(viewer).select_related("team", "worker")
    kept = Child.objects.filter(ref=ref).order_by().values(kept=Coalesce("merged_into_id", "pk"))
    return get_object_or_404(mine, pk__in=kept)


def adult_of(child: Child, ref: str) -> Adult:
    """Return a parent or carer of this child. Raises Http404 for anybody else."""
    either = Q(relationships__child=child) | Q(relationships__child__merged_into=child)
    adult = Adult.objects.filter(either, ref=ref).distinct().first()
    if adult is None:
        raise Http404
    return adult


def find_children(
    viewer: User,
    *,
    words: str = "",
    team: Team | None = None,
    worker: Worker | None = None,
    to_ask: date | None = None,
    closed: bool = False,
) -> ChildQuerySet:
    """Return the children the viewer may see, by surname: open ones, or with ``closed`` all.

    ``words`` is a name, or the case system's own number. ``to_ask`` keeps those of whom something
    is to be asked on that day.
    """
    children = Child.objects.visible_to(viewer).select_related("team", "worker")
    if not closed:
        children = children.filter(is_open=True)
    if team is not None:
        children = children.filter(team=team)
    if worker is not None:
        children = children.filter(worker=worker)
    if to_ask is not None:
        due = IdentityQuestion.objects.filter(child=OuterRef("pk"), ask_from__lte=to_ask)
        children = children.filter(Exists(due))
    if words.strip():
        return _named(children, words)
    return children.order_by("surname", "forename", "pk")


def _named(children: ChildQuerySet, words: str) -> ChildQuerySet:
    parts = [part for part in words.lower().split() if len(part) >= SHORTEST_PART][:4]
    numbered = Q(pk__in=with_number(words.strip()))
    lowered = {"low_forename": Lower("forename"), "low_surname": Lower("surname")}
    named = Q(pk__in=_merged_and_named(parts, lowered))
    found = children.alias(**lowered).filter(numbered | named | _by_parts(parts))
    return found.order_by("surname", "forename", "pk")


def _merged_and_named(parts: list[str], lowered: Mapping[str, Lower]) -> list[int]:
    """Return the children kept, of those who were merged and are found by these words."""
    merged = Child.objects.exclude(merged_into=None).alias(**lowered).filter(_by_parts(parts))
    return list(merged.values_list("merged_into_id", flat=True))


def _by_parts(parts: list[str]) -> Q:
    if not parts:
        return Q(pk__in=())
    first, last = parts[0], parts[-1]
    if len(parts) == 1:
        return _begins("low_surname", first) | _begins("low_forename", first)
    in_order = _begins("low_forename", first) & _begins("low_surname", last)
    return in_order | (_begins("low_forename", last) & _begins("low_surname", first))


def _begins(field: str, part: str) -> Q:
    """Return what an index on the lowered name can answer, on either database."""
    after = part[:-1] + chr(ord(part[-1]) + 1)
    return Q(**{f"{field}__gte": part, f"{field}__lt": after})
