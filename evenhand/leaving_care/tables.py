"""The list of young people with their standing as care leavers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.urls import reverse

from evenhand.design.cells import child_cell
from evenhand.design.components import Cell, Column, Table, TimelineItem
from evenhand.design.wording import day
from evenhand.leaving_care import wording
from evenhand.leaving_care.models import FoundStanding
from evenhand.leaving_care.queries import Found, Line
from evenhand.people.models import Child
from evenhand.people.tables.lists import age
from evenhand.recording.models import Recording
from evenhand.rules.leaving_care import Kind, Period, Values


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
        Cell(
            wording.stands(found.status),
            url=reverse("leaving_care:one", args=[child.ref]),
            note=wording.span(found.status),
        ),
        found.said or "Nothing",
        wording.COMPARED[found.compared],
        Cell(wording.why(found.status, values), note=wording.in_care(found)),
        Cell(child.worker, note=str(child.team or "")),
    ]


def facts_table(child: Child, found: Found, written: Iterable[Recording]) -> Table:
    """Return what a standing rests on: each fact, its days, and where it comes from."""
    rows: list[list[object]] = [["Born", child.born_on, None, "The case system"]]
    rows += [_period_row(one) for one in found.periods]
    rows += [_written_row(one) for one in written]
    columns = ["What", Column("From"), Column("To"), "Where it comes from"]
    return Table("The facts used", columns, rows)


def _period_row(one: Period) -> list[object]:
    words = "Short breaks, which are left out" if one.is_short_break else "In care"
    return [words, one.started_on, one.ended_on or "Until now", "The case system"]


def _written_row(one: Recording) -> list[object]:
    given = {answer.question: answer for answer in one.answers.all()}
    ends = next((given[name].day for name in ENDS if name in given), None)
    said = f"Written down by {one.recorded_by.name} on {day(one.recorded_at)}"
    where = Cell(said, url=reverse("recording:one", args=[one.ref]))
    return [wording.written(one.form, given), one.on, ends, where]


ENDS = ("ended", "broke_down", "ends")


def changes(rows: Sequence[FoundStanding]) -> list[TimelineItem]:
    """Return how a standing changed, the newest first."""
    return [
        TimelineItem(
            wording.KINDS[Kind(row.kind)], row.found_on, by="Evenhand", text=wording.found(row)
        )
        for row in rows
    ]
