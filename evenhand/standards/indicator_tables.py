"""National indicators and the fields behind them, laid out; and standards by the policy's areas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.urls import reverse

from evenhand.design.components import Cell, Column, Table
from evenhand.design.wording import child_name, percent
from evenhand.rules import Standard
from evenhand.standards import wording
from evenhand.standards.counts import Counts, total_of
from evenhand.standards.indicators import Field
from evenhand.standards.queries.measuring import Measured
from evenhand.standards.queries.records import Filled, Unfilled
from evenhand.standards.tables import in_time

PLACES = 1
COUNTED = (
    Column("Share", numeric=True),
    Column("Counted", numeric=True),
    Column("Out of", numeric=True),
    Column("Not known", numeric=True),
)
ANSWERS: Mapping[str, str] = {
    "": "Nobody has recorded asking yet",
    "awaiting": "Asked, and the answer is awaited",
    "declined": "Asked, and would rather not say",
    "not known": "Asked, and not known",
}


def indicators_table(measured: Iterable[Measured]) -> Table:
    """Return each indicator with its share to one decimal, what is counted and out of how many."""
    rows = [
        [
            Cell(one.indicator.title, note=f"{one.definition.says}. {_whose(one)}"),
            *_numbers(one),
        ]
        for one in measured
    ]
    empty = "Nothing we have been sent is counted by an indicator yet."
    return Table("National indicators", [Column("Indicator"), *COUNTED], rows, empty=empty)


def _whose(one: Measured) -> str:
    return f"{wording.AUTHORITY[one.definition.basis]}, from {one.definition.from_:%B %Y}"


def _numbers(one: Measured) -> list[str | int]:
    return [percent(one.part, one.whole, PLACES), one.part, one.whole, one.not_known]


def indicators_export(measured: Iterable[Measured], first: date, last: date) -> Table:
    """Return the indicators as a file gives them: with their period and definition beside."""
    rows = [
        [one.indicator.title, *_numbers(one), first.isoformat(), last.isoformat(),
         one.definition.says, one.definition.from_.isoformat(), one.definition.citation]
        for one in measured
    ]  # fmt: skip
    beside = ("From", "To", "Definition", "Defined so from", "Source")
    return Table("National indicators", [Column("Indicator"), *COUNTED, *beside], rows)


def fields_table(filled: Iterable[Filled], *, may_list: bool) -> Table:
    """Return how far each field is recorded, valid and up to date; what is missing leads to its
    list."""
    rows = [
        [one.field.title, percent(one.filled, one.records, PLACES), one.filled, one.records,
         _missing(one, may_list), one.not_valid, one.sent_to or "No source sends it"]
        for one in filled
    ]  # fmt: skip
    columns = [
        Column("Field"), Column("Recorded", numeric=True), Column("How many", numeric=True),
        Column("Out of", numeric=True), Column("Not recorded", numeric=True),
        Column("Not valid", numeric=True), Column("Sent up to"),
    ]  # fmt: skip
    return Table("How far each field is recorded", columns, rows)


def _missing(one: Filled, may_list: bool) -> Cell:
    missing = one.records - one.filled
    url = _list_url(one.field) if may_list and missing else ""
    return Cell(missing, url=url, numeric=True)


def _list_url(field: Field) -> str:
    return reverse("standards:unfilled", args=[field.id])


def unfilled_table(rows: Sequence[Unfilled], field: Field) -> Table:
    """Return the records without a field, each leading to its child."""
    return Table(
        f"{field.title}: not recorded",
        ["Child", "On", "What we know", "Team", "Worker"],
        [
            [
                Cell(child_name(one.child), url=_child_url(one, field)),
                one.on,
                ANSWERS.get(one.status, "") if field.characteristic else "Not recorded",
                one.child.team,
                one.child.worker,
            ]
            for one in rows
        ],
        empty="It is recorded for every one that you may see.",
        caption_hidden=True,
    )


def _child_url(one: Unfilled, field: Field) -> str:
    route = "people:identity" if field.characteristic else "pages:child"
    return reverse(route, args=[one.child.ref])


def areas_table(
    areas: Sequence[str], standards: Iterable[Standard], figures: Mapping[str, Counts]
) -> Table:
    """Return each area of the policy with how many standards it has and how often they are met."""
    every = list(standards)
    rows = []
    for area in areas:
        mine = [one for one in every if one.category == area]
        counts = total_of(figures.get(one.id, Counts()) for one in mine)
        rows.append([wording.category_in_words(area), len(mine), in_time(counts), counts.due])
    columns = [
        Column("Area"), Column("Standards", numeric=True), Column("Met", numeric=True),
        Column("Fell due", numeric=True),
    ]  # fmt: skip
    return Table("By area of our policy", columns, rows)
