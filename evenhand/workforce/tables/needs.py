"""Development plans and what people need to learn, laid out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.urls import reverse

from evenhand.accounts.models import Worker
from evenhand.design.components import Cell, Column, Table
from evenhand.design.wording import percent
from evenhand.workforce.models import Absence, DevelopmentPlan
from evenhand.workforce.queries.needs import Covered, Need, Needs
from evenhand.workforce.queries.told import Report
from evenhand.workforce.tables.months import told_words


def coverage_words(one: Covered) -> str:
    """Return of how many staff the needs are known, in words: 45 of 50 staff (90%)."""
    return f"{one.known} of {one.of} staff ({percent(one.known, one.of)})"


def coverage_table(found: Needs) -> Table:
    """Return of how many staff the needs are known, all together and team by team."""
    rows = [_covered("All teams together", found.whole)] if found.whole.of else []
    rows += [_covered(str(one.team), one) for one in found.by_team]
    columns = ["Team", Column("Needs known", numeric=True), Column("Coverage", numeric=True)]
    caption = "Of how many staff a development plan says what they need to learn"
    return Table(caption, columns, rows, empty="You see counts of no team.")


def needs_table(asked_for: Iterable[Need]) -> Table:
    """Return what people need to learn, what most need first: no names."""
    rows = [[one.words, one.people, ", ".join(one.teams)] for one in asked_for]
    columns = ["What", Column("People", numeric=True), "Teams"]
    empty = "No development plan in force says what anybody needs to learn."
    return Table("What people need to learn", columns, rows, empty=empty)


def missing_table(missing: Iterable[Worker]) -> Table:
    """Return those of a manager's people whose needs are not known."""
    rows = [
        [
            Cell(one.name or one.code, url=reverse("workforce:worker", args=[one.ref])), one.team,
            Cell("Write their plan down", url=reverse("workforce:plan", args=[one.ref])),
        ]
        for one in missing
    ]  # fmt: skip
    columns = ["Who", "Team", Column("What to do", hidden=True)]
    empty = "Everybody in your line has a development plan that says what they need to learn."
    return Table("Your people whose needs are not known", columns, rows, empty=empty)


def plans_table(plans: Iterable[DevelopmentPlan], *, may_record: bool) -> Table:
    """Return a worker's development plans, each with what they need to learn."""
    rows = [
        [one.agreed_on, "; ".join(one.needs) or "No need was written down", _error(one, may_record)]
        for one in plans
    ]
    columns = ["Agreed", "What they need to learn", Column("What to do", hidden=True)]
    return Table("Development plans", columns, rows, empty="None was written down yet.")


def absences_table(
    absences: Iterable[Absence], reports: Mapping[int, Report], *, may_record: bool
) -> Table:
    """Return when a worker was away, and how it is known."""
    rows = [
        [one.since, _until(one, may_record), told_words(one, reports), _error(one, may_record)]
        for one in absences
    ]
    columns = [
        "First day away", "Last day away", "How we know", Column("What to do", hidden=True),
    ]  # fmt: skip
    return Table("Away", columns, rows, empty="None was written down yet.")


def _until(one: Absence, may_record: bool) -> Cell:
    if one.until is not None or not may_record:
        return Cell(one.until or "Not back yet")
    return Cell("Not back yet: say until when", url=reverse("workforce:back", args=[one.ref]))


def _error(one: Absence | DevelopmentPlan, may_record: bool) -> Cell:
    url = reverse("workforce:in-error", args=[one.ref]) if may_record else ""
    return Cell("Written down by mistake?" if may_record else "", url=url)


def _covered(name: str, one: Covered) -> list[object]:
    return [name, Cell(f"{one.known} of {one.of}", numeric=True), percent(one.known, one.of)]
