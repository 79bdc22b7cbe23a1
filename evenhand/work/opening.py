"""Opening by itself what is not open yet, and was not looked at a short while ago."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from evenhand.work.actions import open_task
from evenhand.work.models import STILL_OPEN, Task
from evenhand.work.pack import kind_of, review_day


def open_once(*, kind: str, about: str, at: datetime, **asked: Any) -> Task | None:
    """Open a task about something, unless one is open or the last still rests; then None.

    Once closed, the same is not opened again before the packs' time to review it is over, counted
    from the day it was opened. ``asked`` is what ``open_task`` takes.
    """
    if about in resting(kind, at):
        return None
    task: Task = open_task(kind=kind, about=about, at=at, **asked)
    return task


def resting(kind: str, at: datetime) -> set[str]:
    """Return what tasks of a kind are about that are open, or were closed and rest still."""
    today = timezone.localdate(at)
    about_something = Task.objects.filter(kind=kind).exclude(about="")
    rows = about_something.values_list("about", "state", "opened_at")
    found = set()
    for about, state, opened_at in rows:
        until = review_day(kind_of(kind), timezone.localdate(opened_at))
        if state in STILL_OPEN or (until is not None and today < until):
            found.add(about)
    return found
