"""Two records of a child side by side, and the list of those that may be one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from evenhand.design.components import Cell, Column, Table
from evenhand.design.wording import child_name
from evenhand.people.models import Child
from evenhand.people.queries.merging import Pair, holdings, numbers_of


def twice_table(pairs: Iterable[Pair]) -> Table:
    """Records that may be of one child."""
    return Table(
        "Records that may be of one child",
        ["Name", "Born", "The other record", "Why"],
        [
            [
                Cell(
                    child_name(pair.kept, surname_first=True),
                    url=reverse("people:merge", args=[pair.kept.ref, pair.other.ref]),
                ),
                pair.kept.born_on,
                Cell(child_name(pair.other, surname_first=True), note=_team(pair.other)),
                pair.why,
            ]
            for pair in pairs
        ],
        empty="No two records that you may open look like one child.",
        caption_hidden=True,
    )


def _team(child: Child) -> str:
    return str(child.team) if child.team else "In no team"


def side_by_side(kept: Child, other: Child) -> Table:
    """What each of two records holds."""
    both = (kept, other)
    numbers = numbers_of(both)
    rows: list[list[Any]] = [
        ["Name", *(child_name(one) for one in both)],
        ["Born", *(one.born_on for one in both)],
        ["Expected", *(one.expected_on for one in both)],
        ["Unique pupil number", *(one.upn or None for one in both)],
        ["Numbers in the sources", *("; ".join(numbers.get(one.pk, [])) or None for one in both)],
        ["Team", *(one.team for one in both)],
        ["Worker", *(one.worker for one in both)],
    ]
    rows += [[held.words, *held.counts] for held in holdings(both)]
    headings = [Column("What", hidden=True), "This record", "The other record"]
    return Table("What each record holds", headings, rows)
