"""“Who fares worse” as sections of a report: small numbers hidden, for whoever reads it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from evenhand.accounts.models import User
from evenhand.design.components import Table
from evenhand.equality import wording
from evenhand.equality.comparison import Comparison
from evenhand.equality.hiding import suppressed
from evenhand.equality.lawful import uses
from evenhand.equality.pathway import headline_dimensions
from evenhand.equality.queries import Asked, clocks_for, steps_for
from evenhand.equality.tables.along import along_table, where_it_arises
from evenhand.equality.tables.known import known_here
from evenhand.publications.documents import Figures, Section

NOTHING_FOUND = "No group differs by more than chance would explain."


def who_fares_worse(viewer: User) -> tuple[Section, ...]:
    """Return a section for each dimension: how far it is known, what was found, and where.

    Each has the relative rate of every group at every step. Then why we may look at all of it.
    """
    dimensions = headline_dimensions()
    found = [_section(viewer, Asked(dimension)) for dimension in dimensions]
    conditions = tuple(f"{use.label}: {use.condition}." for use in uses(dimensions))
    return (*found, Section("Why we may look at this", conditions))


def _section(viewer: User, asked: Asked) -> Section:
    steps = [_hidden(one) for one in steps_for(viewer, asked).comparisons]
    clocks = [_hidden(one) for one in clocks_for(viewer, asked).comparisons]
    along = along_table(steps)
    sentences = (*_known(steps), *where_it_arises(steps), *_findings([*steps, *clocks]))
    return Section(
        f"Who fares worse, by {asked.dimension.label.lower()}", sentences or (NOTHING_FOUND,),
        (_figures(along),) if along is not None else (),
    )  # fmt: skip


def _hidden(one: Comparison) -> Comparison:
    return one if one.is_suppressed else suppressed(one, round_to=one.rules.round_to)


def _known(steps: Sequence[Comparison]) -> Iterator[str]:
    first = next((one for one in steps if one.total.of), None)
    if first is None:
        yield "Nothing of the pathway is counted by this yet."
    elif first.has_headline:
        what = first.dimension.label.lower()
        yield f"The {what} is known for {known_here(first)} of {wording.counted(first)}."
    else:
        yield wording.no_headline(first)


def _findings(found: Iterable[Comparison]) -> list[str]:
    """Every difference of which the numbers may be told, or that there is none."""
    told = [
        f"{wording.finding(one, row)} {wording.strength(one, row)}"
        for one in found
        for row in one.worse()
        if not row.hidden
    ]
    return told or [NOTHING_FOUND]


def _figures(table: Table) -> Figures:
    rows = tuple(
        tuple(" ".join(filter(None, (str(cell.value), cell.note))) for _, cell, _ in line)
        for line in table.lines()
    )
    headings = tuple(column.words for column in table.headings)
    return Figures(table.caption, headings, (False,) * len(headings), rows)
