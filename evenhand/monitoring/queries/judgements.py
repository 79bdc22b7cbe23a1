"""The register of inspectors' judgements, each with the actions that answer it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import QuerySet

from evenhand.accounts.models import User
from evenhand.monitoring.judgements import IMPROVEMENT, PREFIX
from evenhand.monitoring.models import Judgement
from evenhand.monitoring.queries.who import sees_everything
from evenhand.work.models import Task
from evenhand.work.queries import tasks_for


def judgements_for(viewer: User) -> QuerySet[Judgement]:
    """Return the judgements, newest first; none to those whose counts are not the authority's."""
    found = Judgement.objects.filter(entered_in_error=False).order_by("-judged_on", "-pk")
    return found.select_related("recorded_by") if sees_everything(viewer) else found.none()


def actions_on(viewer: User, judgements: Iterable[Judgement]) -> dict[str, list[Task]]:
    """Return by the reference of each judgement the actions that answer it. One query.

    What somebody said need not be done answers nothing, and is left out.
    """
    wanted, found = {one.ref for one in judgements}, defaultdict(list)
    acting = tasks_for(viewer).filter(kind=IMPROVEMENT, about__startswith=PREFIX)
    for task in acting.exclude(state=Task.State.NOT_NEEDED):
        ref = task.about.split(":")[1]
        if ref in wanted:
            found[ref].append(task)
    return dict(found)
