"""Reads of batches, quarantine and coverage."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Sum

from evenhand.sources.models import Coverage, Difference, ImportBatch, RowFinding

FEW = 8


class BatchLine(NamedTuple):
    """A batch with how many rows it read and how many are set aside."""

    batch: ImportBatch
    rows: int
    quarantined: int


class CoverageLine(NamedTuple):
    """For which days the facts of one subject are complete."""

    subject: str
    complete_from: date | None
    complete_to: date | None


def latest_merged() -> ImportBatch | None:
    """Return the newest batch that was merged and says for which day it is true.

    A report of one kind of thing does not make all that is held true for its day.
    """
    merged = ImportBatch.objects.filter(progress=ImportBatch.Progress.MERGED, as_at__isnull=False)
    merged = merged.exclude(format="report")
    return merged.select_related("source").order_by("-as_at", "-pk").first()


def latest_batches(most: int = FEW) -> list[BatchLine]:
    """Return the newest batches, newest first."""
    batches = ImportBatch.objects.order_by("-pk").annotate(
        rows=Sum("files__rows_read", default=0), aside=Sum("files__quarantined", default=0)
    )
    return [BatchLine(batch, batch.rows, batch.aside) for batch in batches[:most]]


def open_quarantine() -> int:
    """Return how many rows wait to be mended or discarded."""
    return RowFinding.objects.filter(standing=RowFinding.Standing.OPEN).count()


def values_set_aside(columns: Iterable[str]) -> Counter[str]:
    """Return, for each of these columns, how many values wait because they are on no list."""
    rows = RowFinding.objects.filter(standing=RowFinding.Standing.OPEN, field__in=set(columns))
    return Counter(dict(rows.exclude(found="").values_list("field").annotate(Count("pk"))))


def open_differences() -> int:
    """Return how many differences between sources wait to be settled."""
    return Difference.objects.filter(standing=Difference.Standing.OPEN).count()


def coverage_by_subject() -> list[CoverageLine]:
    """Return, for each subject, the days for which its facts are complete."""
    by_subject: dict[str, list[Coverage]] = defaultdict(list)
    for one in Coverage.objects.order_by("fact"):
        by_subject[one.fact.split(".")[0]].append(one)
    return [_line(subject, found) for subject, found in by_subject.items()]


def _line(subject: str, found: Iterable[Coverage]) -> CoverageLine:
    held = [one for one in found if one.complete_to is not None]
    froms = [one.complete_from for one in held if one.complete_from is not None]
    tos = [one.complete_to for one in held if one.complete_to is not None]
    words = subject.replace("_", " ").capitalize()
    return CoverageLine(words, min(froms, default=None), min(tos, default=None))
