"""One's own work, one's people, objectives as a tree, and what is not done, laid out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.urls import reverse

from evenhand.accounts.models import Worker
from evenhand.design.components import Cell, Column, SummaryRow, Table
from evenhand.design.wording import percent
from evenhand.facts.adopted import policy
from evenhand.performance.models import PersonalObjective, WorkResult
from evenhand.performance.queries.gaps import Unmet
from evenhand.performance.queries.registers import Branch, chain_of
from evenhand.rules import Standard
from evenhand.standards import wording
from evenhand.standards.counts import Counts, total_of
from evenhand.standards.tables import url_of

NUMBERS = (Column("In time", numeric=True), Column("Fell due", numeric=True),
           Column("Late now", numeric=True))  # fmt: skip


def clocks_table(counts: Mapping[str, Counts]) -> Table:
    """Return somebody's own promises, standard by standard."""
    standards = policy().standards
    rows = [
        [Cell(standards[id_].title, url=url_of(standards[id_])), *_numbers(one)]
        for id_, one in counts.items()
        if id_ in standards and (one.due or one.late)
    ]
    empty = "Nothing of these cases fell due in the last 12 months."
    columns = ["Standard", *NUMBERS]
    return Table("Promises in the last 12 months", columns, sorted(rows, key=_late), empty=empty)


def _late(row: Sequence[object]) -> int:
    return -int(str(row[-1]))


def _numbers(one: Counts) -> list[str | int]:
    return [percent(one.kept, one.due), one.due, one.late]


def people_table(people: Iterable[tuple[Worker, Mapping[str, Counts], int]]) -> Table:
    """Return the viewer's people by name, with their own cases and how many results they have."""
    rows = [
        [
            Cell(one.name or one.code, url=reverse("performance:person", args=[one.ref])),
            one.team, *_numbers(total_of(counts.values())), results,
        ]
        for one, counts, results in people
    ]  # fmt: skip
    columns = ["Who", "Team", *NUMBERS, Column("Results told", numeric=True)]
    return Table("My people", columns, rows, empty="Nobody is in your line.")


def results_table(results: Iterable[WorkResult], caption: str) -> Table:
    """Return how somebody's work was found, and whether they answered."""
    rows = [
        [
            Cell(one.title, url=reverse("performance:result", args=[one.ref])), one.looked_on,
            one.told_by.name, one.responded_at or "Not answered",
        ]
        for one in results
    ]  # fmt: skip
    columns = ["What was looked at", "When", "By", "Answered"]
    return Table(caption, columns, rows, empty="No result was told yet.")


def result_rows(one: WorkResult) -> list[SummaryRow]:
    """Return one result and its answer."""
    return [
        SummaryRow("Whose work", str(one.worker)),
        SummaryRow("Looked at on", one.looked_on),
        SummaryRow("What was found", one.words),
        SummaryRow("Told by", one.told_by.name),
        SummaryRow("Answer", one.response or "None yet"),
        SummaryRow("Answered on", one.responded_at),
    ]


def objectives_table(objectives: Iterable[PersonalObjective], caption: str) -> Table:
    """Return somebody's own objectives, each with the chain to the council's."""
    rows = [
        [Cell(one.words, url=reverse("performance:personal", args=[one.ref])), chain_of(one)]
        for one in objectives
    ]
    columns = ["What I set out to do", "What it adds to"]
    return Table(caption, columns, rows, empty="No objective is set yet.")


def tree_table(branches: Iterable[Branch]) -> Table:
    """Return the tree as lines, each under what it serves, with what is missing of it."""
    columns = ["Objective or measure", "What it is", "Under", "What is missing"]
    rows = list(_rows(branches, ""))
    return Table("Objectives", columns, rows, empty="No objective is set yet.")


def _rows(branches: Iterable[Branch], above: str) -> Iterable[list[str | None]]:
    for one in branches:
        yield [one.words, one.level, above or None, one.gap or None]
        yield from _rows(one.below, f"{above} → {one.words}" if above else one.words)


def service_table(gaps: Iterable[tuple[Standard, Counts]]) -> Table:
    """Return what is not done within a service, most first."""
    rows = [
        [
            Cell(one.title, url=url_of(one), note=wording.kind_of_authority(one)),
            Cell(one.words), Cell(counts.late, numeric=True),
        ]
        for one, counts in gaps
    ]  # fmt: skip
    columns = ["Standard", "In plain words", Column("Late now", numeric=True)]
    return Table("What is not done", columns, rows, empty="Nothing is late that we can tell.")


def priorities_table(unmet: Iterable[Unmet]) -> Table:
    """Return what is late, the most urgent cases first."""
    rows = [
        [
            "None advised yet" if one.priority is None else f"Priority {one.priority}",
            Cell(one.standard.title, url=url_of(one.standard),
                 note=wording.kind_of_authority(one.standard)),
            Cell(one.late, numeric=True),
        ]
        for one in unmet
    ]  # fmt: skip
    columns = ["Priority", "Standard", Column("Late now", numeric=True)]
    empty = "Nothing is late that we can tell."
    return Table("What to put right first", columns, rows, empty=empty)
