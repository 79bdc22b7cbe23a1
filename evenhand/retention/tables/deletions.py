"""What the case system deleted."""

from __future__ import annotations

from collections.abc import Iterable

from evenhand.design.cells import child_cell
from evenhand.design.components import Table
from evenhand.people.models import Child
from evenhand.retention.deletions import Withdrawn


def deleted_table(children: Iterable[Child]) -> Table:
    """People of whom the sources deleted all that they told."""
    return Table(
        "Deleted in the case system",
        ["Name", "Born"],
        [
            [
                child_cell(one, "retention:child"),
                one.born_on,
            ]
            for one in children
        ],
        empty="Every child that you may see is still in the case system.",
    )


def with_withdrawn_table(children: Iterable[Child]) -> Table:
    """Children of whom a source deleted rows."""
    return Table(
        "Rows deleted in the case system",
        ["Name", "Team"],
        [
            [
                child_cell(one, "retention:withdrawn"),
                one.team,
            ]
            for one in children
        ],
        empty="No row that was deleted waits to be looked at.",
    )


def withdrawn_table(rows: Iterable[Withdrawn]) -> Table:
    """Rows of one child that a source deleted."""
    return Table(
        "Rows deleted in the case system",
        ["What it was", "Day", "Fastened to it"],
        [[one.words, one.day, one.fastened] for one in rows],
        empty="No row of this child that was deleted waits to be looked at.",
    )
