"""Taking a task's measure again on its review day, and remembering restrictions in time."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from evenhand.work import restrictions
from evenhand.work.actions import measure_again
from evenhand.work.measures import Measure, take
from evenhand.work.models import Task


def tend(now: datetime) -> None:
    """Do what falls on ``now``'s day: measure again, and open the tasks of restrictions."""
    measure_due(now)
    restrictions.tend(now)


def measure_due(now: datetime) -> int:
    """Take again the measure of each task whose review day has come; return how many."""
    today = timezone.localdate(now)
    due = Task.objects.filter(review_on__lte=today).exclude(measure="")
    due = due.exclude(state=Task.State.NOT_NEEDED)
    for task in (found := list(due.order_by("pk"))):
        taken = take(Measure(task.measure, task.measured), now)
        measure_again(task, by=None, at=now, taken=taken)
    return len(found)
