"""Rows whose record among those of other sources is in doubt, and what a person said of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from evenhand.imports import sql
from evenhand.imports.checks import Checker, cell_of
from evenhand.imports.findings import QUARANTINED, Finding
from evenhand.imports.staging import Stage
from evenhand.sources.models import Mend

OTHER_BIRTH, TWO_CHILDREN, TWO_EVENTS = "ALL-M01", "ALL-M02", "ALL-M03"
RULES = (OTHER_BIRTH, TWO_CHILDREN, TWO_EVENTS)
DECIDED, ANOTHER = "(which record)", "another"
"""The column and the value by which a person's "it is another" is kept, as a mend of the row."""


def quarantine(
    stage: Stage,
    checker: Checker,
    where: str,
    *,
    rule: str,
    column: str,
    sentence: Callable[[Any], str],
    remedy: str,
) -> None:
    """Refuse the undecided rows for which ``where`` holds, with a finding for each."""
    query = "SELECT part, line, key, {column} FROM {name} s WHERE s.fate IS NULL AND " + where
    for part, line, key, value in sql.rows(query, name=stage.name, column=column):
        recipe = stage.recipe_of(part)
        checker.findings.add(
            Finding(
                table=recipe.table or recipe.source,
                part=part,
                line=line,
                fate=QUARANTINED,
                rule=rule,
                key=str(key or "")[:120],
                column=cell_of(recipe, column),
                found=str(value or "")[:500],
                sentence=sentence(value),
                remedy=remedy,
            )
        )
    mark = "UPDATE {name} AS s SET fate = %s, matched = -1 WHERE s.fate IS NULL AND " + where
    with sql.aside():
        sql.run(mark, [QUARANTINED], name=stage.name)


def decided_apart(stage: Stage, source_id: int) -> list[str]:
    """The keys of rows of which a person said that they are records of their own."""
    tables = {recipe.table or recipe.source for recipe in stage.recipes}
    said = Mend.objects.filter(source=source_id, table__in=tables, column=DECIDED, value=ANOTHER)
    return list(said.values_list("key", flat=True))
