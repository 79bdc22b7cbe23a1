"""What the case system deleted."""

from __future__ import annotations

from collections.abc import Iterable

from evenhand.design.components import Table
from evenhand.people.models import Child
from evenhand.people.tables.listed import listed
from evenhand.retention.deletions import Withdrawn


def deleted_table(children: Iterable[Child]) -> Table:
    """People of whom the sources deleted all that they told."""
    return listed(
        "Deleted in the case system", children, {"Born": "born_on"}, route="retention:child",
        empty="Every child that you may see is still in the case system.",
    )  # fmt: skip


def with_withdrawn_table(children: Iterable[Child]) -> Table:
    """Children of whom a source deleted rows."""
    return listed(
        "Rows deleted in the case system", children, {"Team": "team"},
        route="retention:withdrawn", empty="No row that was deleted waits to be looked at.",
    )  # fmt: skip


def withdrawn_table(rows: Iterable[Withdrawn]) -> Table:
    """Rows of one child that a source deleted."""
    return Table(
        "Rows deleted in the case system",
        ["What it was", "Day", "Fastened to it"],
        [[one.words, one.day, one.fastened] for one in rows],
        empty="No row of this child that was deleted waits to be looked at.",
    )
