"""How far the answer is known by which groups are told apart: said before anything is compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from evenhand.design.components import Cell, Column, Table
from evenhand.design.wording import number, percent
from evenhand.equality import wording
from evenhand.equality.comparison import Comparison
from evenhand.people.queries import Completion

Completions = Mapping[str, Completion]
COLUMNS = (
    Column("Asked", numeric=True),
    Column("Known", numeric=True),
    Column("Known of those counted here", numeric=True),
    Column("Is a conclusion drawn?"),
)


def known_table(comparisons: Iterable[Comparison], completions: Completions) -> Table:
    """Return for each dimension how many were asked, of how many it is known, and what follows.

    ``completions`` holds, by characteristic, the children who are open now.
    """
    rows = [[Cell(one.dimension.label), *_cells(one, completions)] for one in comparisons]
    return Table("How far we know", [Column("Group"), *COLUMNS], rows, id="how-far-we-know")


def _cells(one: Comparison, completions: Completions) -> list[Cell]:
    found = completions.get(one.dimension.characteristic)
    return [*_completion(found), Cell(known_here(one)), Cell(_concluded(one))]


def _completion(found: Completion | None) -> list[Cell]:
    if found is None:
        return [Cell("not asked: worked out"), Cell()]
    of = number(found.counted)
    return [
        Cell(percent(part, found.counted), note=f"{number(part)} of {of}" if found.counted else "")
        for part in (found.asked, found.known)
    ]


def known_here(one: Comparison) -> str:
    """Return the share of what was counted whose group is known; not where it would tell."""
    hides = any(row.hidden for row in one.rows if not row.is_known)
    return "hidden" if one.total_hidden or hides else wording.share(one.known)


def _concluded(one: Comparison) -> str:
    if not one.total.of:
        return "No: nothing is counted"
    if one.has_headline:
        return "Yes"
    return f"No: it is known for fewer than {wording.share(one.rules.completeness)}"
