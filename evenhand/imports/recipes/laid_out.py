"""Records that are made of several rows of an extract, laid out from the stages of those rows.

A period of care is all the rows with one identifier of it; families and mothers are named in rows
of their members and children.
"""

from __future__ import annotations

from evenhand.imports import sql


def families(*, whole: bool) -> None:  # noqa: ARG001 (asked of every one)
    """Stage one family for each identifier among the members."""
    sql.run(
        "INSERT INTO stage_family (key, ref, line) SELECT family_id_key, min(ref), min(line) "
        "FROM stage_family_member WHERE fate IS NULL GROUP BY family_id_key"
    )


def adults(*, whole: bool) -> None:  # noqa: ARG001 (asked of every one)
    """Stage one adult for each mother, with the names the extract has for her."""
    sql.run(
        "INSERT INTO stage_adult (key, ref, line, forename, surname, born_on) "
        "SELECT m.adult_id_key, min(m.ref), min(m.line), coalesce(min(c.forename), ''), "
        "coalesce(min(c.surname), ''), min(c.born_on) FROM stage_mother m "
        "LEFT JOIN stage_child c ON c.key = m.adult_id_key "
        "WHERE m.fate IS NULL GROUP BY m.adult_id_key"
    )


def care_periods(*, whole: bool) -> None:  # noqa: ARG001 (asked of every one)
    """Stage one period of care for each identifier among the episodes.

    It ends when all its episodes have, the last not merely to begin another (reason X1).
    """
    sql.run(
        "INSERT INTO stage_care_period (key, line, child_key, referral_id_key, started_on, "
        "ended_on, end_reason) SELECT care_period_id_key, min(line), min(child_key), "
        "min(referral_key), coalesce(min(entered_on), min(started_on)), "
        "CASE WHEN count(*) = count(ended_on) "
        "THEN max(CASE WHEN end_reason <> 'X1' THEN ended_on END) END, '' "
        "FROM stage_care_episode WHERE fate IS NULL GROUP BY care_period_id_key"
    )
    sql.run(
        "UPDATE stage_care_period AS s SET end_reason = e.end_reason FROM stage_care_episode e "
        "WHERE e.care_period_id_key = s.key AND e.ended_on = s.ended_on AND e.fate IS NULL "
        "AND e.end_reason <> 'X1'"
    )
    sql.run(
        "INSERT INTO stage_care_period (key, line, fate) "
        "SELECT e.care_period_id_key, min(e.line), 'quarantined' FROM stage_care_episode e "
        "WHERE e.care_period_id_key IS NOT NULL AND NOT EXISTS "
        "(SELECT 1 FROM stage_care_period p WHERE p.key = e.care_period_id_key) "
        "GROUP BY e.care_period_id_key"
    )
