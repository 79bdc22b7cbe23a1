"""Counts of promises as first pages show them: worst first, in a sentence, in a table."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse

from evenhand.design.components import Cell, Column, Table
from evenhand.design.wording import number, percent
from evenhand.facts.adopted import policy
from evenhand.rules import Standard
from evenhand.standards import wording
from evenhand.standards.counts import Counts, total_of

Counted = Mapping[str, Counts]


def worst_first(counts: Counted) -> list[tuple[Standard, Counts]]:
    """Return each standard that could be judged, the smallest share kept first."""
    standards = policy().standards
    judged = [(standards[id_], one) for id_, one in counts.items() if id_ in standards and one.due]
    return sorted(judged, key=lambda pair: (pair[1].kept / pair[1].due, -pair[1].due))


def kept_in_words(counts: Counted) -> str:
    """Return the finding: how many of the promises that could be judged were kept in time."""
    whole = total_of(counts.values())
    if not whole.due:
        return "No promise could be judged yet"
    return (
        f"{percent(whole.kept, whole.due)} of {number(whole.due)} promises due in the last 12 "
        "months were kept in time"
    )


def kept_by_authority(counts: Counted, *, law: bool) -> Counts:
    """Return the counts of the law's limits together, or of the promises beside them."""
    standards = policy().standards
    return total_of(
        one for id_, one in counts.items() if id_ in standards and standards[id_].law is law
    )


def standards_table(counts: Counted) -> Table:
    """Return every standard that could be judged: kept in time, late now, due soon."""
    return Table(
        "Promises in the last 12 months, least kept first",
        [
            Column("Standard"),
            Column("Kept in time", numeric=True),
            Column("Late now", numeric=True),
            Column("Open", numeric=True),
        ],
        [_row(standard, one) for standard, one in worst_first(counts)],
        empty="No promise could be judged yet.",
    )


def _row(standard: Standard, one: Counts) -> list[Cell]:
    pack, _, name = standard.id.partition("/")
    return [
        Cell(
            standard.title,
            url=reverse("standards:standard", args=[pack, name]),
            note=wording.kind_of_authority(standard),
        ),
        Cell(percent(one.kept, one.due), note=f"{number(one.kept)} of {number(one.due)}"),
        Cell(one.late, numeric=True),
        Cell(one.open, numeric=True),
    ]
