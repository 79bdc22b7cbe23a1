"""Whose a child is now: the worker and team, and whether the case is open."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any

import yaml
from django.utils import timezone

from evenhand.history.actions import Happening
from evenhand.history.models import Entry
from evenhand.imports import sql
from evenhand.imports.merging import entry, in_batches
from evenhand.sources.models import ImportBatch

OPEN = """
SELECT child_id FROM casework_referral WHERE NOT withdrawn AND closed_on IS NULL
AND (no_further_action IS NULL OR NOT no_further_action)
UNION SELECT child_id FROM casework_earlyhelpepisode WHERE NOT withdrawn AND ended_on IS NULL
UNION SELECT child_id FROM casework_needplan WHERE NOT withdrawn AND ended_on IS NULL
UNION SELECT child_id FROM casework_protectionplan WHERE NOT withdrawn AND ended_on IS NULL
UNION SELECT child_id FROM casework_careperiod WHERE NOT withdrawn AND ended_on IS NULL
UNION SELECT child_id FROM casework_careleaver WHERE NOT withdrawn
AND eligibility NOT IN ('', 'No current eligibility')
"""
ALLOCATED = """
SELECT child_id, worker_id, team_id, 1 AS place, starts_on AS since, id FROM people_involvement
WHERE NOT withdrawn AND (ends_on IS NULL OR ends_on > %s) AND upper(role) NOT IN ({beside})
UNION ALL
SELECT child_id, worker_id, team_id, 2, NULL, id FROM casework_careleaver
WHERE NOT withdrawn AND (worker_id IS NOT NULL OR team_id IS NOT NULL)
UNION ALL
SELECT child_id, worker_id, team_id, 3, received_on, id FROM casework_referral
WHERE NOT withdrawn AND closed_on IS NULL AND (worker_id IS NOT NULL OR team_id IS NOT NULL)
"""


@cache
def roles_beside() -> tuple[str, ...]:
    """The roles in which somebody is involved beside the allocated worker, in capitals."""
    text = resources.files(__package__).joinpath("roles.yaml").read_text(encoding="utf-8")
    return tuple(str(role).upper() for role in yaml.safe_load(text)["beside"])


def reallocate(batch: ImportBatch, today: str) -> int:
    """Bring each child's worker, team and open mark up to date; how many children changed."""
    _lay_out(today)
    in_batches(_entries(batch))
    return _write()


def follow_merge(happening: Happening) -> None:
    """Bring two children who were merged, or parted, up to date: a merged one is the kept one's."""
    pair = [happening.subject.pk, happening.child_id]
    _lay_out(timezone.localdate(happening.at).isoformat(), [pk for pk in pair if pk is not None])
    _write()


def _write() -> int:
    changed = sql.run(
        "UPDATE people_child AS c SET worker_id = a.worker_id, team_id = a.team_id, "
        "is_open = a.is_open FROM stage_allocation a WHERE a.child_id = c.id"
    )
    for table in TABLES:
        sql.run("DROP TABLE {table}", table=table)
    return changed


TABLES = ("stage_allocated", "stage_open", "stage_allocation")


def _lay_out(today: str, only: list[int] | None = None) -> None:
    """The children (or of some) whose worker, team or open mark is another than it was."""
    listed = "" if only is None else f" IN ({', '.join(str(int(pk)) for pk in only)})"
    of_some = f" WHERE child_id{listed}" if listed else ""
    _table("stage_allocated", "worker_id bigint, team_id bigint")
    marks = ", ".join(["%s"] * len(roles_beside()))
    sql.run(
        "INSERT INTO stage_allocated SELECT child_id, worker_id, team_id FROM ("
        "SELECT child_id, worker_id, team_id, row_number() OVER (PARTITION BY child_id "
        "ORDER BY place, CASE WHEN since IS NULL THEN 1 ELSE 0 END, since DESC, id DESC) AS n "
        f"FROM ({_canonical(ALLOCATED.replace('{beside}', marks), of_some)}) AS every) AS ranked "
        "WHERE n = 1",
        [today, *roles_beside()],
    )
    _table("stage_open", "is_open boolean")
    opened = _canonical(OPEN, of_some)
    sql.run(f"INSERT INTO stage_open SELECT DISTINCT child_id, TRUE FROM ({opened}) AS every")
    _table("stage_allocation", "worker_id bigint, team_id bigint, is_open boolean")
    sql.run(
        "INSERT INTO stage_allocation SELECT c.id, f.worker_id, f.team_id, "
        "coalesce(o.is_open, FALSE) FROM people_child c "
        "LEFT JOIN stage_allocated f ON f.child_id = coalesce(c.merged_into_id, c.id) "
        "LEFT JOIN stage_open o ON o.child_id = coalesce(c.merged_into_id, c.id) "
        "WHERE (c.worker_id {differs} f.worker_id OR c.team_id {differs} f.team_id "
        "OR c.is_open {differs} coalesce(o.is_open, FALSE))"
        + (f" AND c.id{listed}" if listed else "")
    )


def _canonical(rows: str, of_some: str) -> str:
    """Rows by child, those of a merged child by the one kept; a join only where any is merged."""
    some = f"SELECT * FROM ({rows}) AS each_one{of_some}"
    if not sql.one("SELECT 1 FROM people_child WHERE merged_into_id IS NOT NULL LIMIT 1"):
        return some
    others = ", e.worker_id, e.team_id, e.place, e.since, e.id" if "AS place" in rows else ""
    return (
        f"SELECT coalesce(m.merged_into_id, e.child_id) AS child_id{others} FROM ({some}) AS e "
        "LEFT JOIN people_child m ON m.id = e.child_id AND m.merged_into_id IS NOT NULL"
    )


def _table(name: str, columns: str) -> None:
    sql.run("DROP TABLE IF EXISTS {name}", name=name)
    sql.run(
        sql.phrase("CREATE TEMPORARY TABLE {name}", name=name)
        + f" (child_id bigint PRIMARY KEY, {columns})"
    )


def _entries(batch: ImportBatch) -> Iterator[Entry]:
    """History of those who were known before; a new child's first allocation is no change."""
    query = (
        "SELECT c.id, c.worker_id, a.worker_id, c.team_id, a.team_id, c.is_open, a.is_open "
        "FROM stage_allocation a JOIN people_child c ON c.id = a.child_id "
        "WHERE c.id NOT IN (SELECT target_id FROM stage_child WHERE fate = 'created')"
    )
    for child, *values in sql.each(query):
        changes: dict[str, Any] = {}
        for name, old, new in zip(
            ("worker_id", "team_id", "is_open"), values[::2], values[1::2], strict=True
        ):
            if old != new:
                changes[name] = [old, bool(new) if name == "is_open" else new]
        yield entry(batch, "people.child", child, child, changes, "import.allocated")
