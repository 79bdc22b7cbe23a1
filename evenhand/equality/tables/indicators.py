"""What the report of signs of discrimination lays out, quarter by quarter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from evenhand.design.components import Cell, Column, Table
from evenhand.design.wording import number
from evenhand.equality import wording
from evenhand.equality.queries.indicators import Indicators, Line, Refusals
from evenhand.equality.queries.trend import OfQuarter
from evenhand.rules.periods import Span


def signs_tables(found: Indicators) -> list[Table]:
    """Return concerns by ground and by service, and refusals by group."""
    tables = [
        _counts("Concerns by ground", "Ground", found.by_ground, found.quarters, flagged=True),
        _counts("Concerns by team", "Team", found.by_service, found.quarters),
    ]
    return [*tables, refusals_table(found.refusals)] if found.refusals else tables


def _counts(
    title: str,
    first: str,
    lines: Iterable[Line],
    quarters: Sequence[Span],
    *,
    flagged: bool = False,
) -> Table:
    columns = [Column(wording.quarter(each), numeric=True) for each in quarters]
    last = [Column("What it shows")] if flagged else []
    return Table(
        title,
        [Column(first), *columns, *last],
        [
            [Cell(line.label), *(Cell(count, numeric=True) for count in line.counts),
             *([Cell("Rising" if line.rises else "Not rising")] if flagged else [])]
            for line in lines
        ],
        empty="No concern was raised in these quarters.",
        narrow="scroll",
    )  # fmt: skip


def refusals_table(found: Refusals) -> Table:
    """Return the share of referrals on which nothing more was done, by group and quarter."""
    columns = [Column(wording.quarter(each), numeric=True) for each in found.quarters]
    return Table(
        f"Refusals by {found.dimension.label.lower()}",
        [Column(found.dimension.label), *columns],
        [
            [Cell(found.dimension.label_of(group)), *_shares(counts, len(columns))]
            for group, counts in found.groups.items()
        ],
        narrow="scroll",
    )


def _shares(counts: Sequence[OfQuarter] | None, width: int) -> list[Cell]:
    if counts is None:
        return [Cell("Hidden, because a number is small", numeric=True)] + [
            Cell("Hidden", numeric=True) for _ in range(width - 1)
        ]
    return [_share(one) for one in counts]


def _share(one: OfQuarter) -> Cell:
    if not one.of:
        return Cell("None", numeric=True)
    note = f"{number(one.reached)} of {number(one.of)}"
    return Cell(wording.share(one.reached / one.of), note=note, numeric=True)
