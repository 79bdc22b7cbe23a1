"""How a supervision or an absence is known: written down here by somebody, or from a report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from evenhand.sources.models import ImportBatch, SourceReference
from evenhand.workforce.models import Absence, Supervision


class Report(NamedTuple):
    """The report of the case system that a row came from, and when it was last read."""

    name: str
    read_at: datetime | None


def reports_of(rows: Sequence[Supervision] | Sequence[Absence]) -> Mapping[int, Report]:
    """Return the report that tells of each of these rows (of one kind), by key. Two queries."""
    if not rows:
        return {}
    told = SourceReference.objects.filter(
        target=rows[0]._meta.label_lower, target_id__in=[one.pk for one in rows]
    )
    found = list(told.select_related("source").order_by("-source__rank", "pk"))
    read = dict(
        ImportBatch.objects.filter(pk__in={one.last_batch_id for one in found}).values_list(
            "pk", "started_at"
        )
    )
    return {one.target_id: Report(one.source.name, read.get(one.last_batch_id)) for one in found}
