"""Reads of imports for their pages: batches, one batch, and what waits in quarantine."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, QuerySet, Sum

from evenhand.formats.cells import to_id
from evenhand.formats.registry import known_tables
from evenhand.formats.tables import Column
from evenhand.imports.codes import codes_of
from evenhand.imports.locks import is_import_running
from evenhand.imports.mapping.whose import numbers_of
from evenhand.imports.recipes import cells_of_child
from evenhand.sources.models import ImportBatch, ImportFile, RowFinding, SourceReference

Standing = RowFinding.Standing


def batches() -> QuerySet[ImportBatch]:
    """Return every batch, newest first, with the sums of its files."""
    return (
        ImportBatch.objects.select_related("source", "by")
        .annotate(
            rows=Sum("files__rows_read", default=0),
            new=Sum("files__created", default=0),
            different=Sum("files__changed", default=0),
            aside=Sum("files__quarantined", default=0),
        )
        .order_by("-pk")
    )


def progress_of(batch: ImportBatch) -> str:
    """Return how far a batch came; one that nobody is reading any more was stopped."""
    if batch.progress == ImportBatch.Progress.READING and not is_import_running():
        return ImportBatch.Progress.STOPPED
    return batch.progress


def is_reckoned(batch: ImportBatch) -> bool:
    """Return whether standings, lists and counts follow a batch already, or need not."""
    return batch.progress != ImportBatch.Progress.MERGED or batch.reckoned_at is not None


def files_of(batch: ImportBatch) -> QuerySet[ImportFile]:
    """Return the files of a batch by name, and the tables of each in their order."""
    return batch.files.order_by("name", "pk")


def rules_of(batch: ImportBatch) -> list[tuple[str, str, str, int]]:
    """Return what was found in a batch: rule, fate and column with how many, most first."""
    found = RowFinding.objects.filter(file__batch=batch)
    counted = found.values_list("file__kind", "rule", "fate").annotate(count=Count("pk"))
    return sorted(counted, key=lambda row: (-row[3], row))


def quarantine(*, table: str = "", rule: str = "", standing: str = "open") -> QuerySet[RowFinding]:
    """Return the findings of this standing, narrowed to a table or a rule."""
    found = RowFinding.objects.filter(standing=standing).select_related("file__batch")
    if table:
        found = found.filter(file__kind=table)
    if rule:
        found = found.filter(rule=rule)
    return found.order_by("file__kind", "rule", "line", "pk")


def tables_in_quarantine() -> Iterable[str]:
    """Return the tables that have anything open."""
    found = RowFinding.objects.filter(standing=Standing.OPEN)
    return found.order_by("file__kind").values_list("file__kind", flat=True).distinct()


def rules_in_quarantine() -> Iterable[str]:
    """Return the rules by which anything is open."""
    found = RowFinding.objects.filter(standing=Standing.OPEN)
    return found.order_by("rule").values_list("rule", flat=True).distinct()


def column_of(finding: RowFinding) -> Column | None:
    """Return the column that a finding is about, if its value can be mended."""
    if finding.field not in finding.row:
        return None
    columns = known_tables()[finding.file.kind].every_column
    return next((column for column in columns if column.name == finding.field), None)


def choices_of(finding: RowFinding, column: Column) -> list[tuple[str, str]]:
    """Return the codes that a finding's column may hold, with their labels."""
    codes = codes_of(finding.file.kind)
    listed = codes.get(column.codes, {}) if column.kind == "code" else {}
    return [(code, f"{label} ({code})" if label else code) for code, label in listed.items()]


def alike(finding: RowFinding) -> int:
    """Return how many other open rows have the same value in the same column."""
    same = RowFinding.objects.filter(
        standing=Standing.OPEN,
        file__batch__source=finding.file.batch.source_id,
        file__kind=finding.file.kind,
        field=finding.field,
        rule=finding.rule,
        found=finding.found,
    )
    return same.exclude(pk=finding.pk).count()


def child_of(finding: RowFinding) -> int | None:
    """Return the child whom a row is about, where it is known: seeing the row is then logged."""
    source = numbers_of(finding.file.batch.source_id)
    for name in cells_of_child(finding.file.kind):
        key = to_id(finding.row.get(name, ""))
        if isinstance(key, str):
            references = SourceReference.objects.filter(source=source, kind="child", key=key)
            found = references.values_list("target_id", flat=True).first()
            if found is not None:
                return found
    return None
