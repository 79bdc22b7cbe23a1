"""Until when each child's record is kept: worked out each day, and after an import."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from evenhand.retention.kinds import governing, records_of
from evenhand.retention.models import RetentionDate
from evenhand.sources.models import ImportBatch

AT_ONCE = 1_000


def refresh(now: datetime, children: Collection[int] | None = None) -> int:
    """Work out the dates anew (of these children; None: of all); return how many there are."""
    today, rows = timezone.localdate(now), []
    for pk, record in records_of(children).items():
        kept = governing(record, today)
        if kept is not None:
            until, rule, reason = kept.until, kept.rule, kept.reason
            rows.append(
                RetentionDate(child_id=pk, until=until, rule=rule, reason=reason, worked_out_at=now)
            )
    with transaction.atomic():
        old = RetentionDate.objects.all()
        (old if children is None else old.filter(child__in=children)).delete()
        RetentionDate.objects.bulk_create(rows, batch_size=AT_ONCE)
    return len(rows)


def refresh_if_stale(now: datetime) -> bool:
    """Bring the dates up to today where they are of a day before, or an import came since."""
    held = RetentionDate.objects.aggregate(last=Max("worked_out_at"))["last"]
    merged = ImportBatch.objects.filter(progress=ImportBatch.Progress.MERGED)
    if held is not None and timezone.localdate(held) == timezone.localdate(now):
        merged = merged.filter(finished_at__gt=held)
    if not merged.exists():
        return False
    refresh(now)
    return True
