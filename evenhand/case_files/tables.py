"""What the pages of case files lay out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.urls import reverse

from evenhand.case_files.chronology import Significant
from evenhand.case_files.entering import Author, Written, late_words
from evenhand.case_files.found import Read, State, Tally
from evenhand.design.cells import child_cell
from evenhand.design.components import Cell, Column, Table
from evenhand.design.wording import child_name, percent
from evenhand.people.models import Child


def share(counted: Tally) -> str:
    """Return the per cent met, of the lines that can be told."""
    return percent(counted.met, counted.told) if counted.told else "Nothing can be told yet"


def lines_table(title: str, lines: Sequence[Read], id_: str) -> Table:
    """Return the lines of a checklist: what is not met first, in the file's order."""
    order = (State.NOT_MET, State.NOT_KNOWN, State.MET)
    rows = [
        [
            Cell(one.line.item, note=one.line.clause, url=one.found.url),
            str(one.found.state),
            "; ".join(one.found.evidence),
        ]
        for one in sorted(lines, key=lambda one: order.index(one.found.state))
    ]
    columns = ["What the file must show", "How it stands", "What says so"]
    return Table(title, columns, rows, empty="Nothing applies to this child yet.", id=id_)


def significant_table(events: Iterable[Significant]) -> Table:
    """Return the chronology that people chose, each event with its mark."""
    rows = [
        [
            one.on,
            Cell(one.words, url=reverse("recording:one", args=[one.record.ref])),
            one.why or None,
            one.mark,
        ]
        for one in events
    ]
    return Table(
        "Significant events", ["Day", "What happened", "Why it is significant", "Mark"], rows,
        empty="No significant event is written down yet.", heads_rows=False,
    )  # fmt: skip


def entries_table(entries: Iterable[Written]) -> Table:
    """Return what was written down, with the day of it and that of writing."""
    rows = [
        [
            one.words,
            one.on,
            one.entered_on,
            late_words(one) or "In time",
            one.by or None,
            one.length,
        ]
        for one in entries
    ]
    columns = [
        "What", "Day", "Written down", "How soon", "By", Column("Length", numeric=True)
    ]  # fmt: skip
    empty = "No source says when things were written down."
    return Table("When things were written down", columns, rows, empty=empty)


def authors_table(authors: Iterable[Author], limit: int) -> Table:
    """Return how soon each author wrote things down about this child."""
    rows = [[one.name, one.number, one.late, f"{one.median_days:g}"] for one in authors]
    columns = [
        "Who", Column("Entries", numeric=True),
        Column(f"After more than {limit} working days", numeric=True),
        Column("Working days, the middle one", numeric=True),
    ]  # fmt: skip
    return Table("By who wrote them", columns, rows, empty="Nobody yet.")


def alone_table(found: Iterable[tuple[Child, date | None]], today: date) -> Table:
    """Return children with the days since each was seen alone, the longest first."""
    rows = [
        [
            child_cell(child),
            str(child.worker) if child.worker else "Nobody yet",
            last,
            (today - last).days if last else "No visit shows it",
            Cell(
                f"Case file of {child_name(child)}",
                url=reverse("case_files:case-file", args=[child.ref]),
            ),
        ]
        for child, last in found
    ]
    columns = [
        "Child", "Worker", "Last seen alone", Column("Days since", numeric=True), "Case file"
    ]  # fmt: skip
    return Table("Days since seen alone", columns, rows, empty="No child of yours is open.")
