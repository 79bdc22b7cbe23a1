"""Which teams lie further from all together than chance would explain; never which worker."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from evenhand.analytics.funnels import Funnel, Limits, funnel, limits
from evenhand.design.charts import FunnelPlot, Limit, Unit, funnel_plot
from evenhand.design.components import Cell, Column, Table
from evenhand.design.wording import number
from evenhand.equality import wording
from evenhand.equality.looking import Close
from evenhand.equality.queries.teams import TeamCount

COLUMNS = (
    Column("Team"),
    Column("Share", numeric=True),
    Column("Expected by chance"),
    Column("Beyond this, hardly ever"),
    Column("What it shows"),
)
PLACES = {
    0: "As chance would have it",
    1: "More often than chance would explain",
    2: "Much more often than chance would explain",
    -1: "Less often than chance would explain",
    -2: "Much less often than chance would explain",
}
TOO_FEW = "Too few to say anything of"


SIZES = 41  # points of a limit that is drawn


class Teams(NamedTuple):
    """The section on teams; the chart holds the table. None where every team is too small."""

    sentence: str
    table: Table
    chart: FunnelPlot | None


def teams_section(teams: Sequence[TeamCount], happened: str, close: Close) -> Teams | None:
    """Return each team against all together, with the limits of chance; None for one team alone.

    A team too small to be told of is not placed. Exact limits (``analytics.funnels``).
    """
    if len(teams) <= 1:
        return None
    of = np.array([each.of for each in teams])
    reached = np.array([each.reached for each in teams])
    found = funnel(reached, of, close.funnel)
    ends = limits(of, found.target, close.funnel.levels, found.spread.between)
    told = [bool(found.can_tell[at]) and each.of >= close.smallest_team
            for at, each in enumerate(teams)]  # fmt: skip
    rows = [
        [Cell(each.team.name), *_cells(each, found, ends, at, told=told[at])]
        for at, each in enumerate(teams)
    ]
    table = Table(f"The share that {happened}, team by team", COLUMNS, rows, id="team-by-team")
    return Teams(_sentence(found, told), table, _chart(teams, found, told, close, table))


def _chart(
    teams: Sequence[TeamCount], found: Funnel, told: Sequence[bool], close: Close, table: Table
) -> FunnelPlot | None:
    """The teams large enough to tell, by size, and the limits from the smallest to the largest."""
    units = [
        Unit(each.team.name, each.of, float(found.share[at]), int(found.place[at]))
        for at, each in enumerate(teams)
        if told[at]
    ]
    if not units:
        return None
    sizes = np.linspace(close.smallest_team, max(unit.of for unit in units), SIZES)
    ends = limits(sizes, found.target, close.funnel.levels, found.spread.between)
    drawn = [
        Limit(f"{level:.4g} of 100 would lie within by chance", sizes.tolist(), low, high)
        for level, low, high in zip(
            (100 * each for each in close.funnel.levels),
            ends.low.tolist(),
            ends.high.tolist(),
            strict=True,
        )
    ]
    return funnel_plot(
        "teams-by-size", _title(units), units, found.target, drawn, table=table,
        axis="How many were counted",
        desc=f"Each mark is a team of {close.smallest_team} or more; a square lies outside.",
    )  # fmt: skip


def _title(units: Sequence[Unit]) -> str:
    outside = [unit.name for unit in units if unit.place]
    if not outside:
        return "No team lies outside what chance would explain"
    lies = "lies" if len(outside) == 1 else "lie"
    return f"{wording.in_a_row(outside)} {lies} outside what chance would explain"


def _cells(each: TeamCount, found: Funnel, ends: Limits, at: int, *, told: bool) -> list[Cell]:
    share = Cell(
        wording.share(each.reached / each.of), note=f"{number(each.reached)} of {number(each.of)}"
    )
    if not told:
        return [share, Cell(), Cell(), Cell(TOO_FEW)]
    between = [wording.between(float(ends.low[level, at]), float(ends.high[level, at]))
               for level in (0, -1)]  # fmt: skip
    return [share, *(Cell(each) for each in between), Cell(PLACES[int(found.place[at])])]


def _sentence(found: Funnel, told: Sequence[bool]) -> str:
    outside = sum(1 for at, is_told in enumerate(told) if is_told and found.place[at])
    many = sum(told)
    if not many:
        return "Each team has too few to say anything of."
    lie = "lies" if outside == 1 else "lie"
    first = (
        f"Of {number(many)} team{'' if many == 1 else 's'} large enough to tell, "
        f"{number(outside) if outside else 'none'} {lie if outside else 'lies'} further from all "
        f"together ({wording.share(found.target)}) than chance would explain."
    )
    if found.spread.over:
        first += " Teams differ among themselves by more than chance, which is allowed for."
    return first
