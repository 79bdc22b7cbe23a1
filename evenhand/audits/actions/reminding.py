"""Asking for the next report in time."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from evenhand.audits import pack
from evenhand.audits.actions.reports import NEXT
from evenhand.audits.queries.next_reports import next_reports
from evenhand.design.wording import day
from evenhand.work.actions import Place, open_task
from evenhand.work.models import Task
from evenhand.work.pack import kind_called, opens_on


def remind(now: datetime) -> None:
    """Open a task for each report that falls due soon or is overdue, each once.

    Nothing is asked for where no adopted pack has audits.
    """
    if not pack.is_adopted():
        return
    today = timezone.localdate(now)
    for one in next_reports(now):
        if one.due is None or today < opens_on(kind_called(NEXT), one.due):
            continue
        about = f"{NEXT}:{one.kind.id}:{one.due}"
        if not Task.objects.filter(kind=NEXT, about=about).exists():
            open_task(
                by=None, at=now, kind=NEXT, what=f"{one.kind.title}: due by {day(one.due)}",
                about=about, place=Place("audits:reports"), due_on=max(one.due, today),
            )  # fmt: skip
