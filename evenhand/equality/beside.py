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
NO_REGION = "No figure for the region is published."
NO_NEIGHBOURS = "No figure for statistical neighbours is published."
MIDDLE = "Middle of its statistical neighbours"
UNITS = {"percent": "%", "per 10,000": "", "people": ""}


class Published(NamedTuple):
    """One published measure as a table, with its caution and its source."""

    table: Table
    notes: list[str]


class Beside(NamedTuple):
    """What is shown beside our own figures, and what must be said of all of it, once."""

    published: list[Published]
    notes: list[str]


def beside(**about: str) -> Beside | None:
    """Return what the pack sets beside a dimension, a step or a standard; None for nothing."""
    document: Any = policy().document("published") or {}
    code = str(document.get("authority_code") or "")
    listed: Iterable[dict[str, str]] = document.get("beside", ())
    return published_beside([e["measure"] for e in listed if about.items() <= e.items()], code)


def published_beside(measures: Iterable[str], code: str) -> Beside | None:
    """Return published measures beside the authority of a code; None for no measure.

    What a table lacks is said under it; that no authority is named, once for all.
    """
    found = [published.figures(each, code) for each in measures]
    if not found:
        return None
    if published.area(code) is None:
        return Beside([_one(each, ()) for each in found], [found[0].reason, LICENCE])
    return Beside([_one(each, _lacking(each)) for each in found], [LICENCE])


def _one(found: Figures, lacking: Iterable[str]) -> Published:
    said = (found.measure.caution, *lacking, f"Source: {found.measure.source}")
    return Published(_table(found), [sentence for sentence in said if sentence])


def _lacking(found: Figures) -> Iterable[str]:
    """What an authority's page would be looked at for, and is not published."""
    yield found.reason
    if not found.region:
        yield NO_REGION
    if not found.neighbours:
        yield NO_NEIGHBOURS


def _table(found: Figures) -> Table:
    unit, columns = found.measure.unit, list(_columns(found))
    by_group = [{figure.group: figure for figure in figures} for _, figures in columns]
    median = dict(found.median)
    groups = list(dict.fromkeys(figure.group for _, figures in columns for figure in figures))
    rows = [
        [
            Cell(group or ALL),
            *(_cell(figures.get(group), unit) for figures in by_group),
            *([_value(median.get(group), unit)] if median else []),
        ]
        for group in groups
    ]
    headings = [name for name, _ in columns] + ([MIDDLE] if median else [])
    return Table(
        f"{found.measure.title}: {found.year}",
        [Column("Group"), *(Column(name, numeric=True) for name in headings)],
        rows, empty="Nothing is published.",
    )  # fmt: skip


def _columns(found: Figures) -> Iterable[tuple[str, Sequence[Figure]]]:
    for figures in (found.authority, found.region, found.england):
        if figures:
            yield figures[0].area.name, figures


def _cell(figure: Figure | None, unit: str) -> Cell:
    return _value(None if figure is None else figure.value, unit)


def _value(value: float | None, unit: str) -> Cell:
    shown = "not published" if value is None else f"{number(value)}{UNITS.get(unit, '')}"
    return Cell(shown, numeric=True)
