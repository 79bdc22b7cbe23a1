"""The one short transaction: what was staged and settled becomes records, references, history."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any

from django.db import connection
from django.db.models import Field as Column
from django.db.models import Model

from evenhand.formats.format import Window
from evenhand.history.actions import record_many
from evenhand.history.models import Entry
from evenhand.imports import sql
from evenhand.imports.staging import Stage
from evenhand.sources.models import ImportBatch

AT_ONCE = 5_000


def create(stage: Stage, batch: ImportBatch) -> None:
    """Make the records of rows that are new, and the references by which they are known again."""
    model = stage.model
    staged = ["id", *stage.columns]
    chosen = ["target_id", *stage.columns]
    if _has(model, "ref"):
        staged, chosen = [*staged, "ref"], [*chosen, "ref"]
    values = _unstaged(model, set(staged), dict(stage.recipe.constants))
    marks = "".join(", %s" for _ in values)
    sql.run(
        "INSERT INTO {table} ({columns}) SELECT {chosen}"
        + marks
        + " FROM {name} WHERE fate = 'created'",
        list(values.values()),
        table=stage.table,
        columns=[*staged, *values],
        chosen=chosen,
        name=stage.name,
    )
    sql.run(
        "INSERT INTO sources_sourcereference "
        "(source_id, kind, key, target, target_id, last_batch_id) "
        "SELECT %s, %s, key, %s, target_id, %s FROM {name} WHERE fate = 'created'",
        [batch.source_id, stage.kind, model._meta.label_lower, batch.pk],
        name=stage.name,
    )


def _has(model: type[Model], column: str) -> bool:
    return any(f.column == column for f in model._meta.concrete_fields)


def _unstaged(model: type[Model], staged: set[str], constants: dict[str, object]) -> dict[str, Any]:
    """The columns that no staged value fills, with what they hold at first."""
    values: dict[str, Any] = {}
    for field in model._meta.concrete_fields:
        if field.column in constants:
            values[field.column] = constants[field.column]
        elif field.column not in staged and not field.null:
            values[field.column] = _default(field)
    return values


def _default(field: Column[Any, Any]) -> Any:
    return field.get_db_prep_save(field.get_default(), connection)


def change(stage: Stage, batch: ImportBatch) -> int:
    """Write what is different, each with its old and new value in history; how many records."""
    changed = sql.one("SELECT count(*) FROM {name} WHERE fate = 'changed'", name=stage.name)
    if not changed:
        return 0
    in_batches(_entries(stage, batch))
    columns = list(stage.compared)
    if stage.has_withdrawn:
        columns.append("withdrawn")
    settings = [
        sql.phrase("{c} = s.{c}", c=c) if c != "withdrawn" else "withdrawn = FALSE" for c in columns
    ]
    sql.run(
        "UPDATE {table} AS t SET "
        + ", ".join(settings)
        + " FROM {name} s WHERE s.fate = 'changed' AND t.id = s.target_id",
        table=stage.table,
        name=stage.name,
    )
    sql.run(
        "UPDATE sources_sourcereference AS r SET last_batch_id = %s, withdrawn_in_id = NULL "
        "FROM {name} s WHERE s.fate = 'changed' AND r.source_id = %s AND r.kind = %s "
        "AND r.key = s.key",
        [batch.pk, batch.source_id, stage.kind],
        name=stage.name,
    )
    return int(changed)


def _entries(stage: Stage, batch: ImportBatch) -> Iterator[Entry]:
    columns = stage.compared
    pairs = ", ".join(sql.phrase("t.{c}, s.{c}", c=c) for c in columns)
    child = stage.child_of("s")
    label = stage.model._meta.label_lower
    query = (
        f"SELECT s.target_id, {child}, s.was_withdrawn, {pairs} "
        "FROM {name} s JOIN {table} t ON t.id = s.target_id WHERE s.fate = 'changed'"
    )
    for target, child_id, returned, *values in sql.each(query, name=stage.name, table=stage.table):
        old_and_new = zip(columns, values[::2], values[1::2], strict=True)
        changes = {c: [_plain(old), _plain(new)] for c, old, new in old_and_new if old != new}
        if returned:
            changes["withdrawn"] = [True, False]
        yield entry(batch, label, target, child_id, changes)


def entry(
    batch: ImportBatch,
    subject: str,
    subject_id: int | None,
    child_id: int | None,
    changes: dict[str, Any],
    action: str = "import.changed",
) -> Entry:
    """A history entry of a batch."""
    return Entry(
        at=batch.started_at,
        actor=batch.by,
        action=action,
        subject=subject,
        subject_id=subject_id,
        child_id=child_id,
        import_batch_id=batch.pk,
        changes=changes,
    )


def in_batches(entries: Iterator[Entry]) -> None:
    """Write history some thousands at a time."""
    while some := list(islice(entries, AT_ONCE)):
        record_many(some)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) and value[:1] in "[{":
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value if isinstance(value, str | int | float | bool | None) else str(value)


ABSENT = (
    "FROM sources_sourcereference r JOIN {table} t ON t.id = r.target_id "
    "WHERE r.source_id = %s AND r.kind = %s AND r.withdrawn_in_id IS NULL AND {{covered}} "
    "AND NOT EXISTS (SELECT 1 FROM {name} s WHERE s.key = r.key)"
)


def absent(stage: Stage, source_id: int) -> tuple[int, int]:
    """How many records the window of this file covers and it no longer has, and of how many."""
    found, params = _absent(stage, source_id)
    missing = sql.one("SELECT count(*) " + found, params)
    held = "SELECT count(*) FROM sources_sourcereference r "
    of_kind = "WHERE r.source_id = %s AND r.kind = %s"
    if stage.windows is None:
        return int(missing), int(sql.one(held + of_kind, [source_id, stage.kind]))
    covered, _ = _within(stage, stage.windows)
    joined = sql.phrase("JOIN {table} t ON t.id = r.target_id ", table=stage.table)
    return int(missing), int(sql.one(f"{held}{joined}{of_kind} AND {covered}", params))


def _within(stage: Stage, windows: Sequence[Window]) -> tuple[str, list[Any]]:
    """The condition that a record lies in days that the files cover wholly.

    Nothing does that is placed at no day, or where a file later than these was imported before.
    """
    if not stage.recipe.dated or not windows:
        return "1 = 0", []
    day = sql.phrase("t.{c}", c=stage.recipe.dated)
    params: list[Any] = []
    either = []
    for first, last in windows:
        either.append(f"({day} >= %s AND {day} <= %s)")
        params += [str(first or date.min), str(last or date.max)]
    return f"({' OR '.join(either)})", params


def _absent(stage: Stage, source_id: int) -> tuple[str, list[Any]]:
    found = sql.phrase(ABSENT, table=stage.table, name=stage.name)
    dated = stage.recipe.dated
    covered, params = "1 = 1", [source_id, stage.kind]
    if stage.windows is not None:
        covered, days = _within(stage, stage.windows)
        return found.replace("{covered}", covered), [*params, *days]
    if dated:
        first = sql.one(
            "SELECT min({c}) FROM {name} WHERE fate IN ('created', 'changed', 'unchanged')",
            c=dated,
            name=stage.name,
        )
        covered = sql.phrase("(t.{c} IS NULL OR t.{c} >= %s)", c=dated)
        params.append(str(first) if first else "0001-01-01")
    return found.replace("{covered}", covered), params


def withdraw(stage: Stage, batch: ImportBatch) -> int:
    """Mark as withdrawn the records that the file's window covers and that it no longer has."""
    found, params = _absent(stage, batch.source_id)
    child = "t.child_id" if stage.recipe.child else "NULL"
    gone = sql.rows(f"SELECT r.id, t.id, {child} " + found, params)
    label = stage.model._meta.label_lower
    in_batches(
        entry(batch, label, target, child_id, {"withdrawn": [False, True]}, "import.withdrawn")
        for _, target, child_id in gone
    )
    for some in _chunks(gone):
        marks = ", ".join(["%s"] * len(some))
        sql.run(
            f"UPDATE sources_sourcereference SET withdrawn_in_id = %s WHERE id IN ({marks})",
            [batch.pk, *(row[0] for row in some)],
        )
        if stage.has_withdrawn:
            sql.run(
                f"UPDATE {{table}} SET withdrawn = TRUE WHERE id IN ({marks}) AND NOT EXISTS ("
                "SELECT 1 FROM sources_sourcereference o WHERE o.target = %s "
                "AND o.target_id = {table}.id AND o.withdrawn_in_id IS NULL)",
                [*(row[1] for row in some), stage.model._meta.label_lower],
                table=stage.table,
            )
    return len(gone)


def _chunks(rows: list[tuple[Any, ...]], size: int = 500) -> Iterator[list[tuple[Any, ...]]]:
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def returned(stage: Stage) -> int:
    """How many withdrawn records a file brings back."""
    return int(
        sql.one(
            "SELECT count(*) FROM {name} WHERE fate = 'changed' AND was_withdrawn = 1",
            name=stage.name,
        )
    )
