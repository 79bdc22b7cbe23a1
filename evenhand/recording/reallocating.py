"""What is asked of a child's new worker: the forms that are filled in anew when workers change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.history.actions import Happening
from evenhand.history.models import Entry
from evenhand.people.models import Child
from evenhand.recording import sets
from evenhand.recording.reckoning import pending_batches
from evenhand.rules.question_sets import QuestionSet
from evenhand.work.actions import Place, open_task
from evenhand.work.models import STILL_OPEN, Task

CHANGED = "import.allocated"


def after_import(happening: Happening) -> None:
    """Open the tasks of those whose worker is another than it was, by the batches just reckoned.

    A child who had no worker before was not told of one: nothing is asked for them.
    """
    today = timezone.localdate(happening.at)
    wanted = [one for one in sets.forms_on(today) if one.when_worker_changes is not None]
    if not wanted:
        return
    for child in _changed():
        for asked in wanted:
            _ask(asked, child, happening.at)


def _changed() -> Iterator[Child]:
    pending = pending_batches().values("pk")
    entries = Entry.objects.filter(action=CHANGED, import_batch_id__in=pending).order_by("pk")
    found = {one.child_id for one in entries if all(one.changes.get("worker_id", [None]))}
    children = Child.objects.filter(pk__in=found, is_open=True).select_related("team", "worker")
    yield from children.order_by("pk")


def _ask(asked: QuestionSet, child: Child, at: datetime) -> None:
    step, about = asked.when_worker_changes, f"reallocated:{asked.id}:{child.ref}"
    is_open = Task.objects.filter(about=about, state__in=STILL_OPEN).exists()
    if step is None or is_open or child.worker is None:
        return
    open_task(
        by=None, at=at, kind=step.task, what=step.what, child=child, team=child.team,
        owner=_owner(child), about=about,
        place=Place("recording:new-of-child", (child.ref, asked.id)),
    )  # fmt: skip


def _owner(child: Child) -> User | None:
    """The worker, where they sign in and may open the record; else the kind's own role."""
    found: User | None = getattr(child.worker, "user", None)
    reaches = found and Child.objects.visible_to(found).filter(pk=child.pk).exists()
    return found if found and found.is_active and reaches else None
