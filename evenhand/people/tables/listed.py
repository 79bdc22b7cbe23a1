"""Children as a list of any room shows them: each leading to a page, with what is said of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from evenhand.design.cells import child_cell
from evenhand.design.components import Table
from evenhand.people.models import Child


def listed(
    title: str,
    children: Iterable[Child],
    said: Mapping[str, str],
    *,
    empty: str,
    route: str = "pages:child",
) -> Table:
    """Return children by name, each leading to ``route``; ``said`` is heading to field."""
    return Table(
        title,
        ["Name", *said],
        [[child_cell(one, route), *(getattr(one, field) for field in said.values())]
         for one in children],
        empty=empty,
    )  # fmt: skip
