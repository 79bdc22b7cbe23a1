"""What Evenhand alone holds, and where it was filed."""

from __future__ import annotations

from collections.abc import Iterable

from evenhand.design.components import Cell, Table
from evenhand.design.wording import day
from evenhand.people.models import Child
from evenhand.people.tables.listed import listed
from evenhand.retention.models import Filing
from evenhand.retention.native import Native


def unfiled_table(children: Iterable[Child]) -> Table:
    """Children of whom Evenhand alone holds something that is not filed."""
    return listed(
        "Not filed yet", children, {"Worker": "worker", "Team": "team"}, route="retention:filing",
        empty="All that Evenhand alone holds of those whom you may see is filed.",
    )  # fmt: skip


def native_table(natives: Iterable[Native]) -> Table:
    """What Evenhand alone holds of a child, and where each was filed."""
    return Table(
        "What Evenhand alone holds",
        ["Whose", "What", "Says", "Who said or recorded it", "When", "Filed"],
        [[one.of, one.what, one.says, one.who, one.day, _filed(one.filing)] for one in natives],
        empty="Evenhand alone holds nothing of this child.",
        heads_rows=False,
    )


def _filed(filing: Filing | None) -> Cell:
    if filing is None:
        return Cell("Not yet")
    if filing.reference:
        return Cell(filing.reference, note=f"{day(filing.filed_on)}, by {filing.filed_by.name}")
    return Cell("Not filed", note=f"{filing.not_filed_because} ({filing.filed_by.name})")
