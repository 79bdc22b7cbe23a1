"""Registering the batches of sources."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from evenhand.accounts.models import User
from evenhand.accounts.references import new_reference
from evenhand.problems import Problem
from evenhand.sources.models import ImportBatch, Source

NAMES = {
    "evenhand": "Recorded by hand",
    "ssd": "Case system (SSD extract)",
    "ssda903": "SSDA903 return",
    "cin": "CIN census",
    "annex_a": "Ofsted Annex A",
    "roster": "Roster",
}
LONGEST_KEY = 30


def source_called(key: str) -> Source:
    """Return the source of this key; a new one ranks after those there are."""
    if not key or len(key) > LONGEST_KEY or not key.replace("-", "").replace("_", "").isalnum():
        raise Problem(
            f"The source {key!r} is not a name of at most {LONGEST_KEY} letters and figures.",
            "Leave --source out, or give a short word such as ssd.",
        )
    last = Source.objects.aggregate(last=Max("rank"))["last"] or 0
    source, _ = Source.objects.get_or_create(
        key=key, defaults={"name": NAMES.get(key, key), "rank": last + 1}
    )
    return source


@transaction.atomic
def register(key: str, *, label: str, by: User | None, at: datetime) -> ImportBatch:
    """Begin a batch, so that it is listed whatever becomes of it.

    Must be called under the lock of imports: any other that is still reading was stopped.
    """
    stopped = ImportBatch.objects.filter(progress=ImportBatch.Progress.READING)
    stopped.update(
        progress=ImportBatch.Progress.STOPPED,
        sentence="It was stopped before it was merged. Nothing of it was stored.",
    )
    source_called("ssd")
    source_called("roster")
    return ImportBatch.objects.create(
        ref=new_reference(),
        source=source_called(key),
        label=label[:255],
        by=by,
        started_at=at,
        progress=ImportBatch.Progress.READING,
    )
