"""Whose value stands in a record that another source holds too, decided on the stage.

The source of the higher rank for a kind leads: its values stand, others' different ones are only
listed. Where it has none the other's is taken, and so marked (``filled``): it stays that source's
own. A difference that a person settled for one source (``believed``) lets that source lead there.
"""

from __future__ import annotations

from django.db.models import Field as Column

from evenhand.imports import ranking, sql
from evenhand.imports.reconciling.fields import as_text, blank, compared, differ, is_listed
from evenhand.imports.staging import Stage
from evenhand.sources.models import Difference

FILLED, BELIEVED, LEFT = "filled", "believed", "left"
OPEN, OWN, HELD = "open", "own", "held"


def begin() -> None:
    """Lay out the tables in which a batch's shared records and their differences wait."""
    _table("stage_shared", "kind text, target_id bigint, other_id bigint, leads integer")
    sql.run("CREATE INDEX stage_shared_target ON stage_shared (target_id, kind)")
    _table(
        "stage_difference",
        "kind text, target text, source_id bigint, believed_id bigint, target_id bigint, "
        "child_id bigint, field text, held text, told text, mark text",
    )
    sql.run("CREATE INDEX stage_difference_target ON stage_difference (target_id, field)")


def end() -> None:
    """Drop them."""
    for table in ("stage_shared", "stage_difference"):
        sql.run("DROP TABLE IF EXISTS {table}", table=table)


def _table(name: str, columns: str) -> None:
    sql.run("DROP TABLE IF EXISTS {name}", name=name)
    sql.run(sql.phrase("CREATE TEMPORARY TABLE {name}", name=name) + f" ({columns})")


def share(stage: Stage, source_id: int) -> None:
    """Let each row's values give way where another source leads, and note what differs."""
    others = ranking.others_of(source_id, stage.recipe.kind) if stage.table else []
    if not others:
        return
    with sql.aside():
        if not _shared(stage, source_id, others):
            return
        columns = list(compared(stage))
        settled = Difference.objects.filter(
            target=stage.model._meta.label_lower, decision__in=(FILLED, BELIEVED)
        ).exists()
        for column in columns:
            _note(stage, source_id, column, settled=settled)
        _give_way(stage, source_id, columns, settled=settled)


def _shared(stage: Stage, source_id: int, others: list[int]) -> int:
    """The known records that another source holds, the best ranked of them, and who leads.

    A cross join, so that SQLite goes from the rows to their references and not the other way.
    """
    kind, label = stage.recipe.kind, stage.model._meta.label_lower
    place, mine = ranking.as_case(kind, "r.source_id"), ranking.ranks(kind)[source_id]
    return sql.run(
        f"INSERT INTO stage_shared SELECT %s, target_id, source_id, "
        f"CASE WHEN place > {mine} THEN 1 ELSE 0 END FROM (SELECT s.target_id, r.source_id, "
        f"{place} AS place, row_number() OVER (PARTITION BY s.target_id ORDER BY {place}) AS n "
        "FROM {name} s CROSS JOIN sources_sourcereference r WHERE r.target = %s "
        "AND r.target_id = s.target_id AND s.fate IS NULL AND s.known = 1 "
        f"AND +r.source_id IN ({ranking.listed(others)}) AND r.withdrawn_in_id IS NULL) AS held "
        "WHERE n = 1",
        [kind, label],
        name=stage.name,
    )


FROM = (
    "FROM {name} s JOIN stage_shared h ON h.target_id = s.target_id AND h.kind = %s "
    "JOIN {table} t ON t.id = s.target_id WHERE s.fate IS NULL AND s.known = 1 "
)


def _decided(stage: Stage, column: Column, decisions: str, whose: str) -> str:  # type: ignore[type-arg]
    """SQL: whether a person, or a blank, gave this column of a record to a source."""
    label = stage.model._meta.label_lower
    return (
        f"EXISTS (SELECT 1 FROM sources_difference d WHERE {whose} AND d.target = '{label}' "
        f"AND d.target_id = s.target_id AND d.field = '{column.column}' "
        f"AND d.standing = 'settled' AND d.decision IN ({decisions}))"
    )


def _note(stage: Stage, source_id: int, column: Column, *, settled: bool) -> None:  # type: ignore[type-arg]
    """Note where a column differs, where a blank was filled, and what leads there now."""
    mine, others = f"d.source_id = {source_id}", f"d.source_id <> {source_id}"
    own = _decided(stage, column, "'filled', 'believed'", mine) if settled else "1 = 0"
    told, held = as_text(column, "s"), as_text(column, "t")
    no_word, nothing = blank(column, "s"), blank(column, "t")
    me, other = str(source_id), "h.other_id"
    only_compared, newly_leads = "h.leads = 0", "h.leads = 1 AND s.matched = 1"
    if is_listed(stage, column):
        apart = f"NOT {no_word} AND NOT {nothing} AND {differ(column)}"
        _insert(stage, column, me, other, held, told, OPEN,
                f"{only_compared} AND NOT {own} AND {apart}")  # fmt: skip
        _insert(stage, column, other, me, told, held, OPEN, f"{newly_leads} AND {apart}")
    _insert(stage, column, me, other, "''", told, FILLED,
            f"{only_compared} AND NOT {own} AND {nothing} AND NOT {no_word}")  # fmt: skip
    _insert(stage, column, other, me, "''", held, FILLED,
            f"{newly_leads} AND {no_word} AND NOT {nothing}")  # fmt: skip
    if settled:
        _insert(stage, column, me, other, held, told, OWN, f"{only_compared} AND {own}")
    _insert_held(stage, source_id, column, told, others)


def _insert(
    stage: Stage, column: Column, source: str, believed: str, held: str, told: str, mark: str,
    where: str,
) -> None:  # type: ignore[type-arg]  # fmt: skip
    child = stage.child_of("t")
    sql.run(
        f"INSERT INTO stage_difference SELECT h.kind, %s, {source}, {believed}, t.id, {child}, "
        f"%s, {held}, {told}, %s {FROM} AND {where}",
        [stage.model._meta.label_lower, column.column, mark, stage.recipe.kind],
        name=stage.name,
        table=stage.table,
    )


def _insert_held(stage: Stage, source_id: int, column: Column, told: str, others: str) -> None:  # type: ignore[type-arg]
    """The leading source's word now, for the differences of others that are already kept."""
    label = stage.model._meta.label_lower
    child = stage.child_of("t")
    sql.run(
        f"INSERT INTO stage_difference SELECT h.kind, %s, d.source_id, {source_id}, t.id, {child}, "
        f"%s, {told}, d.told, %s FROM sources_difference d "
        "JOIN stage_shared h ON h.target_id = d.target_id AND h.kind = %s AND h.leads = 1 "
        "JOIN {name} s ON s.target_id = d.target_id AND s.fate IS NULL AND s.known = 1 "
        "JOIN {table} t ON t.id = d.target_id "
        f"WHERE {others} AND d.target = %s AND d.field = %s AND d.standing <> 'gone' "
        "AND NOT EXISTS (SELECT 1 FROM stage_difference x WHERE x.target = d.target "
        "AND x.target_id = d.target_id AND x.field = d.field AND x.source_id = d.source_id)",
        [label, column.column, HELD, stage.recipe.kind, label, column.column],
        name=stage.name,
        table=stage.table,
    )


def _give_way(stage: Stage, source_id: int, columns: list[Column], *, settled: bool) -> None:  # type: ignore[type-arg]
    for leads, value in ((0, _compared_only), (1, _leading)):
        settings = [
            sql.phrase("{c} = ", c=column.column) + value(stage, source_id, column, settled)
            for column in columns
        ]
        if stage.recipe.child:
            settings.append("child_id = t.child_id")
        if settings:
            sql.run(
                "UPDATE {name} AS s SET " + ", ".join(settings) + " FROM stage_shared h, {table} t "
                "WHERE h.target_id = s.target_id AND h.kind = %s AND h.leads = %s "
                "AND t.id = s.target_id AND s.fate IS NULL AND s.known = 1",
                [stage.recipe.kind, leads],
                name=stage.name,
                table=stage.table,
            )


def _compared_only(stage: Stage, source_id: int, column: Column, settled: bool) -> str:  # type: ignore[type-arg]
    mine = f"d.source_id = {source_id}"
    own = _decided(stage, column, "'filled', 'believed'", mine) if settled else "1 = 0"
    keeps = f"{own} OR {blank(column, 't')}"
    return sql.phrase(f"CASE WHEN {keeps} THEN s.{{c}} ELSE t.{{c}} END", c=column.column)


def _leading(stage: Stage, source_id: int, column: Column, settled: bool) -> str:  # type: ignore[type-arg]
    theirs = f"d.source_id <> {source_id}"
    pinned = _decided(stage, column, "'believed'", theirs) if settled else "1 = 0"
    filled = _decided(stage, column, "'filled'", theirs) if settled else "1 = 0"
    gives = f"{pinned} OR ({blank(column, 's')} AND (s.matched = 1 OR {filled}))"
    return sql.phrase(f"CASE WHEN {gives} THEN t.{{c}} ELSE s.{{c}} END", c=column.column)
