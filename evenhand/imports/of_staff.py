"""Rows of reports that are of a member of staff and of no child.

Who they are is found by number or name: nobody is made. What was written down here by hand and the
report's own row are one record, where they agree in what the recipe says (``same``).
"""

from __future__ import annotations

from evenhand.formats.faults import shown
from evenhand.imports import sql
from evenhand.imports.checks import Checker
from evenhand.imports.staging import Stage

WORKER, SUPERVISOR, TOLD = "worker_id", "supervisor_id", "told"


def settle(stage: Stage, source_id: int, checker: Checker) -> None:
    """Refuse rows of nobody we know, and find the records of the others that are here already."""
    if not stage.recipe.same or not stage.read:
        return
    _refuse_strangers(stage, checker)
    if SUPERVISOR in stage.filled:
        _refuse_themselves(stage, checker)
    with sql.aside():
        _find(stage, source_id)
        _fill_blanks(stage)


def _refuse_strangers(stage: Stage, checker: Checker) -> None:
    checker.find(
        stage,
        "RPT-W01",
        sql.phrase("s.{worker} IS NULL", worker=WORKER),
        [],
        column=TOLD,
        sentence=lambda told: f"{shown(told)} is nobody's number, nor the name of one alone.",
        remedy="Give the number by which the roster or the case system knows them, or add them to "
        "the roster; then try the row again.",
    )


def _refuse_themselves(stage: Stage, checker: Checker) -> None:
    checker.find(
        stage,
        "RPT-W02",
        sql.phrase("s.{worker} = s.{supervisor}", worker=WORKER, supervisor=SUPERVISOR),
        [],
        column=TOLD,
        sentence=lambda told: f"{shown(told)} cannot have supervised themselves.",
        remedy="Correct who held it in the case system, or here.",
    )


def _find(stage: Stage, source_id: int) -> None:
    """Match each row that is new to this source with a record that it does not hold yet."""
    agree = " AND ".join(sql.phrase("t.{c} = s.{c}", c=column) for column in stage.recipe.same)
    alike = " AND ".join(sql.phrase("o.{c} = s.{c}", c=column) for column in stage.recipe.same)
    held = (
        "EXISTS (SELECT 1 FROM sources_sourcereference r WHERE r.target = %s "
        "AND r.target_id = t.id AND r.source_id = %s)"
    )
    sql.run(
        "UPDATE {name} AS s SET target_id = (SELECT min(t.id) FROM {table} t "
        f"WHERE {agree} AND NOT t.entered_in_error AND NOT {held}) "
        "WHERE s.fate IS NULL AND s.known IS NULL AND NOT EXISTS (SELECT 1 FROM {name} o "
        f"WHERE {alike} AND o.fate IS NULL AND o.key < s.key)",
        [stage.model._meta.label_lower, source_id],
        name=stage.name,
        table=stage.table,
    )
    sql.run(
        "UPDATE {name} SET known = 1, matched = 1, was_withdrawn = 0 "
        "WHERE fate IS NULL AND known IS NULL AND target_id IS NOT NULL",
        name=stage.name,
    )


def _fill_blanks(stage: Stage) -> None:
    """What a report leaves blank takes nothing away."""
    nullable = [column for column in stage.compared if stage.may_be_blank(column)]
    for column in nullable:
        sql.run(
            "UPDATE {name} AS s SET {c} = t.{c} FROM {table} t "
            "WHERE s.fate IS NULL AND s.known = 1 AND t.id = s.target_id AND s.{c} IS NULL",
            name=stage.name,
            table=stage.table,
            c=column,
        )
