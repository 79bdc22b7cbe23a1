"""Whether a child whom a source tells for the first time is known from another source.

By the same identifier and a day of birth that fits; or by the same unique pupil number and the
same day of birth, unless an adoption order closed that record: nothing is joined across one.
Another day of birth, or two children, is for a person to decide.
"""

from __future__ import annotations

from evenhand.formats.faults import shown
from evenhand.imports import ranking, sql
from evenhand.imports.checks import Checker
from evenhand.imports.matching import doubt, windows
from evenhand.imports.staging import Stage

SEEKING = "s.fate IS NULL AND s.known IS NULL"
NOT_ADOPTED = "NOT EXISTS (SELECT 1 FROM people_adoptionorder o WHERE o.child_id = c.id)"
REMEDY = "Open the row and say which child it is, or correct it in the system that it comes from."


def find_children(stage: Stage, source_id: int, checker: Checker) -> None:
    """Find the children of a stage that other sources told of before; no effect on known rows."""
    others = ranking.others_of(source_id, "child")
    if not others or not stage.read:
        return
    with sql.aside():
        _lay_out()
        _by_identifier(stage, others, doubt.decided_apart(stage, source_id))
        if "upn" in stage.filled and "born_on" in stage.filled:
            _by_pupil_number(stage, doubt.decided_apart(stage, source_id))
        _index()
    _refuse(stage, source_id, checker)
    with sql.aside():
        _mark(stage)
        sql.run("DROP TABLE stage_pair")


def _lay_out() -> None:
    sql.run("DROP TABLE IF EXISTS stage_pair")
    sql.run(
        "CREATE TEMPORARY TABLE stage_pair "
        "(key text, target_id bigint, kept_id bigint, fits integer)"
    )


def _index() -> None:
    sql.run("CREATE INDEX stage_pair_key ON stage_pair (key)")
    sql.run("CREATE INDEX stage_pair_kept ON stage_pair (kept_id)")


def _by_identifier(stage: Stage, others: list[int], apart: list[str]) -> None:
    sql.run(
        "INSERT INTO stage_pair SELECT s.key, c.id, coalesce(c.merged_into_id, c.id), "
        f"{_fits(stage)} FROM {{name}} s JOIN sources_sourcereference r "
        f"ON r.source_id IN ({ranking.listed(others)}) AND r.kind = 'child' AND r.key = s.key "
        f"JOIN people_child c ON c.id = r.target_id WHERE {SEEKING}" + _except(apart),
        apart,
        name=stage.name,
    )


def _by_pupil_number(stage: Stage, apart: list[str]) -> None:
    sql.run(
        "INSERT INTO stage_pair SELECT s.key, c.id, coalesce(c.merged_into_id, c.id), 1 "
        "FROM {name} s JOIN people_child c ON c.upn = s.upn AND c.born_on = s.born_on "
        f"WHERE s.upn <> '' AND {SEEKING} AND {NOT_ADOPTED}" + _except(apart),
        apart,
        name=stage.name,
    )


def _except(keys: list[str]) -> str:
    return f" AND s.key NOT IN ({', '.join(['%s'] * len(keys))})" if keys else ""


def _fits(stage: Stage) -> str:
    """Whether a row's day of birth is the child's, or one is not known, or was expected then."""
    bounds = windows.births()
    born = "s.born_on" if "born_on" in stage.filled else "NULL"
    expected = "s.expected_on" if "expected_on" in stage.filled else "NULL"
    cases = []
    if born != "NULL":
        cases.append(f"WHEN {born} IS NOT NULL AND c.born_on IS NOT NULL THEN {born} = c.born_on")
        cases.append(
            f"WHEN {born} IS NOT NULL AND c.expected_on IS NOT NULL "
            f"THEN {_between(born, 'c.expected_on', bounds)}"
        )
    if expected != "NULL":
        cases.append(
            f"WHEN {expected} IS NOT NULL AND c.born_on IS NOT NULL "
            f"THEN {_between('c.born_on', expected, bounds)}"
        )
    if not cases:
        return "1"
    return f"CASE WHEN CASE {' '.join(cases)} ELSE 1 = 1 END THEN 1 ELSE 0 END"


def _between(born: str, expected: str, bounds: windows.Births) -> str:
    return f"{sql.days_between(born, expected)} BETWEEN -{bounds.before} AND {bounds.after}"


def _refuse(stage: Stage, source_id: int, checker: Checker) -> None:
    """Quarantine what is in doubt; the rest has exactly one child, whom no other row has."""
    doubt.quarantine(
        stage,
        checker,
        f"{SEEKING} AND EXISTS (SELECT 1 FROM stage_pair p WHERE p.key = s.key) "
        "AND NOT EXISTS (SELECT 1 FROM stage_pair p WHERE p.key = s.key AND p.fits = 1)",
        rule=doubt.OTHER_BIRTH,
        column="born_on" if "born_on" in stage.filled else "key",
        sentence=lambda day: (
            f"another source gives this identifier to a child born on another day than {day}: it "
            "may be another child."
        ),
        remedy=REMEDY,
    )
    doubt.quarantine(
        stage,
        checker,
        f"{SEEKING} AND ({_several()} OR {_claimed(source_id)})",
        rule=doubt.TWO_CHILDREN,
        column="key",
        sentence=lambda key: (
            f"{shown(key)} may be more than one of the children known from other sources, or one "
            "who already has another identifier here."
        ),
        remedy=REMEDY,
    )


def _several() -> str:
    return (
        "(SELECT count(DISTINCT p.kept_id) FROM stage_pair p "
        "WHERE p.key = s.key AND (p.fits = 1 OR EXISTS (SELECT 1 FROM stage_pair q "
        "WHERE q.key = s.key AND q.kept_id <> p.kept_id AND q.fits = 1))) > 1"
    )


def _claimed(source_id: int) -> str:
    """Whether another row, or another identifier of this source, is of the same child."""
    return (
        "EXISTS (SELECT 1 FROM stage_pair p JOIN stage_pair q ON q.kept_id = p.kept_id "
        "WHERE p.key = s.key AND p.fits = 1 AND q.fits = 1 AND q.key <> s.key) "
        "OR EXISTS (SELECT 1 FROM stage_pair p JOIN sources_sourcereference r "
        "ON r.target = 'people.child' AND r.target_id = p.target_id "
        f"AND +r.source_id = {int(source_id)} WHERE p.key = s.key AND p.fits = 1)"
    )


def _mark(stage: Stage) -> None:
    sql.run(
        "UPDATE {name} AS s SET target_id = p.target_id, known = 1, was_withdrawn = 0, matched = 1 "
        "FROM (SELECT key, min(target_id) AS target_id FROM stage_pair WHERE fits = 1 "
        f"GROUP BY key) AS p WHERE {SEEKING} AND p.key = s.key",
        name=stage.name,
    )
