"""What follows a merged import: standings, tallies, lists and counts, worked out after it.

Nothing of it is history, and all of it can be worked out again: it is done in transactions of its
own, so that the one that merges stays short. A process that dies in between leaves batches that
were merged and not reckoned; ``evenhand upkeep`` takes them up.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from evenhand.history.actions import follow
from evenhand.imports.locks import Busy, only_import
from evenhand.people.actions import rebuild_lists
from evenhand.sources.models import ImportBatch
from evenhand.standards import standing


def reckon(*, at: datetime) -> None:
    """Work out what follows the batches that were merged and not yet reckoned.

    Must be called under the lock of imports.
    """
    batches = list(waiting())
    if not batches:
        return
    standing.refresh_in_turns(at)
    with transaction.atomic():
        rebuild_lists(today=timezone.localdate(at))
    last = batches[-1]
    follow("import.reckoned", last, by=last.by, at=at)
    ImportBatch.objects.filter(pk__in=[batch.pk for batch in batches]).update(
        reckoned_at=timezone.now()
    )


def take_up(*, at: datetime) -> bool:
    """Reckon what an import that was stopped left; say whether there was any.

    One query where nothing waits. While another import runs it is left to that.
    """
    if not waiting().exists():
        return False
    try:
        with only_import():
            reckon(at=at)
    except Busy:
        return False
    return True


def waiting() -> QuerySet[ImportBatch]:
    """Return the batches that were merged and not reckoned, oldest first."""
    merged = ImportBatch.objects.filter(progress=ImportBatch.Progress.MERGED)
    return merged.filter(reckoned_at=None).select_related("by").order_by("pk")
