"""Whose a staged row is, what it points at, and whether it is new, changed or as it was.

All of it happens before the transaction that merges, on temporary tables, while others work.
"""

from __future__ import annotations

from django.db import connection

from evenhand.imports import sql
from evenhand.imports.checks import Checker
from evenhand.imports.findings import IGNORED, TAKEN, Finding
from evenhand.imports.mapping.whose import numbers_of
from evenhand.imports.recipes import BY_KIND, Field
from evenhand.imports.repeats import cell_of
from evenhand.imports.staging import Stage
from evenhand.people.models import Child

LIVE = "(p.fate IS NULL OR p.fate IN ('created', 'changed', 'unchanged'))"


def known_records(stage: Stage, source_id: int) -> None:
    """Find the records that rows were made into before."""
    sql.run(
        "UPDATE {name} AS s SET target_id = r.target_id, known = 1, "
        "was_withdrawn = CASE WHEN r.withdrawn_in_id IS NULL THEN 0 ELSE 1 END "
        "FROM sources_sourcereference r "
        "WHERE s.fate IS NULL AND r.source_id = %s AND r.kind = %s AND r.key = s.key",
        [source_id, stage.kind],
        name=stage.name,
    )


def children(stage: Stage, source_id: int) -> None:
    """Find each row's child: by its own identifier, else through what it is part of."""
    if not stage.recipe.child:
        return
    _by_key(stage, "child_id", "child_key", "child", numbers_of(source_id))
    if stage.recipe.child_through:
        _through(stage)


def _through(stage: Stage) -> None:
    column = stage.recipe.child_through
    field = next(f for f in stage.recipe.fields if f.column == column)
    parent = BY_KIND[field.refers]
    if parent.model is None:
        raise LookupError(f"{parent.kind} has no records of its own")
    sql.run(
        "UPDATE {name} AS s SET child_id = p.child_id FROM {parent} p "
        "WHERE s.child_id IS NULL AND s.child_key IS NULL AND s.fate IS NULL "
        f"AND p.key = s.{{key}} AND {LIVE}",
        name=stage.name,
        parent=f"stage_{parent.kind}",
        key=f"{column}_key",
    )
    sql.run(
        "UPDATE {name} AS s SET child_id = t.child_id FROM {table} t "
        "WHERE s.child_id IS NULL AND s.child_key IS NULL AND s.fate IS NULL AND t.id = s.{column}",
        name=stage.name,
        table=parent.model._meta.db_table,
        column=column,
    )


def links(stage: Stage, source_id: int) -> None:
    """Find the records that rows point at."""
    for field in stage.recipe.fields:
        if field.refers:
            _by_key(stage, field.column, f"{field.column}_key", field.refers, source_id)


def _by_key(stage: Stage, column: str, key: str, kind: str, source_id: int) -> None:
    """Fill ``column`` with the record that ``key`` names, in this batch or before it."""
    names = {"name": stage.name, "column": column, "key": key, "parent": f"stage_{kind}"}
    sql.run(
        f"UPDATE {{name}} AS s SET {{column}} = p.target_id FROM {{parent}} p "
        f"WHERE s.fate IS NULL AND p.key = s.{{key}} AND {LIVE}",
        **names,
    )
    sql.run(
        "UPDATE {name} AS s SET {column} = r.target_id FROM sources_sourcereference r "
        "WHERE s.fate IS NULL AND s.{column} IS NULL AND s.{key} IS NOT NULL "
        "AND r.source_id = %s AND r.kind = %s AND r.key = s.{key} "
        "AND NOT EXISTS (SELECT 1 FROM {parent} p WHERE p.key = s.{key})",
        [source_id, kind],
        **names,
    )


def unlinked(stage: Stage, checker: Checker) -> None:
    """Say how many rows point at what is not there, and undo links to another child's record."""
    _refuse_unowned(stage, checker)
    for field in stage.recipe.fields:
        if field.refers and BY_KIND[field.refers].model is not None:
            _of_another_child(stage, field, checker)
            _nowhere(stage, field, checker)


def _refuse_unowned(stage: Stage, checker: Checker) -> None:
    """Refuse rows that must belong to something of their child, which is not found by the day."""
    for field in stage.recipe.fields:
        if field.by_time and not stage.may_be_blank(field.column):
            owner = field.refers.replace("_", " ")
            checker.find(
                stage,
                "RPT-P01",
                sql.phrase("s.{column} IS NULL", column=field.column),
                [],
                column=stage.recipe.dated,
                sentence=lambda day, owner=owner: (
                    f"its child has no {owner} that was open on {day}."
                ),
                remedy="Import the plans of the case system first, or correct the day or the "
                "child's number; then try the row again.",
            )


def _of_another_child(stage: Stage, field: Field, checker: Checker) -> None:
    if field.refers in ("family", "adult") or not stage.recipe.child:
        return
    checker.find(
        stage,
        "SSD-L02",
        sql.phrase(
            "EXISTS (SELECT 1 FROM {parent} p WHERE p.key = s.{key} AND p.target_id = s.{column} "
            "AND p.child_id <> s.child_id)",
            parent=f"stage_{field.refers}",
            key=f"{field.column}_key",
            column=field.column,
        ),
        [],
        column=f"{field.column}_key",
        sentence=lambda key: (
            f"it points at {key}, which is another child's: it was taken without the link."
        ),
        remedy="Correct the link in the case system.",
        fate=TAKEN,
    )
    sql.run(
        "UPDATE {name} AS s SET {column} = NULL FROM {parent} p WHERE s.fate IS NULL "
        "AND p.key = s.{key} AND p.target_id = s.{column} AND p.child_id <> s.child_id",
        name=stage.name,
        parent=f"stage_{field.refers}",
        key=f"{field.column}_key",
        column=field.column,
    )


def _nowhere(stage: Stage, field: Field, checker: Checker) -> None:
    lost = sql.rows(
        "SELECT part, count(*), min(line) FROM {name} WHERE fate IS NULL AND {column} IS NULL "
        "AND {key} IS NOT NULL AND part IS NOT NULL GROUP BY part",
        name=stage.name,
        column=field.column,
        key=f"{field.column}_key",
    )
    for part, count, line in lost:
        checker.findings.add(_lost(stage, field, part, count, line))


def _lost(stage: Stage, field: Field, part: int, count: int, line: int) -> Finding:
    recipe = stage.recipe_of(part)
    cell = cell_of(recipe, field.column)
    rows = "row points" if count == 1 else "rows point"
    return Finding(
        table=recipe.table,
        part=part,
        line=int(line),
        fate=TAKEN,
        rule="SSD-L01",
        column=cell,
        sentence=f"{count:,} {rows} by {cell} at a record that is not in this extract, from "
        f"line {line:,} on: taken without the link.",
        remedy="Nothing need be done if the record is older than the extract.",
        row={"": ""},
    )


def births(stages: dict[str, Stage]) -> None:
    """Lay out when each child was born: those of this batch, then those known before."""
    sql.run("DROP TABLE IF EXISTS stage_birth")
    sql.run("CREATE TEMPORARY TABLE stage_birth (id bigint PRIMARY KEY, born_on date)")
    with sql.aside():
        sql.run(
            "INSERT INTO stage_birth SELECT target_id, born_on FROM {name} "
            "WHERE target_id IS NOT NULL AND born_on IS NOT NULL",
            name=stages["child"].name,
        )
        sql.run(
            "INSERT INTO stage_birth SELECT c.id, c.born_on FROM {children} c "
            "WHERE c.born_on IS NOT NULL "
            "AND NOT EXISTS (SELECT 1 FROM stage_birth b WHERE b.id = c.id)",
            children=Child._meta.db_table,
        )
    if connection.vendor == "postgresql":
        sql.run("ANALYZE stage_birth")


def of_others(stage: Stage, checker: Checker) -> None:
    """Leave out rows that tell more of a record, where no source holds that record."""
    if not stage.recipe.known_only:
        return
    record = stage.recipe.kind.replace("_", " ")
    checker.find(
        stage,
        "RPT-I02",
        "s.known IS NULL",
        [],
        column=stage.recipe.dated,
        sentence=lambda day: f"its child has no {record} that began on {day}: it led to none.",
        remedy="Nothing need be done. If it led to one, import the extract, then this again.",
        fate=IGNORED,
    )


def settle(stage: Stage) -> None:
    """Give every row that is still undecided its fate: created, changed or unchanged."""
    if not stage.table:
        return
    sql.give_ids(stage.name, stage.table)
    differing = [sql.phrase("t.{c} {differs} s.{c}", c=column) for column in stage.compared]
    differing.append("s.was_withdrawn = 1")
    with sql.aside():
        sql.run(
            "UPDATE {name} AS s SET fate = CASE WHEN "
            + " OR ".join(differing)
            + " THEN 'changed' ELSE 'unchanged' END FROM {table} t "
            "WHERE s.fate IS NULL AND s.known = 1 AND t.id = s.target_id",
            name=stage.name,
            table=stage.table,
        )
        sql.run("UPDATE {name} SET fate = 'created' WHERE fate IS NULL", name=stage.name)
