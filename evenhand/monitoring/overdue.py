"""A data set of the monitoring plan that nobody looked at in time: its owner is asked."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from evenhand.design.wording import day
from evenhand.monitoring.plan import Dataset, dataset_called
from evenhand.monitoring.queries.plan import overdue_datasets
from evenhand.work.actions import Place, open_task
from evenhand.work.models import Task
from evenhand.work.pack import kinds

KIND = "monitoring-run"


def open_overdue(now: datetime) -> int:
    """Ask each owner to look, once for what they missed; return how many were asked."""
    if KIND not in kinds():
        return 0
    found = overdue_datasets(timezone.localdate(now))
    return sum(_ask(dataset, since, now) for id_, since in found.items()
               if (dataset := dataset_called(id_)))  # fmt: skip


def _ask(dataset: Dataset, since: date, now: datetime) -> bool:
    """Open a task, unless one is open or this was asked before and somebody closed it."""
    about = f"{_prefix(dataset)}{since.isoformat()}"
    asked = Task.objects.filter(kind=KIND, about=about).exists()
    if asked or open_tasks_of(dataset).exists():
        return False
    last = since - timedelta(days=1)
    open_task(
        by=None, at=now, kind=KIND, about=about, role=dataset.owner,
        what=f"{dataset.label}: nobody looked at how complete it is by {day(last)}",
        place=Place("monitoring:dataset", [dataset.id]),
    )  # fmt: skip
    return True


def open_tasks_of(dataset: Dataset) -> QuerySet[Task]:
    """Return the open tasks that ask for a look at a data set."""
    asked = Task.objects.filter(kind=KIND, about__startswith=_prefix(dataset))
    return asked.filter(state=Task.State.OPEN)


def _prefix(dataset: Dataset) -> str:
    return f"{KIND}:{dataset.id}:"
