"""The list of young people with their standing as care leavers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from evenhand.design.cells import child_cell
from evenhand.design.components import Cell, Table
from evenhand.leaving_care import wording
from evenhand.leaving_care.queries import Line
from evenhand.people.tables.lists import age
from evenhand.rules.leaving_care import Values


def leaving_care_table(lines: Iterable[Line], values: Values, today: date) -> Table:
    """Return who stands how: by our records, by the case system, and why."""
    return Table(
        "Young people who are or were in care",
        ["Young person", "Our records show", "The case system says", "Compared", "Why", "Worker"],
        [_row(line, values, today) for line in lines],
        empty=(
            f"Nobody of {values.eligible_from} or over whom you may see was in care at "
            f"{values.eligible_from} or after, by our records. They appear here by themselves "
            "when they do."
        ),
        caption_hidden=True,
    )


def _row(line: Line, values: Values, today: date) -> list[object]:
    child, found = line
    years = age(child, today)
    return [
        child_cell(child, note=f"Age {years}" if years else ""),
        Cell(wording.KINDS[found.status.kind], note=wording.span(found.status)),
        found.said or "Nothing",
        wording.COMPARED[found.compared],
        Cell(wording.why(found.status, values), note=wording.in_care(found)),
        Cell(child.worker, note=str(child.team or "")),
    ]
