"""The children on the lists, each with what is late, what was audited, and what was not asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Q
from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.audits.models import Audit
from evenhand.audits.queries.reach import audits_for
from evenhand.people.identity import Knowledge
from evenhand.people.models import Child, IdentityQuestion
from evenhand.rules import State
from evenhand.standards.models import Standing
from evenhand.standards.queries.listing import promises


class Listed(NamedTuple):
    """One child: on which lists, how many promises are late and open, the last audit, and how many
    questions of who they are nobody asked."""

    child: Child
    lists: Sequence[int]
    late: int
    open: int
    audit: Audit | None
    audits: int
    never_asked: int


def listed(
    children: Iterable[Child], lists: Mapping[int, Sequence[int]], viewer: User, now: datetime
) -> list[Listed]:
    """Return what an inspector would see of these children: four queries, however many."""
    children = list(children)
    keys = [one.pk for one in children]
    clocks, asked = _clocks(keys, now), _never_asked(keys, now)
    audits = _audits(keys, viewer)
    return [
        Listed(
            one, lists.get(one.pk, ()), clocks[one.pk, State.LATE], clocks[one.pk, State.OPEN],
            audits.get(one.pk, [None])[0], len(audits.get(one.pk, ())), asked.get(one.pk, 0),
        )
        for one in children
    ]  # fmt: skip


def _clocks(children: Sequence[int], now: datetime) -> Counter[tuple[int, State]]:
    rows = Standing.objects.filter(child__in=children, kind=Standing.Kind.NOT_DONE)
    return Counter((one.row.child_id or 0, one.state) for one in promises(rows, now))


def _audits(children: Sequence[int], viewer: User) -> Mapping[int, list[Audit]]:
    theirs = Q(child__in=children) | Q(child__merged_into__in=children)
    rows = audits_for(viewer).filter(theirs, state=Audit.State.DONE).order_by("-done_on", "-pk")
    found: dict[int, list[Audit]] = {}
    for one in rows:
        if one.child is not None:
            found.setdefault(one.child.merged_into_id or one.child.pk, []).append(one)
    return found


def _never_asked(children: Sequence[int], now: datetime) -> Mapping[int, int]:
    rows = IdentityQuestion.objects.filter(
        child__in=children, state=Knowledge.NO_RECORD, ask_from__lte=timezone.localdate(now)
    )
    return dict(rows.order_by().values_list("child").annotate(n=Count("pk")))
