"""Rows of one key in several files, or in several tables that tell of one record.

Set against set, in SQL: a return of ten years names most of its children ten times.
"""

from __future__ import annotations

from evenhand.imports import sql
from evenhand.imports.findings import FOLDED, Finding, Findings
from evenhand.imports.recipes import Recipe
from evenhand.imports.staging import Stage

PLACES = ("part", "turn", "line", "ref")
"""Columns that say where a row stands, not what it tells."""


def superseded(stage: Stage, findings: Findings) -> None:
    """Let the latest file that has a key speak; earlier rows of it are folded, or duplicates.

    What an earlier row says otherwise than the later is noted. Rows of recipes that fold are left
    to :func:`fold`.
    """
    if any(recipe.folds for recipe in stage.recipes) or not _has_turns(stage):
        return
    sql.run("DROP TABLE IF EXISTS stage_latest")
    sql.run(
        "CREATE TEMPORARY TABLE stage_latest AS SELECT key, min(turn) AS turn FROM {name} "
        "WHERE fate IS NULL AND key IS NOT NULL GROUP BY key HAVING min(turn) < max(turn)",
        name=stage.name,
    )
    sql.run("CREATE INDEX stage_latest_key ON stage_latest (key)")
    told = [c for c in stage.filled if c not in (*PLACES, "key")]
    for recipe, column in ((r, c) for r in stage.recipes[:1] for c in told):
        _contradicted(stage, recipe, column, findings)
    differing = " OR ".join(sql.phrase("s.{c} {differs} l.{c}", c=c) for c in told) or "1 = 0"
    with sql.aside():
        sql.run(
            f"UPDATE {{name}} AS s SET fate = CASE WHEN {differing} THEN 'folded' "
            "ELSE 'duplicate' END FROM {name} l, stage_latest k "
            "WHERE k.key = s.key AND l.key = k.key AND l.turn = k.turn AND s.turn > k.turn "
            "AND s.fate IS NULL AND l.fate IS NULL",
            name=stage.name,
        )
    sql.run("DROP TABLE stage_latest")


def _has_turns(stage: Stage) -> bool:
    return bool(sql.one("SELECT 1 FROM {name} WHERE turn > 0 LIMIT 1", name=stage.name))


def _contradicted(stage: Stage, recipe: Recipe, column: str, findings: Findings) -> None:
    met = sql.rows(
        "SELECT s.part, s.line, s.key, s.{column}, l.{column}, l.line FROM {name} s "
        "JOIN stage_latest k ON k.key = s.key AND s.turn > k.turn "
        "JOIN {name} l ON l.key = k.key AND l.turn = k.turn AND l.fate IS NULL "
        "WHERE s.fate IS NULL AND s.{column} <> l.{column} "
        "AND CAST(s.{column} AS text) <> '' AND CAST(l.{column} AS text) <> ''",
        name=stage.name,
        column=column,
    )
    for part, line, key, was, now, at in met:
        cell = cell_of(stage.recipe_of(part), column)
        findings.add(
            Finding(
                table=recipe.table,
                part=part,
                line=line,
                fate=FOLDED,
                rule="SSD-K04",
                key=str(key)[:120],
                column=cell,
                found=str(was)[:500],
                sentence=f"{cell} is {was} here and {now} in a later file, on line {at:,}: the "
                "later stands.",
                remedy="Nothing need be done if the later file is right.",
            )
        )


def fold(stage: Stage) -> None:
    """Make the rows of one key one record: the first of the latest file, its blanks filled."""
    sql.run("DROP TABLE IF EXISTS stage_fold")
    sql.run(
        "CREATE TEMPORARY TABLE stage_fold AS SELECT key, part, line, n FROM (SELECT key, part, "
        "line, row_number() OVER (PARTITION BY key ORDER BY turn, part, line) AS n, "
        "count(*) OVER (PARTITION BY key) AS of FROM {name} "
        "WHERE fate IS NULL AND key IS NOT NULL) AS placed WHERE of > 1",
        name=stage.name,
    )
    sql.run("CREATE INDEX stage_fold_place ON stage_fold (part, line, key)")
    with sql.aside():
        for column in (c for c in stage.filled if c not in (*PLACES, "key")):
            _fill_blank(stage, column)
        sql.run(
            "UPDATE {name} AS s SET fate = 'folded' FROM stage_fold f WHERE s.fate IS NULL "
            "AND f.part = s.part AND f.line = s.line AND f.key = s.key AND f.n > 1",
            name=stage.name,
        )
    sql.run("DROP TABLE stage_fold")


def _fill_blank(stage: Stage, column: str) -> None:
    blank = "({t}.{{c}} IS NULL OR CAST({t}.{{c}} AS text) IN ('', '{{{{}}}}', '[]'))"
    filled = (
        f"SELECT x.{{c}} FROM {{name}} x WHERE x.key = s.key AND x.fate IS NULL "
        f"AND NOT {blank.format(t='x')} ORDER BY x.turn, x.part, x.line LIMIT 1"
    )
    sql.run(
        f"UPDATE {{name}} AS s SET {{c}} = ({filled}) FROM stage_fold f "
        "WHERE f.n = 1 AND f.part = s.part AND f.line = s.line AND f.key = s.key "
        f"AND s.fate IS NULL AND {blank.format(t='s')} AND EXISTS ({filled})",
        name=stage.name,
        c=column,
    )


def cell_of(recipe: Recipe, column: str) -> str:
    """The column of the file that a staged column comes from."""
    if column == "key":
        return recipe.key[0]
    if column == "child_key":
        return recipe.child[0] if recipe.child else recipe.key[0]
    for field in recipe.fields:
        if column in (field.column, f"{field.column}_key"):
            return field.sources[0]
    return column


def share_fates(stage: Stage, part: int, counting: Stage) -> None:
    """Let rows that make a second record share the fate that the first was given by itself."""
    _share(stage, part, counting, "c.fate IS NOT NULL")


def share_refusals(stage: Stage, part: int, counting: Stage) -> None:
    """Let rows that make a second record be refused with the first."""
    _share(stage, part, counting, "c.fate = 'quarantined'")


def _share(stage: Stage, part: int, counting: Stage, which: str) -> None:
    sql.run(
        "CREATE INDEX IF NOT EXISTS {index} ON {counting} (part, line)",
        index=f"{counting.name}_place",
        counting=counting.name,
    )
    with sql.aside():
        sql.run(
            "UPDATE {name} AS s SET fate = c.fate FROM {counting} c WHERE s.part = %s "
            f"AND s.fate IS NULL AND c.part = s.part AND c.line = s.line AND {which}",
            [part],
            name=stage.name,
            counting=counting.name,
        )
