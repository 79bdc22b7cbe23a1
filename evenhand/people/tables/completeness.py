"""How much was asked and is known, by question and by team."""

from __future__ import annotations

from evenhand.design.components import Cell, Column, Table
from evenhand.design.wording import percent
from evenhand.people.identity import Knowledge
from evenhand.people.queries.completeness import Completion, Report

PEOPLE = {"child": "Children", "parent": "Parents and carers"}


def items_table(report: Report, person: str) -> Table:
    """Return completeness by item for children, or for parents and carers."""
    return Table(
        f"{PEOPLE[person]}: what was asked, and what is known",
        ["Question", *(Column(words, numeric=True) for words in COUNTED)],
        [
            [Cell(row.item.label, url=f"?item={row.item.characteristic}&person={person}"),
             *_counts(row.completion)]
            for row in report.items
            if row.person == person
        ],
        empty="Nobody is counted here yet.",
    )  # fmt: skip


COUNTED = ("Counted", "Asked", "Known", "Never asked", "Awaited", "Declined", "Asked, not known")


def _counts(found: Completion) -> list[Cell]:
    return [
        Cell(found.counted, numeric=True),
        Cell(percent(found.asked, found.counted), numeric=True),
        Cell(percent(found.known, found.counted), numeric=True),
        *(
            Cell(found.states.get(state, 0), numeric=True)
            for state in (
                Knowledge.NO_RECORD, Knowledge.AWAITING, Knowledge.DECLINED, Knowledge.NOT_KNOWN
            )
        ),
    ]  # fmt: skip


def teams_table(report: Report, about: str) -> Table:
    """Return completeness by team, of every item or of one."""
    return Table(
        f"By team: {about}",
        ["Team", *(Column(words, numeric=True) for words in COUNTED)],
        [[str(row.team or "No team"), *_counts(row.completion)] for row in report.teams],
        empty="No team has an open child here.",
    )
