"""What reports recommend, as those who monitor it see it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.accounts.permissions import may
from evenhand.accounts.scope import scope_of
from evenhand.audits import judging
from evenhand.audits.models import Recommendation
from evenhand.work.models import Task


class Watched(NamedTuple):
    """One recommendation of a published report, and how it stands to its day."""

    recommendation: Recommendation
    stand: judging.Stand
    is_closed: bool


def every() -> QuerySet[Recommendation]:
    """Return what published reports recommend, those due first coming first."""
    rows = Recommendation.objects.filter(report__published_at__isnull=False)
    beside = ("report", "team", "owner", "monitor", "action__owner", "action__team")
    return rows.select_related(*beside).order_by("due_on", "pk")


def recommendations_for(viewer: User) -> QuerySet[Recommendation]:
    """Return those that a viewer monitors or answers for, and those of teams within reach."""
    mine = Q(monitor=viewer) | Q(owner=viewer) | Q(action__owner=viewer)
    if not may(viewer, "audits.answer"):
        return every().filter(mine)
    reach = scope_of(viewer).aggregates
    return every() if reach.everyone else every().filter(mine | Q(team__in=reach.teams))


def as_watched(rows: Iterable[Recommendation], now: datetime) -> list[Watched]:
    """Return how each stands now."""
    return [Watched(one, stand_of(one, now), is_closed(one)) for one in rows]


def stand_of(one: Recommendation, now: datetime) -> judging.Stand:
    """Return how one stands: done is when its evidence was given, not when somebody checked it."""
    due = due_of(one)
    if due is None or one.report.published_at is None:
        return judging.UNDATED
    return judging.recommendation(timezone.localdate(one.report.published_at), due, _done(one), now)


def due_of(one: Recommendation) -> date | None:
    """Return by which day it is to be done."""
    return one.due_on or (one.action.due_on if one.action else None)


def is_closed(one: Recommendation) -> bool:
    """Whether it was done with evidence that somebody else has checked."""
    return one.action is not None and one.action.state == Task.State.DONE


def _done(one: Recommendation) -> date | None:
    task = one.action
    if task is None or task.done_at is None or task.state == Task.State.NOT_NEEDED:
        return None
    return timezone.localdate(task.done_at)
