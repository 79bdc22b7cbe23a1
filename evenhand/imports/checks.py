"""Which staged rows can be taken: keys that come twice, children nobody knows, impossible days.

Each check marks the rows it refuses in the stage and keeps a finding for each. A record that is
merely late, incomplete or unlinked is never refused; docs/how-to/import.md has the list.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from evenhand.formats.faults import shown
from evenhand.imports import repeats, sql
from evenhand.imports.findings import DUPLICATE, IGNORED, QUARANTINED, TAKEN, Finding, Findings
from evenhand.imports.repeats import cell_of
from evenhand.imports.staff import repeated
from evenhand.imports.staging import Stage

LONGEST_BEFORE_BIRTH = timedelta(days=310)
"""No event of an unborn child lies further before the birth: a bound of nature, not of policy."""

PLANNED_WITHIN = timedelta(days=731)
"""A meeting more than two years ahead is a mistyped year, not a plan."""

NOBODY = ("-1", "0")


@dataclass(slots=True)
class Checker:
    """Checks the stages of one batch; ``today`` is the day that is not yet over."""

    findings: Findings
    today: date

    def find(
        self,
        stage: Stage,
        rule: str,
        where: str,
        params: list[Any],
        *,
        column: str,
        sentence: Callable[[Any], str],
        remedy: str,
        fate: str = QUARANTINED,
    ) -> int:
        """Mark the undecided rows for which ``where`` holds, and keep a finding for each.

        ``column`` is the staged column shown as found. TAKEN keeps the finding and the row.
        """
        query = (
            "SELECT s.part, s.line, s.key, s.{column} FROM {name} s "
            "WHERE s.fate IS NULL AND s.part IS NOT NULL AND " + where
        )
        met = sql.rows(query, params, name=stage.name, column=column)
        for part, line, key, value in met:
            recipe = stage.recipe_of(part)
            self.findings.add(
                Finding(
                    table=recipe.table,
                    part=part,
                    line=line,
                    fate=fate,
                    rule=rule,
                    key=str(key or "")[:120],
                    column=cell_of(recipe, column),
                    found=str(value if value is not None else "")[:500],
                    sentence=sentence(value),
                    remedy=remedy,
                )
            )
        if fate != TAKEN and (met or not stage.recipe.table):
            mark = "UPDATE {name} AS s SET fate = %s WHERE s.fate IS NULL AND " + where
            with sql.aside():
                sql.run(mark, [fate, *params], name=stage.name, column=column)
        return len(met)

    def keys(self, stage: Stage) -> None:
        """Rows that come twice: the same again is a duplicate, another with the key is refused.

        Where a later file has the key, that is the last word, and the earlier row is folded.
        """
        repeats.superseded(stage, self.findings)
        if any(recipe.folds for recipe in stage.recipes):
            repeats.fold(stage)
        twice = sql.rows(
            "SELECT key FROM {name} WHERE fate IS NULL GROUP BY key HAVING count(*) > 1",
            name=stage.name,
        )
        for (key,) in twice:
            self._key(stage, key)

    def _key(self, stage: Stage, key: str) -> None:
        columns = [c for c in stage.filled if c not in repeats.PLACES]
        met = sql.rows(
            "SELECT part, line, {columns} FROM {name} WHERE key = %s AND fate IS NULL "
            "ORDER BY turn, part, line",
            [key],
            name=stage.name,
            columns=columns,
        )
        first, before = met[0][1], dict(zip(columns, met[0][2:], strict=True))
        rows = [(at, line, dict(zip(columns, cells, strict=True))) for at, line, *cells in met[1:]]
        if stage.kind == "child" and any(_is_another(before, row) for _, _, row in rows):
            self._two_children(stage, key, [(at, line) for at, line, *_ in met])
            return
        for part, line, row in rows:
            self._second(stage, key, first, before, (part, line), row)

    def _second(
        self, stage: Stage, key: str, first: int, before: Any, place: tuple[int, int], row: Any
    ) -> None:
        part, line = place
        recipe = stage.recipe_of(part)
        fault = repeated(line, key, first, before, row)
        fate = DUPLICATE if fault.rule == "SSD-K01" else QUARANTINED
        self.findings.add(
            Finding(
                table=recipe.table,
                part=part,
                line=line,
                fate=fate,
                rule=fault.rule,
                sentence=fault.sentence,
                remedy=fault.remedy,
                key=key,
                column=cell_of(recipe, fault.column) if fault.column else "",
                found=fault.found,
            )
        )
        sql.run(
            "UPDATE {name} SET fate = %s WHERE part = %s AND line = %s AND key = %s "
            "AND fate IS NULL",
            [fate, part, line, key],
            name=stage.name,
        )

    def _two_children(self, stage: Stage, key: str, places: list[tuple[int, int]]) -> None:
        listed = " and ".join(f"{line:,}" for _, line in places)
        for part, line in places:
            self.findings.add(
                Finding(
                    table=stage.recipe_of(part).table,
                    part=part,
                    line=line,
                    fate=QUARANTINED,
                    rule="SSD-K03",
                    key=key,
                    column=stage.recipe_of(part).key[0],
                    found=key,
                    sentence=f"lines {listed} give one identifier to children who differ in date "
                    "of birth, name or sex: neither was taken.",
                    remedy="Discard the row that is wrong and retry the other, or correct the "
                    "identifier in the case system.",
                )
            )
        sql.run(
            "UPDATE {name} SET fate = %s WHERE key = %s AND fate IS NULL",
            [QUARANTINED, key],
            name=stage.name,
        )

    def people(self, stage: Stage) -> None:
        """Persons who cannot be: the case system's nobody, and deaths before births."""
        self.find(
            stage,
            "SSD-I03",
            "s.key IN (%s, %s)",
            list(NOBODY),
            column="key",
            sentence=lambda key: f"the identifier {key} is the case system's word for nobody.",
            remedy="Nothing need be done.",
            fate=IGNORED,
        )
        self.find(
            stage,
            "SSD-T05",
            "s.died_on < s.born_on",
            [],
            column="died_on",
            sentence=lambda day: f"the day of death {day} is before the day of birth.",
            remedy="Correct one of the two days in the case system, or here.",
        )
        self._not_yet_born(stage)

    def _not_yet_born(self, stage: Stage) -> None:
        met = self.find(
            stage,
            "SSD-T06",
            "s.born_on > %s",
            [self.today.isoformat()],
            column="born_on",
            sentence=lambda day: (
                f"the day of birth {day} is still to come: it was taken as the expected day."
            ),
            remedy="Check the date; an unborn child has an expected day of birth.",
            fate=TAKEN,
        )
        if met:
            sql.run(
                "UPDATE {name} SET expected_on = coalesce(expected_on, born_on), born_on = NULL "
                "WHERE fate IS NULL AND born_on > %s",
                [self.today.isoformat()],
                name=stage.name,
            )

    def days(self, stage: Stage) -> None:
        """Ends before beginnings, and things done on a day that is still to come."""
        recipe = stage.recipe
        if recipe.ends and recipe.dated:
            self.find(
                stage,
                "SSD-T01",
                sql.phrase("s.{ends} < s.{dated}", ends=recipe.ends, dated=recipe.dated),
                [],
                column=recipe.ends,
                sentence=lambda day: f"it ends on {day}, before it begins.",
                remedy="Correct one of the two days in the case system, or here.",
            )
        for column in recipe.done:
            self._still_to_come(stage, column)

    def _still_to_come(self, stage: Stage, column: str) -> None:
        cell, recipe = cell_of(stage.recipe, column), stage.recipe
        bound = self.today if recipe.later == "refused" else self.today + PLANNED_WITHIN
        self.find(
            stage,
            "SSD-T03",
            sql.phrase("s.{c} > %s", c=column),
            [bound.isoformat()],
            column=column,
            sentence=lambda day: f"{cell} says that it happened on {day}, which is still to come.",
            remedy="Correct the year in the case system, or here.",
        )
        if recipe.later == "ignored":
            self.find(
                stage,
                "SSD-I02",
                sql.phrase("s.{c} > %s", c=column),
                [self.today.isoformat()],
                column=column,
                sentence=lambda day: f"it is planned for {day} and has not happened yet.",
                remedy="Nothing need be done: it is taken when it has happened.",
                fate=IGNORED,
            )
        if recipe.later == "planned":
            self._planned(stage, column)

    def _planned(self, stage: Stage, column: str) -> None:
        """A meeting still to come is planned, not held."""
        sql.run(
            "UPDATE {name} SET {planned} = coalesce({planned}, {c}), {c} = NULL "
            "WHERE fate IS NULL AND {c} > %s",
            [self.today.isoformat()],
            name=stage.name,
            planned=stage.recipe.planned,
            c=column,
        )

    def orphans(self, stage: Stage) -> None:
        """Rows of a child who is neither in this extract nor known, or is in quarantine."""
        self.find(
            stage,
            "SSD-I03",
            "s.child_key IN (%s, %s)",
            list(NOBODY),
            column="child_key",
            sentence=lambda key: f"the row is of {key}, the case system's word for nobody.",
            remedy="Nothing need be done.",
            fate=IGNORED,
        )
        waiting = (
            "s.child_id IS NULL AND EXISTS (SELECT 1 FROM stage_child c "
            "WHERE c.key = s.child_key AND c.fate = 'quarantined')"
        )
        self.find(
            stage,
            "SSD-P02",
            waiting,
            [],
            column="child_key",
            sentence=lambda key: f"the row of its child, {key}, is itself in quarantine.",
            remedy="Mend the child's row; this one is then retried with it.",
        )
        self.find(
            stage,
            "SSD-P01",
            "s.child_id IS NULL",
            [],
            column="child_key",
            sentence=_nobody,
            remedy="Check that the file of children is whole, or correct the identifier.",
        )

    def before_birth(self, stage: Stage) -> None:
        """Events before the child was born, or before they can have been expected."""
        recipe = stage.recipe
        if not recipe.dated or not stage.columns:
            return
        lead = LONGEST_BEFORE_BIRTH if recipe.before_birth else timedelta(0)
        self.find(
            stage,
            "SSD-T02",
            sql.phrase(
                "EXISTS (SELECT 1 FROM stage_birth b WHERE b.id = s.child_id "
                "AND s.{dated} < " + _days_before("b.born_on", lead.days) + ")",
                dated=recipe.dated,
            ),
            [],
            column=recipe.dated,
            sentence=lambda day: f"it is dated {day}, before its child was born.",
            remedy="Correct the day or the child's date of birth in the case system, or here.",
        )


def _days_before(column: str, days: int) -> str:
    if sql.is_sqlite():
        return f"date({column}, '-{days} days')"
    return f"({column} - {days})"


def _nobody(key: str | None) -> str:
    if not key:
        return "the row names no child."
    return f"the child {shown(key)} is not in this extract and is not known."


def _is_another(first: dict[str, Any], second: dict[str, Any]) -> bool:
    return any(first[name] != second[name] for name in ("born_on", "sex", "forename", "surname"))
