"""The monitoring plan as it stands: how complete each data set is, and when it was looked at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import Max, Min, QuerySet
from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.accounts.scope import Reach
from evenhand.monitoring.models import MonitoringRun
from evenhand.monitoring.plan import Dataset, datasets, overdue_since
from evenhand.monitoring.queries.who import sees_everything
from evenhand.people.queries import Completion
from evenhand.people.queries.completeness import completeness_for, completeness_within
from evenhand.sources.models import ImportBatch

CHILD = "child"
NOBODY = Completion(0, 0, 0, {})


class Planned(NamedTuple):
    """One data set: how complete it is now, its last look, and since when it is overdue."""

    dataset: Dataset
    now: Completion
    last: date | None
    overdue_since: date | None


def plan_for(viewer: User, today: date) -> list[Planned]:
    """Return the plan; nothing to those whose counts are not the whole authority's."""
    if not sees_everything(viewer):
        return []
    rows = completeness_for(viewer).items
    now = {row.item.characteristic: row.completion for row in rows if row.person == CHILD}
    overdue = overdue_datasets(today)
    last = _last_runs(today)
    return [
        Planned(one, now.get(one.id, NOBODY), last.get(one.id), overdue.get(one.id))
        for one in datasets()
    ]


def runs_of(viewer: User, dataset: Dataset) -> QuerySet[MonitoringRun]:
    """Return the looks at a data set, the newest first; none as above."""
    found = MonitoringRun.objects.filter(dataset=dataset.id).order_by("-done_on", "-pk")
    return found.select_related("recorded_by") if sees_everything(viewer) else found.none()


def complete_now(dataset: Dataset) -> Completion:
    """Return how complete a data set is in the whole authority."""
    rows: Sequence[tuple[str, str, Completion]] = [
        (row.person, row.item.characteristic, row.completion)
        for row in completeness_within(Reach(everyone=True), None).items
    ]
    return next((found for person, name, found in rows if (person, name) == (CHILD, dataset.id)),
                NOBODY)  # fmt: skip


def overdue_datasets(today: date) -> dict[str, date]:
    """Return by data set since when it is overdue, those that are. Two queries."""
    last, began = _last_runs(today), _began()
    since = {one.id: overdue_since(one, last.get(one.id), began, today) for one in datasets()}
    return {id_: day for id_, day in since.items() if day is not None}


def _last_runs(today: date) -> dict[str, date]:
    known = MonitoringRun.objects.filter(done_on__lte=today).order_by()
    rows = known.values_list("dataset").annotate(last=Max("done_on"))
    return dict(rows)


def _began() -> date | None:
    """Return the day of the first import: before it there was nothing to look at."""
    first = ImportBatch.objects.aggregate(first=Min("started_at"))["first"]
    return None if first is None else timezone.localdate(first)
