"""The references and differences of a stage, written in the transaction of its import."""

from __future__ import annotations

from itertools import islice

from evenhand.accounts.references import new_references
from evenhand.casework.recorded import SOURCE as TYPED
from evenhand.imports import sql
from evenhand.imports.merging import entry, in_batches
from evenhand.imports.staging import Stage
from evenhand.sources.models import ImportBatch

AT_ONCE = 5_000


def keep(stage: Stage, batch: ImportBatch) -> None:
    """Write what a stage matched and where its source differs from others, once it is merged."""
    _confirmed(stage, batch)
    _references(stage, batch)
    _rewrite(stage, batch)
    _add(stage, batch)
    _agreed(stage, batch)


def _references(stage: Stage, batch: ImportBatch) -> None:
    sql.run(
        "INSERT INTO sources_sourcereference "
        "(source_id, kind, key, target, target_id, last_batch_id) "
        "SELECT %s, %s, key, %s, target_id, %s FROM {name} "
        "WHERE matched = 1 AND fate IN ('changed', 'unchanged')",
        [batch.source_id, stage.recipe.kind, stage.model._meta.label_lower, batch.pk],
        name=stage.name,
    )


def _confirmed(stage: Stage, batch: ImportBatch) -> None:
    """History says when what was recorded by hand was confirmed."""
    found = sql.rows(
        "SELECT s.target_id, s.child_id FROM {name} s CROSS JOIN sources_sourcereference r "
        "JOIN sources_source o ON o.id = +r.source_id AND o.key = %s "
        "WHERE r.target = %s AND r.target_id = s.target_id AND s.matched = 1 "
        "AND s.fate IN ('changed', 'unchanged')",
        [TYPED, stage.model._meta.label_lower],
        name=stage.name,
    )
    label, source = stage.model._meta.label_lower, batch.source.key
    in_batches(
        entry(batch, label, target, child, {"confirmed_by": [None, source]}, "import.confirmed")
        for target, child in found
    )


SAME = (
    "x.target = d.target AND x.target_id = d.target_id AND x.field = d.field "
    "AND x.source_id = d.source_id"
)
UNTOUCHED = "settled_by_id = NULL, settled_at = NULL, reason = ''"


def _rewrite(stage: Stage, batch: ImportBatch) -> None:
    """Bring the differences that are kept already up to what both sources say now."""
    same = "d.decision = 'left' AND d.told = x.told AND d.held = x.held"
    reopened = f"held = x.held, told = x.told, standing = 'open', decision = '', {UNTOUCHED}"
    _set(stage, batch, "x.mark = 'open'", f"d.decision <> 'believed' AND NOT ({same})", reopened)
    _set(stage, batch, "x.mark = 'filled'", "1 = 1",
         "held = '', told = x.told, standing = 'settled', decision = 'filled'")  # fmt: skip
    _set(stage, batch, "x.mark = 'own'", "1 = 1",
         "told = x.told, standing = CASE WHEN d.decision = 'filled' AND x.told = '' "
         "THEN 'gone' ELSE d.standing END")  # fmt: skip
    _set(stage, batch, "x.mark = 'held'", "d.decision = 'believed'", "held = x.held")
    _set(stage, batch, "x.mark = 'held' AND x.held <> d.held", "d.decision <> 'believed'",
         "held = x.held, standing = CASE WHEN x.held = '' OR lower(x.held) = lower(d.told) "
         f"THEN 'gone' ELSE 'open' END, decision = '', {UNTOUCHED}")  # fmt: skip


def _set(stage: Stage, batch: ImportBatch, which: str, where: str, settings: str) -> None:
    sql.run(
        f"UPDATE sources_difference AS d SET believed_id = x.believed_id, batch_id = %s, {settings}"
        f" FROM stage_difference x WHERE {SAME} AND x.kind = %s AND {which} AND {where}",
        [batch.pk, stage.recipe.kind],
    )


COLUMNS = (
    "ref", "source_id", "believed_id", "kind", "target", "target_id", "child_id", "field", "held",
    "told", "batch_id", "standing", "decision", "reason",
)  # fmt: skip


def _add(stage: Stage, batch: ImportBatch) -> None:
    """Keep the differences that are new."""
    rows = sql.each(
        "SELECT x.source_id, x.believed_id, x.kind, x.target, x.target_id, x.child_id, x.field, "
        "x.held, x.told, x.mark FROM stage_difference x WHERE x.kind = %s "
        "AND x.mark IN ('open', 'filled') AND NOT EXISTS "
        f"(SELECT 1 FROM sources_difference d WHERE {SAME})",
        [stage.recipe.kind],
    )
    while some := list(islice(rows, AT_ONCE)):
        written = [
            (ref, *row, batch.pk, *(("open", "") if mark == "open" else ("settled", mark)), "")
            for ref, (*row, mark) in zip(new_references(len(some)), some, strict=True)
        ]
        sql.insert("sources_difference", COLUMNS, written)


def _agreed(stage: Stage, batch: ImportBatch) -> None:
    """What this source no longer tells differently is gone."""
    sql.run(
        "UPDATE sources_difference AS d SET standing = 'gone', batch_id = %s "
        "FROM stage_shared h WHERE h.kind = %s AND h.leads = 0 AND h.target_id = d.target_id "
        "AND d.target = %s AND d.source_id = %s AND d.field <> '' "
        "AND (d.standing = 'open' OR (d.standing = 'settled' AND d.decision = 'left')) "
        f"AND NOT EXISTS (SELECT 1 FROM stage_difference x WHERE {SAME})",
        [batch.pk, stage.recipe.kind, stage.model._meta.label_lower, batch.source_id],
    )
