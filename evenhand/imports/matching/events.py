"""Whether an event that a source tells for the first time is known from another source.

Of one child and one kind: first those on the same day, where as many stand on either side; then
the nearest within the pack's days, one to one. Two that are equally near are for a person.
"""

from __future__ import annotations

from typing import Any

from evenhand.casework.models import Event
from evenhand.imports import ranking, sql
from evenhand.imports.checks import Checker
from evenhand.imports.matching import doubt, windows
from evenhand.imports.staging import Stage

SEEKING = "s.fate IS NULL AND s.known IS NULL AND s.child_id IS NOT NULL"
TABLES = ("stage_seeker", "stage_kin", "stage_candidate", "stage_pair", "stage_found",
          "stage_left", "stage_right")  # fmt: skip
MOST_ROUNDS = 50


def find_events(stage: Stage, source_id: int, checker: Checker) -> None:
    """Find the records of a stage's rows that other sources told of before."""
    if not stage.has_withdrawn or not stage.recipe.child or _is_undated_work(stage):
        return
    others = ranking.others_of(source_id, stage.recipe.kind)
    if not others:
        return
    with sql.aside():
        _seekers(stage, source_id)
        _candidates(stage, source_id, others)
        _same_day(stage)
        _nearest(stage)
        _mark(stage)
    _refuse(stage, checker)
    for table in TABLES:
        sql.run("DROP TABLE IF EXISTS {table}", table=table)


def _is_undated_work(stage: Stage) -> bool:
    """Whether it says only that somebody works with a child, and not since when."""
    return not stage.recipe.dated and not issubclass(stage.model, Event)


def _table(name: str, columns: str) -> None:
    sql.run("DROP TABLE IF EXISTS {name}", name=name)
    sql.run(sql.phrase("CREATE TEMPORARY TABLE {name}", name=name) + f" ({columns})")


def _day(stage: Stage, of: str) -> str:
    """The day of a record: when it was held or began, else for when it was planned."""
    recipe = stage.recipe
    if not recipe.dated:
        return "NULL"
    if not recipe.planned:
        return sql.phrase(f"{of}.{{day}}", day=recipe.dated)
    return sql.phrase(
        f"coalesce({of}.{{day}}, {of}.{{planned}})", day=recipe.dated, planned=recipe.planned
    )


def _end(stage: Stage, of: str) -> str:
    ends = stage.recipe.ends or ("ended_on" if "ended_on" in stage.filled else "")
    return sql.phrase(f"{of}.{{ends}}", ends=ends) if ends else "NULL"


def _seekers(stage: Stage, source_id: int) -> None:
    apart = doubt.decided_apart(stage, source_id)
    left_out = f" AND s.key NOT IN ({', '.join(['%s'] * len(apart))})" if apart else ""
    _table("stage_seeker", "key text, child_id bigint, day date, ends date, target_id bigint")
    sql.run(
        f"INSERT INTO stage_seeker SELECT s.key, coalesce(c.merged_into_id, c.id), "
        f"{_day(stage, 's')}, {_end(stage, 's')}, NULL FROM {{name}} s "
        f"JOIN people_child c ON c.id = s.child_id WHERE {SEEKING}{left_out}",
        apart,
        name=stage.name,
    )
    sql.run("CREATE INDEX stage_seeker_child ON stage_seeker (child_id, day)")
    sql.run("CREATE INDEX stage_seeker_key ON stage_seeker (key)")
    _table("stage_kin", "child_id bigint PRIMARY KEY, kept_id bigint")
    sql.run(
        "INSERT INTO stage_kin SELECT id, coalesce(merged_into_id, id) FROM people_child "
        "WHERE coalesce(merged_into_id, id) IN (SELECT child_id FROM stage_seeker)"
    )


def _candidates(stage: Stage, source_id: int, others: list[int]) -> None:
    """Records of these children and this kind that another source holds and this one does not.

    The plus keeps both databases from looking references up by source: there are few sources.
    """
    of_kind = "r.target = %s AND r.target_id = t.id"
    label = stage.model._meta.label_lower
    constants = dict(stage.recipe.constants)
    same = "".join(sql.phrase(" AND t.{c} = %s", c=column) for column in constants)
    _table("stage_candidate", "target_id bigint, child_id bigint, day date, ends date")
    sql.run(
        f"INSERT INTO stage_candidate SELECT t.id, k.kept_id, {_day(stage, 't')}, "
        f"{_end(stage, 't')} FROM stage_kin k CROSS JOIN {{table}} t WHERE t.child_id = k.child_id "
        f"AND EXISTS (SELECT 1 FROM sources_sourcereference r WHERE {of_kind} "
        f"AND +r.source_id IN ({ranking.listed(others)}) AND r.withdrawn_in_id IS NULL) "
        f"AND NOT EXISTS (SELECT 1 FROM sources_sourcereference r WHERE {of_kind} "
        f"AND +r.source_id = %s){same}",
        [label, label, source_id, *constants.values()],
        table=stage.table,
    )
    sql.run("CREATE INDEX stage_candidate_child ON stage_candidate (child_id, day)")
    sql.run("CREATE INDEX stage_candidate_target ON stage_candidate (target_id)")
    for table in ("stage_seeker", "stage_candidate"):
        if not sql.is_sqlite():
            sql.run("ANALYZE {table}", table=table)


FREE_SEEKERS = (
    "SELECT key, child_id, day, ends, row_number() OVER w AS n, count(*) OVER ({on}) AS many "
    "FROM stage_seeker WHERE target_id IS NULL WINDOW w AS ({on} ORDER BY key)"
)
FREE_CANDIDATES = (
    "SELECT target_id, child_id, day, ends, row_number() OVER w AS n, "
    "count(*) OVER ({on}) AS many FROM stage_candidate c WHERE NOT EXISTS "
    "(SELECT 1 FROM stage_seeker s WHERE s.target_id = c.target_id) "
    "WINDOW w AS ({on} ORDER BY target_id)"
)


def _same_day(stage: Stage) -> None:
    """As many on either side on one day (and with one end) are taken in order; undated alike."""
    sql.run("CREATE INDEX stage_seeker_found ON stage_seeker (target_id)")
    if not stage.recipe.dated:
        _pair("PARTITION BY child_id", "")
        return
    if _end(stage, "s") != "NULL":
        _pair("PARTITION BY child_id, day, ends", "AND c.day = f.day AND c.ends = f.ends")
    _pair("PARTITION BY child_id, day", "AND c.day = f.day")
    if _end(stage, "s") != "NULL":
        _begun_unknown()


def _begun_unknown() -> None:
    """What began on a day that no file tells is the one record with the same end, or no end yet."""
    same = f"coalesce(CAST(ends AS text), '{NO_END}')"
    _pair(f"PARTITION BY child_id, {same}",
          f"AND f.day IS NULL AND f.many = 1 AND {_of('c', same)} = {_of('f', same)}")  # fmt: skip


NO_END = "none yet"


def _of(table: str, expression: str) -> str:
    return expression.replace("ends", f"{table}.ends")


def _pair(on: str, same: str) -> None:
    for name, rows in (("stage_left", FREE_SEEKERS), ("stage_right", FREE_CANDIDATES)):
        sql.run("DROP TABLE IF EXISTS {name}", name=name)
        sql.run(f"CREATE TEMPORARY TABLE {name} AS {rows.replace('{on}', on)}")
        sql.run(f"CREATE INDEX {name}_child ON {name} (child_id, day)")
    sql.run("DROP TABLE IF EXISTS stage_found")
    sql.run(
        "CREATE TEMPORARY TABLE stage_found AS SELECT f.key, c.target_id FROM stage_left f "
        f"CROSS JOIN stage_right c WHERE c.child_id = f.child_id {same} "
        "AND c.n = f.n AND c.many = f.many"
    )
    sql.run("CREATE INDEX stage_found_key ON stage_found (key)")
    sql.run(
        "UPDATE stage_seeker AS s SET target_id = p.target_id FROM stage_found p "
        "WHERE p.key = s.key AND s.target_id IS NULL"
    )


def _nearest(stage: Stage) -> None:
    """Take those that are nearest to one another, again and again until none are left so."""
    within = windows.days_apart(stage.recipe.kind)
    apart = f"abs({sql.days_between('f.day', 'c.day')})"
    _table("stage_pair", "key text, target_id bigint, apart integer")
    sql.run(
        f"INSERT INTO stage_pair SELECT f.key, c.target_id, {apart} * 2 + "
        "CASE WHEN f.ends = c.ends THEN 0 ELSE 1 END FROM stage_seeker f "
        "CROSS JOIN stage_candidate c WHERE c.child_id = f.child_id "
        f"AND f.target_id IS NULL AND {apart} <= %s AND NOT EXISTS "
        "(SELECT 1 FROM stage_seeker s WHERE s.target_id = c.target_id)",
        [within],
    )
    sql.run("CREATE INDEX stage_pair_key ON stage_pair (key)")
    sql.run("CREATE INDEX stage_pair_target ON stage_pair (target_id)")
    for _ in range(MOST_ROUNDS):
        if not _take_nearest():
            return


BEST = (
    "SELECT key, target_id FROM (SELECT key, target_id, apart, "
    "rank() OVER (PARTITION BY key ORDER BY apart) AS for_key, "
    "rank() OVER (PARTITION BY target_id ORDER BY apart) AS for_target, "
    "count(*) OVER (PARTITION BY key, apart) AS tied_for_key, "
    "count(*) OVER (PARTITION BY target_id, apart) AS tied_for_target FROM stage_pair) AS ranked "
    "WHERE for_key = 1 AND for_target = 1 AND tied_for_key = 1 AND tied_for_target = 1"
)


def _take_nearest() -> int:
    taken = sql.run(
        f"UPDATE stage_seeker AS s SET target_id = b.target_id FROM ({BEST}) AS b "
        "WHERE b.key = s.key AND s.target_id IS NULL"
    )
    sql.run(
        "DELETE FROM stage_pair WHERE key IN "
        "(SELECT key FROM stage_seeker WHERE target_id IS NOT NULL) OR target_id IN "
        "(SELECT target_id FROM stage_seeker WHERE target_id IS NOT NULL)"
    )
    return taken


def _mark(stage: Stage) -> None:
    sql.run(
        "UPDATE {name} AS s SET target_id = f.target_id, known = 1, matched = 1, "
        "was_withdrawn = CASE WHEN t.withdrawn THEN 1 ELSE 0 END "
        f"FROM stage_seeker f, {{table}} t WHERE {SEEKING} AND f.key = s.key "
        "AND f.target_id IS NOT NULL AND t.id = f.target_id",
        name=stage.name,
        table=stage.table,
    )


def _refuse(stage: Stage, checker: Checker) -> None:
    words = stage.recipe.kind.replace("_", " ")

    def sentence(value: Any) -> str:
        return (
            f"other sources have several events of this kind ({words}) that lie equally near to "
            f"{value}, or this one has several near to theirs: which is which cannot be told."
        )

    doubt.quarantine(
        stage,
        checker,
        f"{SEEKING} AND EXISTS (SELECT 1 FROM stage_pair p WHERE p.key = s.key)",
        rule=doubt.TWO_EVENTS,
        column=stage.recipe.dated or "key",
        sentence=sentence,
        remedy="Open the row and say which event it is, or correct the day in the system that it "
        "comes from.",
    )
