"""Periods of care, placements and legal statuses, laid out from the episodes of the SSDA903 return.

A row of Episodes is a stretch of care with one legal status and one placement. Rows follow one
another into a period of care (from a row that starts it, S, to one that ends it otherwise than by
X1), into a placement (which goes on over a change of legal status, L) and into a legal status.
Years' returns tell the same row again, so a spell is known by the rows that were told before. One
whose beginning no file has told has no beginning: it is never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from evenhand.imports import sql

TABLES: Final = ("stage_told", "stage_row", "stage_spell", "stage_known_spell")
LIVE: Final = "fate IN ('created', 'changed', 'unchanged')"
_ORDER: Final = "ORDER BY started_on, key"


@dataclass(frozen=True, slots=True)
class Spell:
    """One kind of spell: its numbering in ``stage_row``, and the row that begins it itself.

    ``begins`` is the condition on a spell's first row under which the spell began on that day.
    ``link`` is the column by which an episode that was told before points at its spell. ``goes_on``
    is the condition under which a spell that began on its first row is one that was told before.
    """

    kind: str
    number: str
    begins: str
    table: str
    link: str
    goes_on: str = "k.key IS NOT NULL"


PERIOD: Final = Spell(
    "care_period", "run", "f.start_reason = 'S'", "casework_careperiod", "care_period_id"
)
PLACEMENT: Final = Spell(
    "placement", "stay", "f.start_reason NOT IN ('', 'L')", "casework_placement", "placement_id"
)
STATUS: Final = Spell(
    "legal_status",
    "status",
    "(f.run_place > 1 OR f.start_reason IN ('S', 'L', 'B', 'U'))",
    "casework_legalstatus",
    "",
    "replace(k.key, '|before', '') <> k.key",
)


def care_periods(*, whole: bool) -> None:
    """Number the rows of every child into spells, and stage the periods of care.

    Where the batch is not whole, the children's rows that were told before take part.
    """
    _drop(TABLES)
    _take()
    if not whole:
        _take_told()
    _number()
    _lay_out(PERIOD)
    ended = "l.ended_on IS NOT NULL AND l.end_reason NOT IN ('', 'X1')"
    sql.run(
        "INSERT INTO stage_care_period "
        "(key, line, child_key, started_on, ended_on, end_reason) "
        "SELECT s.key, f.line, s.child_key, s.started_on, "
        f"CASE WHEN {ended} THEN l.ended_on END, CASE WHEN {ended} THEN l.end_reason ELSE '' END "
        + _FIRST_AND_LAST
    )
    _point_at(PERIOD, "stage_care_episode", "care_period_id_key")
    _reviews()


def placements(*, whole: bool) -> None:  # noqa: ARG001 (asked of every one)
    """Stage the placements: one over all the rows until the child moves."""
    _lay_out(PLACEMENT)
    moved = "l.stay_ends = 1 OR l.end_reason NOT IN ('', 'X1') OR l.change_reason <> ''"
    sql.run(
        "INSERT INTO stage_placement (key, line, child_key, care_period_id_key, started_on, "
        "ended_on, kind, provider, urn, postcode, change_reason) "
        "SELECT s.key, f.line, s.child_key, l.care_period_id_key, s.started_on, "
        f"CASE WHEN {moved} THEN l.ended_on END, l.place, l.provider, l.urn, l.postcode, "
        "l.change_reason " + _FIRST_AND_LAST
    )
    _point_at(PLACEMENT, "stage_care_episode", "placement_id_key")


def legal_statuses(*, whole: bool) -> None:  # noqa: ARG001 (asked of every one)
    """Stage the legal statuses: one over all the rows until the status changes."""
    _lay_out(STATUS)
    changed = "l.status_ends = 1 OR l.end_reason NOT IN ('', 'X1')"
    sql.run(
        "INSERT INTO stage_legal_status "
        "(key, line, child_key, care_period_id_key, status, started_on, ended_on) "
        "SELECT s.key, f.line, s.child_key, l.care_period_id_key, l.legal_status, s.started_on, "
        f"CASE WHEN {changed} THEN l.ended_on END "
        + _FIRST_AND_LAST
        + " WHERE l.legal_status <> ''"
    )
    _drop(TABLES)


def _drop(tables: tuple[str, ...]) -> None:
    for table in tables:
        sql.run("DROP TABLE IF EXISTS {table}", table=table)


_ROW: Final = (
    "key, child_key, line, started_on, start_reason, ended_on, end_reason, legal_status, place, "
    "provider, urn, postcode, change_reason, care_period_id_key, placement_id_key"
)


def _take() -> None:
    """The rows of this batch that can be taken, of children who are known."""
    sql.run(
        f"CREATE TEMPORARY TABLE stage_told AS SELECT {_ROW} FROM stage_care_episode e "
        f"WHERE e.fate IS NULL AND {_OF_A_CHILD}"
    )


def _take_told() -> None:
    """The other rows of the same children that the same source told before."""
    sql.run(
        f"INSERT INTO stage_told ({_ROW}) SELECT r.key, k.key, 0, c.started_on, c.start_reason, "
        "c.ended_on, c.end_reason, coalesce((SELECT s.status FROM casework_legalstatus s "
        "WHERE s.child_id = c.child_id AND NOT s.withdrawn AND (s.started_on IS NULL OR "
        "s.started_on <= c.started_on) AND (s.ended_on IS NULL OR s.ended_on > c.started_on) "
        "ORDER BY s.started_on DESC LIMIT 1), ''), coalesce(p.kind, ''), coalesce(p.provider, ''), "
        "coalesce(p.urn, ''), coalesce(p.postcode, ''), coalesce(p.change_reason, ''), NULL, NULL "
        "FROM sources_sourcereference k JOIN sources_sourcereference r "
        "ON r.source_id = k.source_id AND r.kind = 'care_episode' AND r.withdrawn_in_id IS NULL "
        "JOIN casework_careepisode c ON c.id = r.target_id AND c.child_id = k.target_id "
        "LEFT JOIN casework_placement p ON p.id = c.placement_id "
        "WHERE k.kind = 'child' AND k.key IN (SELECT child_key FROM stage_told) "
        "AND r.key NOT IN (SELECT key FROM stage_told)"
    )


def _number() -> None:
    """Put the rows of each child in order, and number the spells that they make.

    ``nth`` numbers the rows of a child; ``run``, ``stay`` and ``status`` its periods, placements
    and statuses, none of which goes down as ``nth`` goes up. ``stay_ends`` and ``status_ends``
    mark a row that another of the same period follows.
    """
    taken = (
        "SELECT e.*, lag(e.end_reason) OVER w AS left_by, row_number() OVER w AS nth "
        f"FROM stage_told e WINDOW w AS (PARTITION BY child_key {_ORDER})"
    )
    runs = (
        "SELECT t.*, sum(CASE WHEN start_reason = 'S' OR left_by NOT IN ('', 'X1') "
        f"THEN 1 ELSE 0 END) OVER (PARTITION BY child_key {_ORDER}) AS run FROM ({taken}) AS t"
    )
    placed = (
        f"SELECT r.*, row_number() OVER w AS run_place, lead(key) OVER w AS follows, "
        f"lag(legal_status) OVER w AS status_before FROM ({runs}) AS r "
        f"WINDOW w AS (PARTITION BY child_key, run {_ORDER})"
    )
    begins = "SELECT p.*, " + _begins("stay", "start_reason <> 'L'")
    begins += ", " + _begins("status", "status_before {differs} legal_status")
    sql.run(
        "CREATE TEMPORARY TABLE stage_row AS SELECT b.*, "
        f"sum(stay_begins) OVER (PARTITION BY child_key {_ORDER}) AS stay, "
        f"sum(status_begins) OVER (PARTITION BY child_key {_ORDER}) AS status, "
        "CASE WHEN follows IS NULL THEN 0 ELSE 1 END AS stay_ends, "
        "CASE WHEN follows IS NULL THEN 0 ELSE 1 END AS status_ends "
        f"FROM ({begins} FROM ({placed}) AS p) AS b"
    )
    sql.run("CREATE INDEX stage_row_key ON stage_row (key)")
    sql.run("CREATE INDEX stage_row_nth ON stage_row (child_key, nth)")


_OF_A_CHILD: Final = (
    f"(e.child_key IN (SELECT key FROM stage_child WHERE {LIVE}) OR e.child_key IN "
    "(SELECT key FROM sources_sourcereference WHERE kind = 'child' AND withdrawn_in_id IS NULL))"
)


def _begins(name: str, condition: str) -> str:
    return f"CASE WHEN run_place = 1 OR {condition} THEN 1 ELSE 0 END AS {name}_begins"


def _lay_out(spell: Spell) -> None:
    """Make one row of each spell: its key, its child, and the keys of its first and last row."""
    _drop(("stage_spell", "stage_known_spell"))
    _known(spell)
    sql.run(
        "CREATE TEMPORARY TABLE stage_spell AS SELECT f.child_key, b.number, f.key AS first_key, "
        f"l.key AS last_key, CASE WHEN {spell.begins} AND ({spell.goes_on}) THEN k.key "
        f"WHEN {spell.begins} THEN f.key ELSE coalesce(k.key, f.key || '|before') END AS key, "
        "CASE WHEN " + spell.begins + " THEN f.started_on ELSE k.started_on END AS started_on FROM "
        f"(SELECT child_key, {spell.number} AS number, min(nth) AS first, max(nth) AS last "
        f"FROM stage_row GROUP BY child_key, {spell.number}) AS b "
        "JOIN stage_row f ON f.child_key = b.child_key AND f.nth = b.first "
        "JOIN stage_row l ON l.child_key = b.child_key AND l.nth = b.last "
        "LEFT JOIN stage_known_spell k ON k.child_key = f.child_key AND k.number = b.number"
    )
    sql.run("CREATE INDEX stage_spell_child ON stage_spell (child_key, number)")


def _known(spell: Spell) -> None:
    """Find the spells that were told before: by the episodes that they were made of, and a legal
    status by its child, its code and its days."""
    found = _BY_EPISODE if spell.link else _BY_DAYS
    sql.run(
        "CREATE TEMPORARY TABLE stage_known_spell AS SELECT child_key, key, min(number) AS number, "
        "min(started_on) AS started_on FROM (SELECT s.child_key, min(p.key) AS key, "
        f"s.{spell.number} AS number, min(t.started_on) AS started_on FROM stage_row s "
        + found.format(table=spell.table, kind=spell.kind, link=spell.link)
        + f" GROUP BY s.child_key, s.{spell.number}) AS every GROUP BY child_key, key"
    )
    sql.run("CREATE INDEX stage_known_spell_child ON stage_known_spell (child_key, number)")


_BY_EPISODE: Final = (
    "JOIN sources_sourcereference e ON e.kind = 'care_episode' AND e.key = s.key "
    "JOIN casework_careepisode c ON c.id = e.target_id JOIN {table} t ON t.id = c.{link} "
    "JOIN sources_sourcereference p ON p.kind = '{kind}' AND p.target_id = t.id "
    "AND p.source_id = e.source_id"
)
_BY_DAYS: Final = (
    "JOIN sources_sourcereference e ON e.kind = 'child' AND e.key = s.child_key "
    "JOIN {table} t ON t.child_id = e.target_id AND t.status = s.legal_status "
    "AND (t.started_on IS NULL OR t.started_on <= s.started_on) "
    "AND (t.ended_on IS NULL OR t.ended_on > s.started_on) "
    "JOIN sources_sourcereference p ON p.kind = '{kind}' AND p.target_id = t.id "
    "AND p.source_id = e.source_id"
)

_FIRST_AND_LAST: Final = (
    "FROM stage_spell s JOIN stage_row f ON f.key = s.first_key "
    "JOIN stage_row l ON l.key = s.last_key"
)


def _point_at(spell: Spell, table: str, column: str) -> None:
    """Let the staged episodes, and the rows laid out from them, name their spell."""
    for name in (table, "stage_row"):
        sql.run(
            "UPDATE {name} AS e SET {column} = s.key FROM stage_row r, stage_spell s "
            f"WHERE r.key = e.key AND s.child_key = r.child_key AND s.number = r.{spell.number}",
            name=name,
            column=column,
        )


def _reviews() -> None:
    """Let each review name the period it was held in: the latest that had begun by then."""
    latest = (
        "SELECT s.key FROM stage_spell s JOIN stage_row f ON f.key = s.first_key "
        "JOIN stage_care_period p ON p.key = s.key WHERE s.child_key = v.child_key "
        "AND f.started_on <= v.held_on AND (p.ended_on IS NULL OR p.ended_on >= v.held_on) "
        "ORDER BY f.started_on DESC LIMIT 1"
    )
    sql.run(f"UPDATE stage_looked_after_review AS v SET care_period_id_key = ({latest})")
