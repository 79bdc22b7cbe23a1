"""Recording that a data set of the monitoring plan was looked at."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.accounts.references import new_reference
from evenhand.history.actions import Change, action
from evenhand.monitoring.models import MonitoringRun
from evenhand.monitoring.overdue import open_tasks_of
from evenhand.monitoring.plan import dataset_called
from evenhand.monitoring.queries.plan import complete_now, overdue_datasets
from evenhand.people.days import refuse_to_come
from evenhand.problems import Problem
from evenhand.work.actions import finish


@action("monitoring.run_recorded")
def record_run(*, by: User, at: datetime, dataset: str, done_on: date, words: str) -> Change:
    """Record that a data set was looked at, with what was seen; a task that asked is done.

    How complete it is now is kept beside. Raises Problem for a data set that the plan has not, no
    words, and a day to come.
    """
    found = dataset_called(dataset)
    if found is None:
        raise Problem("The monitoring plan has no such data set.", "Choose one of the plan.")
    if not words.strip():
        raise Problem("Nothing was written.", "Write what you saw.")
    refuse_to_come(done_on, at, "Record it once you have looked.")
    now = complete_now(found)
    made = MonitoringRun.objects.create(
        ref=new_reference(), dataset=dataset, done_on=done_on, words=words.strip(),
        counted=now.counted, asked=now.asked, known=now.known, recorded_by=by, recorded_at=at,
    )  # fmt: skip
    if dataset not in overdue_datasets(timezone.localdate(at)):
        for task in open_tasks_of(found):
            finish(task, by=by, at=at, version=task.version, reason=words)
    return Change(made, {"dataset": (None, dataset), "done_on": (None, done_on)}, reason=words)
