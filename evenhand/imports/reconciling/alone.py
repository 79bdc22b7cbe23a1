"""Events that only a source of lower rank tells, on days that a higher one covers.

They are kept out of the clocks and listed, until somebody settles it or the higher source brings
them. What people recorded here by hand is never set aside: it is what the others do not show yet.
"""

from __future__ import annotations

from typing import NamedTuple

from django.db.models.expressions import Combinable

from evenhand.accounts.references import new_references
from evenhand.casework.recorded import SOURCE as TYPED
from evenhand.facts.registry import BINDINGS, Binding
from evenhand.imports import ranking, sql
from evenhand.imports.merging import entry, in_batches
from evenhand.imports.reconciling.keeping import COLUMNS
from evenhand.imports.staging import Stage
from evenhand.sources.models import Coverage, ImportBatch, Source


class Window(NamedTuple):
    """Of which days a source holds every event of a kind."""

    source_id: int
    first: str
    last: str


def set_aside(stage: Stage, batch: ImportBatch) -> None:
    """Set aside what stands alone within another source's days, and take back what no longer does.

    Must follow the coverage that the batch declares.
    """
    kind = stage.recipe.kind
    if not stage.has_withdrawn or not stage.recipe.dated:
        return
    if not ranking.others_of(batch.source_id, kind):
        return
    order = sorted(ranking.ranks(kind).items(), key=lambda pair: pair[1])
    sources = [pk for pk, _ in order]
    typed = Source.objects.filter(key=TYPED).values_list("pk", flat=True).first()
    for place, source in enumerate(sources[1:], 1):
        higher = [pk for pk in sources[:place] if pk != typed]
        if source != typed and higher:
            _brought(stage, source, higher)
            for window in _windows(stage, higher):
                _add(stage, batch, source, window, higher)
    _out(stage)


def _windows(stage: Stage, sources: list[int]) -> list[Window]:
    fact = _fact(stage)
    if fact is None:
        return []
    held = Coverage.objects.filter(
        source__in=sources, fact=fact, complete_from__isnull=False, complete_to__isnull=False,
        latest_only=False,
    )  # fmt: skip
    rows = held.values_list("source_id", "complete_from", "complete_to")
    return [Window(pk, first.isoformat(), last.isoformat()) for pk, first, last in rows]


def _fact(stage: Stage) -> str | None:
    """The fact that a recipe's day is read as; that of its own plan or period where several are."""
    found = [
        (name, one)
        for name, one in BINDINGS.items()
        if one.model is stage.model and one.column == stage.recipe.dated
    ]
    found.sort(key=lambda pair: _via(pair[1]) != stage.recipe.child_through)
    return found[0][0] if found else None


def _via(binding: Binding) -> str:
    return "" if isinstance(binding.via, Combinable) or binding.via is None else binding.via


ABOUT = "d.target = %s AND d.target_id = t.id AND d.field = ''"


def _brought(stage: Stage, source: int, higher: list[int]) -> None:
    """Differences about whole events end when a source of higher rank brings the event."""
    label = stage.model._meta.label_lower
    sql.run(
        "UPDATE sources_difference AS d SET standing = 'gone' WHERE d.source_id = %s "
        "AND d.target = %s AND d.kind = %s AND d.field = '' AND d.standing <> 'gone' AND EXISTS "
        "(SELECT 1 FROM sources_sourcereference o WHERE o.target = d.target AND o.target_id = "
        f"d.target_id AND +o.source_id IN ({ranking.listed(higher)}) "
        "AND o.withdrawn_in_id IS NULL)",
        [source, label, stage.recipe.kind],
    )


def _add(stage: Stage, batch: ImportBatch, source: int, window: Window, higher: list[int]) -> None:
    label = stage.model._meta.label_lower
    found = sql.rows(
        "SELECT t.id, t.child_id, CAST(t.{day} AS text) FROM sources_sourcereference r "
        "JOIN {table} t ON t.id = r.target_id WHERE r.source_id = %s AND r.kind = %s "
        "AND r.target = %s AND r.withdrawn_in_id IS NULL AND t.{day} BETWEEN %s AND %s "
        "AND NOT EXISTS (SELECT 1 FROM sources_sourcereference o WHERE o.target = r.target "
        f"AND o.target_id = t.id AND +o.source_id IN ({ranking.listed(higher)})) "
        f"AND NOT EXISTS (SELECT 1 FROM sources_difference d WHERE {ABOUT} AND d.source_id = %s)",
        [source, stage.recipe.kind, label, window.first, window.last, label, source],
        day=stage.recipe.dated,
        table=stage.table,
    )
    rows = [
        (ref, source, window.source_id, stage.recipe.kind, label, target, child, "", "", day,
         batch.pk, "open", "", "")
        for ref, (target, child, day) in zip(new_references(len(found)), found, strict=True)
    ]  # fmt: skip
    sql.insert("sources_difference", COLUMNS, rows)
    in_batches(
        entry(batch, label, target, child, {"withdrawn": [False, True]}, "import.set_aside")
        for target, child, _ in found
    )


def _out(stage: Stage) -> None:
    """Keep out of the clocks what stands alone, whatever its own source changed in it."""
    sql.run(
        "UPDATE {table} AS t SET withdrawn = TRUE FROM sources_difference d "
        f"WHERE {ABOUT} AND d.kind = %s AND NOT t.withdrawn "
        "AND (d.standing = 'open' OR (d.standing = 'settled' AND d.decision = 'left'))",
        [stage.model._meta.label_lower, stage.recipe.kind],
        table=stage.table,
    )
