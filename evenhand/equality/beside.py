"""Published figures beside our own: the authority's, its statistical neighbours', England's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from evenhand.analytics import published
from evenhand.analytics.published import LICENCE, Figure, Figures
from evenhand.design.components import Cell, Column, Table
from evenhand.design.wording import number
from evenhand.facts.adopted import policy

ALL = "All"
UNITS = {"percent": "%", "per 10,000": "", "people": ""}


class Beside(NamedTuple):
    """One published measure as a table, with what must be said under it."""

    table: Table
    notes: list[str]


def beside(**about: str) -> list[Beside]:
    """Return the published measures that the pack sets beside a dimension, a step or a standard."""
    document: Any = policy().document("published") or {}
    code = str(document.get("authority_code") or "")
    listed: Iterable[dict[str, str]] = document.get("beside", ())
    wanted = [each for each in listed if about.items() <= each.items()]
    return [_beside(published.figures(each["measure"], code)) for each in wanted]


def _beside(found: Figures) -> Beside:
    measure = found.measure
    columns = list(_columns(found))
    names = [name for name, _ in columns]
    by_group = [{figure.group: figure for figure in figures} for _, figures in columns]
    median = dict(found.median)
    groups = list(dict.fromkeys(figure.group for _, figures in columns for figure in figures))
    rows = [
        [
            Cell(group or ALL),
            *(_cell(figures.get(group), measure.unit) for figures in by_group),
            *([_value(median.get(group), measure.unit)] if median else []),
        ]
        for group in groups
    ]
    headings = [*names, *(["Middle of its statistical neighbours"] if median else [])]
    table = Table(
        f"{measure.title}: {found.year}",
        [Column("Group"), *(Column(name, numeric=True) for name in headings)],
        rows, empty="Nothing is published.", narrow="scroll",
    )  # fmt: skip
    said = (found.reason, measure.caution, f"Source: {measure.source}.", LICENCE)
    return Beside(table, [sentence.replace("..", ".") for sentence in said if sentence])


def _columns(found: Figures) -> Iterable[tuple[str, Sequence[Figure]]]:
    for figures in (found.authority, found.region, found.england):
        if figures:
            yield figures[0].area.name, figures


def _cell(figure: Figure | None, unit: str) -> Cell:
    return _value(None if figure is None else figure.value, unit)


def _value(value: float | None, unit: str) -> Cell:
    shown = "not published" if value is None else f"{number(value)}{UNITS.get(unit, '')}"
    return Cell(shown, numeric=True)
