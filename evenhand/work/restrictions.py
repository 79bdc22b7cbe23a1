"""A restricted record is looked at again on its review day: a task for whoever restricted it."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Max
from django.utils import timezone

from evenhand.history.actions import Happening
from evenhand.people.access_rules import review_day
from evenhand.people.models import Child, Restriction
from evenhand.people.models.closing import in_force
from evenhand.work.actions import open_task, set_aside
from evenhand.work.models import STILL_OPEN, Task
from evenhand.work.pack import kinds, opens_on

KIND = "restriction-review"


def tend(now: datetime) -> None:
    """Open a task for each restriction that is soon to be looked at again, once each time."""
    kind, today = kinds().get(KIND), timezone.localdate(now)
    if kind is None:
        return
    reviewed, waiting = _reviewed(), _waiting()
    for held in in_force(now).select_related("child", "restricted_by").order_by("pk"):
        due_on = _due(held, reviewed.get(_about(held)))
        if _about(held) in waiting or today < opens_on(kind, due_on):
            continue
        _open(held, due_on, now)


def lifted(happening: Happening) -> None:
    """Set the task aside of a restriction that was lifted."""
    held = Restriction.objects.get(pk=happening.subject.pk)
    for task in Task.objects.filter(kind=KIND, about=_about(held), state__in=STILL_OPEN):
        set_aside(
            task, by=happening.by, at=happening.at, version=task.version,
            reason="The restriction was lifted.",
        )  # fmt: skip


def _open(held: Restriction, due_on: date, now: datetime) -> None:
    who, child = held.restricted_by, held.child.merged_into or held.child
    theirs = who.is_active and Child.objects.visible_to(who).filter(pk=child.pk).exists()
    open_task(
        by=None, at=now, kind=KIND, what="Look again at a restricted record: is it still needed?",
        why="It was restricted for a time only, and is looked at again on this day.",
        owner=who if theirs else None, team=None if theirs else child.team, child=child,
        about=_about(held), due_on=due_on,
    )  # fmt: skip


def _due(held: Restriction, reviewed: datetime | None) -> date:
    """The restriction's own day; once it was looked at, the packs' time from then."""
    return held.review_on if reviewed is None else review_day(timezone.localdate(reviewed))


def _reviewed() -> dict[str, datetime]:
    done = Task.objects.filter(kind=KIND, state=Task.State.DONE)
    return dict(done.values_list("about").annotate(Max("done_at")))


def _waiting() -> set[str]:
    return set(Task.objects.filter(kind=KIND, state__in=STILL_OPEN).values_list("about", flat=True))


def _about(held: Restriction) -> str:
    return f"restriction:{held.ref}"
