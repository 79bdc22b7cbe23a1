"""What children chose to tell, as a page shows it."""

from __future__ import annotations

from evenhand.design.components import Cell, Column, Table
from evenhand.design.wording import number, percent
from evenhand.equality.queries.volunteered import StepTold, Told


def told_table(told: Told) -> Table:
    """Return the groups that may be shown, step by step."""
    return Table(
        f"The pathway by {told.what.label.lower()}",
        ["Step", "Group", Column("Children", numeric=True), Column("Went on", numeric=True),
         Column("Per cent", numeric=True)],
        [_row(step, place) for step in told.steps for place in range(len(step.parts))],
        id=f"told-{told.what.characteristic}",
    )  # fmt: skip


def _row(step: StepTold, place: int) -> list[Cell]:
    part = step.parts[place]
    return [
        Cell(step.title), Cell(part.label), Cell(number(part.of), numeric=True),
        Cell(number(part.reached), numeric=True),
        Cell(percent(part.reached, part.of), numeric=True),
    ]  # fmt: skip
