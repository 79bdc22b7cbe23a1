"""Whom a service is for beside who lives here, as a page shows it."""

from __future__ import annotations

import math
from typing import NamedTuple

from evenhand.design.components import Cell, Column, Table
from evenhand.design.wording import number
from evenhand.equality import wording
from evenhand.equality.representation import Part, Representation

SUPPRESSED = "suppressed"
COLUMNS = (
    Column("In the service", numeric=True),
    Column("Of those who live here", numeric=True),
    Column("Index", numeric=True),
    Column("Likely between"),
    Column("What it shows"),
)


class Beside(NamedTuple):
    """One service beside who lives here: its sentences and its table."""

    words: str
    table: Table
    notes: list[str]


def beside_population(one: Representation) -> Beside:
    """Return a service beside who lives here, with whose figures they are."""
    dimension = one.population.dimension
    table = Table(
        f"{one.service.label} and who lives here, by {dimension.label.lower()}",
        [Column(dimension.label), *COLUMNS],
        [[Cell(part.label), *_cells(one, part)] for part in one.parts] if one.known else [],
        empty="Nobody is in this service whose group is known.",
        id=f"lives-here-{one.service.id}-{dimension.id}",
    )
    said = (one.population.caution, f"Source: {one.population.source}.")
    return Beside(_summary(one), table, [each for each in said if each])


def _summary(one: Representation) -> str:
    if not one.known:
        return f"{one.service.label}: none whose {_what(one)} is known."
    over = [part for part in one.parts if part.is_over]
    if not over:
        return f"{one.service.label}: no group's index is over {_limit(one)}."
    named = wording.in_a_row([f"{part.label} ({part.index:.2f})" for part in over])
    return f"{one.service.label}: the index is over {_limit(one)} for {named}."


def _what(one: Representation) -> str:
    return one.population.dimension.label.lower()


def _limit(one: Representation) -> str:
    return f"{one.limits.over:.2f}"


def _cells(one: Representation, part: Part) -> list[Cell]:
    lives_here = Cell("not published" if math.isnan(part.lives_here) else _share(part.lives_here))
    if part.hidden:
        return [Cell(SUPPRESSED), lives_here, Cell(), Cell(), Cell(_why_hidden(one, part))]
    return [
        Cell(wording.share(part.share), note=f"{number(part.count)} of {number(one.known)}"),
        lives_here,
        Cell(None if math.isnan(part.index) else f"{part.index:.2f}"),
        Cell(None if math.isnan(part.low) else f"{part.low:.2f} to {part.high:.2f}"),
        Cell(_shows(one, part)),
    ]


def _share(share: float) -> str:
    return f"{number(round(100 * share, 1))}%"


def _why_hidden(one: Representation, part: Part) -> str:
    if part.count < one.limits.smallest:
        return f"Fewer than {one.limits.smallest}, so it is not shown"
    return "Hidden, so that a smaller number cannot be worked out"


def _shows(one: Representation, part: Part) -> str:
    if math.isnan(part.lives_here):
        return "No figure is published of how many live here, so there is no index"
    if math.isnan(part.index):
        return "Nobody of this group is counted among those who live here"
    return f"Over {_limit(one)}: for a person to look at" if part.is_over else ""
