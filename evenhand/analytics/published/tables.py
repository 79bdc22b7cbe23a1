"""The published tables, read from our own files once each: areas, neighbours, measures, figures."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True)
class Area:
    """An authority, a region or England. `number` is an authority's three-digit code."""

    code: str
    name: str
    number: str
    within: str


@dataclass(frozen=True)
class Measure:
    """What is measured: a title, its unit, what its groups are, a caution and whose figures."""

    key: str
    title: str
    unit: str
    groups: str
    caution: str
    source: str


@dataclass(frozen=True)
class Figure:
    """One published number. `group` is "" where there are none; None is missing, never nought.

    `value` is in the measure's unit; `number` and `of` are the counts, rounded by their publisher.
    """

    area: Area
    year: int
    group: str
    number: float | None
    of: float | None
    value: float | None


_SOURCE = "# Source: "


def _text(name: str) -> list[str]:
    text = resources.files(__package__).joinpath(f"{name}.csv").read_text(encoding="utf-8")
    return text.splitlines()


def _rows(name: str) -> Iterator[dict[str, str]]:
    yield from csv.DictReader(line for line in _text(name) if not line.startswith("#"))


def _source(name: str) -> str:
    return next(line.removeprefix(_SOURCE) for line in _text(name) if line.startswith(_SOURCE))


@cache
def areas() -> Mapping[str, Area]:
    """Every area by its nine-character code."""
    return {
        row["area"]: Area(row["area"], row["name"], row["number"], row["within"])
        for row in _rows("areas")
    }


def area(code: str) -> Area | None:
    """The area of a nine-character code, or the authority of a three-digit one; None if unknown."""
    wanted = code.strip().upper()
    if found := areas().get(wanted):
        return found
    return next((each for each in areas().values() if wanted and each.number == wanted), None)


@cache
def neighbours(code: str) -> tuple[Area, ...]:
    """The statistical neighbours of an authority's nine-character code, the closest first."""
    found = [row for row in _rows("neighbours") if row["area"] == code]
    return tuple(areas()[row["neighbour"]] for row in sorted(found, key=_place))


def _place(row: Mapping[str, str]) -> int:
    return int(row["place"])


@cache
def measures() -> Mapping[str, Measure]:
    """Every measure by its key."""
    return {
        row["measure"]: Measure(
            row["measure"], row["title"], row["unit"], row["groups"], row["caution"],
            _source(row["measure"]),
        )
        for row in _rows("measures")
    }  # fmt: skip


@cache
def by_area(measure: str) -> Mapping[tuple[str, int], tuple[Figure, ...]]:
    """The figures of a measure by area and year, one for each group in the order of the file."""
    held: dict[tuple[str, int], tuple[Figure, ...]] = {}
    for row in _rows(measure):
        figure = _figure(row)
        key = (figure.area.code, figure.year)
        held[key] = (*held.get(key, ()), figure)
    return held


def _figure(row: Mapping[str, str]) -> Figure:
    counts = (_number(row["number"]), _number(row["of"]), _number(row["value"]))
    return Figure(areas()[row["area"]], int(row["year"]), row["group"], *counts)


def _number(text: str) -> float | None:
    return float(text) if text else None
