"""The children behind a figure by group, as a page lists them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from evenhand.design.cells import child_cell
from evenhand.design.components import Cell, Column, Table
from evenhand.design.wording import day, number
from evenhand.equality.queries.cases import Cases
from evenhand.people.models import Child


def cases_sentence(found: Cases, listed: int) -> str:
    """Return how many events and children there are, and that closed records are not listed."""
    if found.more:
        return f"The children of the newest of {number(found.counted)} are listed."
    children = "child" if len(found.days) == 1 else "children"
    said = f"{number(found.counted)} counted, about {number(len(found.days))} {children}."
    missing = len(found.days) - listed
    if missing > 0:
        said += f" {number(missing)} of them {'is' if missing == 1 else 'are'} not yours to open."
    return said


def cases_table(children: Iterable[Child], found: Cases, title: str) -> Table:
    """Return the children with the days on which they were counted, the newest first."""
    rows = [
        [
            child_cell(child),
            Cell(_days(found.days[child.pk])),
            Cell(child.team.name if child.team else "No team recorded"),
            Cell(str(child.worker) if child.worker else "Nobody recorded"),
        ]
        for child in children
    ]
    return Table(
        f"{title}: the children", [Column("Child"), Column("When"), "Team", "Worker"], rows,
        empty="There is nobody here whose record you may open.",
    )  # fmt: skip


def _days(days: list[date]) -> str:
    return "; ".join(day(each) for each in days)
