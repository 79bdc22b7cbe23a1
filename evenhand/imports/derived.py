"""What is made of a latest-only column, and of rows that only add to other records.

An adviser's contact is a new value in a column that holds only the latest. The names that a roster
gives fill those that the case system leaves blank.
"""

from __future__ import annotations

from dataclasses import dataclass

from evenhand.imports import sql
from evenhand.imports.recipes import BY_KIND, Field
from evenhand.imports.staging import Stage

Stages = dict[str, Stage]


def names(stages: Stages) -> None:
    """Fill the names that an extract leaves blank: from the roster, else as they were."""
    if not stages["child"].read:
        return
    blank = "s.fate IS NULL AND s.forename = '' AND s.surname = ''"
    sql.run(
        "UPDATE stage_child AS s SET forename = n.forename, surname = n.surname "
        f"FROM stage_child_name n WHERE {blank} AND n.key = s.key"
    )
    sql.run(
        "UPDATE stage_child AS s SET forename = c.forename, surname = c.surname "
        f"FROM people_child c WHERE {blank} AND s.known = 1 AND c.id = s.target_id"
    )
    stages["child"].supplied |= {"forename", "surname"}


def factors(stages: Stages) -> None:
    """Lay the factors of each assessment beside it, and let their rows share its fate."""
    if not stages["factors"].read:
        return
    stages["assessment"].supplied.add("factors")
    sql.run(
        "UPDATE stage_assessment AS s SET factors = f.factors"
        + ("" if sql.is_sqlite() else "::jsonb")
        + " FROM stage_factors f WHERE f.fate IS NULL AND f.assessment_key = s.key"
    )


def fates_of_factors() -> None:
    """A row of factors is folded into its assessment, or was there already."""
    cast = "" if sql.is_sqlite() else "::jsonb"
    sql.run(
        "UPDATE stage_factors AS s SET fate = CASE WHEN EXISTS (SELECT 1 "
        "FROM casework_assessment t WHERE t.id = a.target_id AND a.known = 1 "
        f"AND t.factors = s.factors{cast}) THEN 'unchanged' ELSE 'folded' END "
        "FROM stage_assessment a WHERE s.fate IS NULL "
        "AND a.key = s.assessment_key AND a.fate IN ('created', 'changed', 'unchanged')"
    )


def by_time(stage: Stage) -> None:
    """Find what a row belongs to by its child and day, where it carries no identifier of it."""
    for field in stage.recipe.fields:
        if field.by_time:
            _within(stage.name, stage.recipe.dated, field.column, field.refers)
            if sql.one("SELECT 1 FROM {parent} LIMIT 1", parent=f"stage_{field.refers}") is None:
                _within_records(stage, field)


def _within_records(stage: Stage, field: Field) -> None:
    """Find it among the records, where the batch itself tells of none."""
    parent = BY_KIND[field.refers].model
    if parent is None:
        return
    latest = (
        "SELECT p.id FROM {parent} p WHERE p.child_id = s.child_id AND NOT p.withdrawn "
        "AND p.started_on <= s.{day} AND (p.ended_on IS NULL OR p.ended_on >= s.{day}) "
        "ORDER BY p.started_on DESC LIMIT 1"
    )
    sql.run(
        "UPDATE {table} AS s SET {column} = (" + latest + ") "
        "WHERE s.fate IS NULL AND s.{column} IS NULL AND s.child_id IS NOT NULL",
        table=stage.name,
        column=field.column,
        parent=parent._meta.db_table,
        day=stage.recipe.dated,
    )


def _within(table: str, day: str, column: str, kind: str) -> None:
    sql.run(
        "CREATE INDEX IF NOT EXISTS {i} ON {p} (child_id)", i=f"{kind}_child", p=f"stage_{kind}"
    )
    latest = (
        "SELECT p.target_id FROM {parent} p WHERE p.child_id = s.child_id "
        "AND p.fate IN ('created', 'changed', 'unchanged') AND p.started_on <= s.{day} "
        "AND (p.ended_on IS NULL OR p.ended_on >= s.{day}) ORDER BY p.started_on DESC LIMIT 1"
    )
    sql.run(
        "UPDATE {table} AS s SET {column} = (" + latest + ") "
        "WHERE s.fate IS NULL AND s.{column} IS NULL AND s.child_id IS NOT NULL",
        table=table,
        column=column,
        parent=f"stage_{kind}",
        day=day,
    )


@dataclass(frozen=True, slots=True)
class Latest:
    """A column that holds only the latest day of something: each new value is a new event."""

    stage: str
    day: str
    table: str
    column: str
    owner: str
    owner_id: str


LATEST = (
    Latest(
        "stage_care_leaver",
        "contacted_on",
        "casework_advisercontact",
        "contacted_on",
        "care_leaver_id",
        "target_id",
    ),
    Latest(
        "stage_care_leaver",
        "reviewed_on",
        "casework_pathwayplanreview",
        "reviewed_on",
        "care_leaver_id",
        "target_id",
    ),
    Latest(
        "stage_care_episode",
        "officer_contact_on",
        "casework_reviewingofficercontact",
        "contacted_on",
        "care_period_id",
        "care_period_id",
    ),
)


def latest_events(today: str) -> None:
    """Add an event for each latest day that is new; a row that brings one has changed."""
    for latest in LATEST:
        new = sql.phrase(
            "s.fate IN ('created', 'changed', 'unchanged') AND s.{day} IS NOT NULL "
            "AND s.{day} <= %s AND s.{owner_id} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "
            "{table} e WHERE e.{owner} = s.{owner_id} AND e.{column} = s.{day})",
            day=latest.day,
            owner_id=latest.owner_id,
            table=latest.table,
            owner=latest.owner,
            column=latest.column,
        )
        sql.run(
            "UPDATE {stage} AS s SET fate = 'changed' WHERE s.fate = 'unchanged' AND " + new,
            [today],
            stage=latest.stage,
        )
        sql.run(
            "INSERT INTO {table} (child_id, withdrawn, {owner}, {column}) "
            "SELECT DISTINCT s.child_id, FALSE, s.{owner_id}, s.{day} FROM {stage} s WHERE " + new,
            [today],
            table=latest.table,
            owner=latest.owner,
            column=latest.column,
            owner_id=latest.owner_id,
            day=latest.day,
            stage=latest.stage,
        )


def fates_of_names() -> None:
    """A name on the roster is folded into its child where it fills a blank."""
    sql.run(
        "UPDATE stage_child_name AS s SET fate = CASE WHEN p.fate IN ('created', 'changed') "
        "AND p.forename = s.forename AND p.surname = s.surname THEN 'folded' ELSE 'unchanged' END "
        "FROM stage_child p WHERE s.fate IS NULL AND p.key = s.key "
        "AND p.fate IN ('created', 'changed', 'unchanged')"
    )
    sql.run(
        "UPDATE stage_child_name AS s SET fate = CASE WHEN c.forename = '' AND c.surname = '' "
        "THEN 'folded' ELSE 'unchanged' END FROM people_child c "
        "WHERE s.fate IS NULL AND c.id = s.child_id"
    )


def fill_names() -> None:
    """Give known children the names of a roster that came without an extract."""
    sql.run(
        "UPDATE people_child AS c SET forename = s.forename, surname = s.surname "
        "FROM stage_child_name s WHERE s.fate = 'folded' AND c.id = s.child_id "
        "AND c.forename = '' AND c.surname = ''"
    )
