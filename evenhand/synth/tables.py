"""The tables of the extract: their columns in the standard's order, and in Mosaic's spelling."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from operator import itemgetter
from typing import Any, Literal

import yaml

Variant = Literal["standard", "mosaic"]
Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """How one table is written: its header, and which cells of a row go under it, in order.

    ``needs`` is the place of a cell without which a row is left out, or None.
    """

    table: str
    header: Row
    cells: Callable[[Sequence[str]], Row]
    places: dict[str, int]
    dates: tuple[int, ...]
    needs: int | None


@cache
def _tables() -> dict[str, dict[str, Any]]:
    text = resources.files("evenhand.synth").joinpath("tables.yaml").read_text(encoding="utf-8")
    found: dict[str, dict[str, Any]] = yaml.safe_load(text)
    return found


def _columns(table: dict[str, Any]) -> list[str]:
    return [*table["columns"].split(), *table.get("spare", "").split()]


def _spelling(table: dict[str, Any], variant: Variant) -> dict[str, str]:
    spare = dict.fromkeys(table.get("spare", "").split(), "")
    return spare if variant == "standard" else dict(table.get("mosaic", {}))


def layouts(variant: Variant) -> dict[str, Layout]:
    """Return the layout of each table of a variant, keyed by its name without ``ssd_``."""
    return {
        name.removeprefix("ssd_"): _layout(name, table, variant)
        for name, table in _tables().items()
        if variant == "standard" or table.get("only") != "standard"
    }


def _layout(name: str, table: dict[str, Any], variant: Variant) -> Layout:
    columns, spelling = _columns(table), _spelling(table, variant)
    kept = [place for place, column in enumerate(columns) if spelling.get(column, column)]
    header = tuple(spelling.get(columns[place], columns[place]) for place in kept)
    dates = tuple(columns.index(column) for column in table.get("dates", "").split())
    places = {column: place for place, column in enumerate(columns)}
    needed = table.get("mosaic_needs") if variant == "mosaic" else None
    needs = columns.index(needed) if needed else None
    return Layout(name, header, itemgetter(*kept), places, dates, needs)
