"""Lines over months, broken where a month is not known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise
from typing import NamedTuple

from evenhand.design.charts.base import Chart
from evenhand.design.components import Cell, Column, Table
from evenhand.design.wording import month as in_month
from evenhand.design.wording import number


class Point(NamedTuple):
    """A point: per cent across, pixels down."""

    x: float
    y: float


class Piece(NamedTuple):
    """A straight piece of a line, between two months that are both known."""

    x1: float
    y1: float
    x2: float
    y2: float


class Line(NamedTuple):
    """One line. ``slug`` is first, second or third."""

    words: str
    slug: str
    points: tuple[Point, ...]
    pieces: tuple[Piece, ...]


class Rule(NamedTuple):
    """A horizontal rule with its value above it."""

    words: str
    y: float
    y_label: float


class Tick(NamedTuple):
    """A month's name below the chart."""

    words: str
    x: float
    anchor: str


class Gap(NamedTuple):
    """A run of months in which no line is known."""

    x: float
    width: float


@dataclass(frozen=True)
class Trend(Chart):
    """Lines over months; a month that is not known breaks the line and is shaded."""

    lines: tuple[Line, ...] = ()
    rules: tuple[Rule, ...] = ()
    ticks: tuple[Tick, ...] = ()
    gaps: tuple[Gap, ...] = ()
    top: int = 0
    depth: int = 0
    y_ticks: int = 0

    @property
    def line_keys(self) -> tuple[Line, ...]:
        """Return the lines to name, when there are several."""
        return self.lines if len(self.lines) > 1 else ()


TOP, DEPTH, FOOT = 24, 180, 26
LEFT, RIGHT = 10.0, 98.0
SLUGS = ("first", "second", "third")
MOST_TICKS = 4


def trend(
    id: str,
    title: str,
    months: Sequence[date],
    lines: Sequence[tuple[str, Sequence[float | None]]],
    *,
    desc: str = "",
    unit: str = "%",
    highest: float | None = None,
) -> Trend:
    """Return up to three lines over ``months`` (any day of each); ``None`` is not known.

    ``unit`` "%" makes the axis 0 to 100; otherwise ``unit`` is written after each value and the
    axis ends at ``highest`` or a round number above all values.
    """
    top_value = 100.0 if unit == "%" else highest or _round_up(lines)
    drawn = tuple(
        _line(words, slug, values, top_value)
        for slug, (words, values) in zip(SLUGS, lines, strict=False)
    )
    return Trend(
        id=id,
        title=title,
        desc=desc,
        spoken=" ".join(_spoken_trend(words, months, values, unit) for words, values in lines),
        height=TOP + DEPTH + FOOT,
        table=_months_table(id, title, months, lines, unit),
        template="design/components/chart_trend.html",
        lines=drawn,
        rules=tuple(_rules(top_value, unit)),
        ticks=tuple(_ticks(months)),
        gaps=tuple(_gaps(months, lines)),
        top=TOP,
        depth=DEPTH,
        y_ticks=TOP + DEPTH + 20,
    )


def waiting(
    id: str,
    title: str,
    days: Sequence[int],
    lines: Sequence[tuple[str, Sequence[float | None]]],
    *,
    desc: str = "",
) -> Trend:
    """Return up to three lines of the per cent still waiting after so many ``days``."""
    drawn = tuple(
        _line(words, slug, values, 100.0)
        for slug, (words, values) in zip(SLUGS, lines, strict=False)
    )
    columns = [Column("After"), *(Column(words, numeric=True) for words, _ in lines)]
    rows = [
        [_in_days(day), *(_shown(values[place], "%") for _, values in lines)]
        for place, day in enumerate(days)
    ]
    return Trend(
        id=id,
        title=title,
        desc=desc,
        spoken=" ".join(_spoken_wait(words, days, values) for words, values in lines),
        height=TOP + DEPTH + FOOT,
        table=Table(title, columns, rows, caption_hidden=True, narrow="scroll", id=f"{id}-figures"),
        template="design/components/chart_trend.html",
        lines=drawn,
        rules=tuple(_rules(100.0, "%")),
        ticks=tuple(_days_below(days)),
        top=TOP,
        depth=DEPTH,
        y_ticks=TOP + DEPTH + 20,
    )


def _in_days(day: int) -> str:
    return f"{day} day{'' if day == 1 else 's'}"


def _spoken_wait(words: str, days: Sequence[int], values: Sequence[float | None]) -> str:
    known = [(d, v) for d, v in zip(days, values, strict=True) if v is not None]
    return (
        f"{words}: " + ", ".join(f"{number(round(v))}% after {_in_days(d)}" for d, v in known) + "."
    )


def _days_below(days: Sequence[int]) -> Iterable[Tick]:
    step = max(1, -(-len(days) // MOST_TICKS))
    for place in range(0, len(days), step):
        anchor = "start" if place == 0 else "middle"
        yield Tick(_in_days(days[place]), _across(place, len(days)), anchor)


def _across(place: int, of: int) -> float:
    return round(LEFT + (RIGHT - LEFT) * (place / (of - 1) if of > 1 else 0.5), 2)


def _line(words: str, slug: str, values: Sequence[float | None], top_value: float) -> Line:
    places = [
        None if v is None else Point(_across(i, len(values)), round(_down(v, top_value), 1))
        for i, v in enumerate(values)
    ]
    points = tuple(p for p in places if p is not None)
    pieces = tuple(Piece(*a, *b) for a, b in pairwise(places) if a is not None and b is not None)
    return Line(words, slug, points, pieces)


def _down(value: float, top_value: float) -> float:
    return TOP + DEPTH * (1 - value / top_value)


def _round_up(lines: Sequence[tuple[str, Sequence[float | None]]]) -> float:
    most = max((v for _, values in lines for v in values if v is not None), default=0) or 1
    size = 10 ** (len(str(int(most))) - 1)
    return float(next(n * size for n in (1, 2, 4, 5, 10) if n * size >= most))


def _rules(top_value: float, unit: str) -> Iterable[Rule]:
    for quarter in (0, 0.5, 1):
        y = round(_down(top_value * quarter, top_value), 1)
        yield Rule(f"{number(top_value * quarter)}{_after(unit)}", y, y - 5)


def _after(unit: str) -> str:
    return unit if unit in ("", "%") else f" {unit}"


def _ticks(months: Sequence[date]) -> Iterable[Tick]:
    step = max(1, -(-len(months) // MOST_TICKS))
    for place in range(0, len(months), step):
        last = place == len(months) - 1
        anchor = "start" if place == 0 else "end" if last else "middle"
        x = 100.0 if last else _across(place, len(months))
        yield Tick(in_month(months[place]), x, anchor)


def _gaps(
    months: Sequence[date], lines: Sequence[tuple[str, Sequence[float | None]]]
) -> Iterable[Gap]:
    half = (RIGHT - LEFT) / max(len(months) - 1, 1) / 2
    unknown = [all(values[place] is None for _, values in lines) for place in range(len(months))]
    for is_unknown, run in groupby(range(len(months)), key=unknown.__getitem__):
        if is_unknown:
            places = list(run)
            start = max(_across(places[0], len(months)) - half, LEFT)
            end = min(_across(places[-1], len(months)) + half, 100)
            yield Gap(round(start, 2), round(end - start, 2))


def _spoken_trend(
    words: str, months: Sequence[date], values: Sequence[float | None], unit: str
) -> str:
    known = [(m, v) for m, v in zip(months, values, strict=True) if v is not None]
    if not known:
        return f"{words}: not known in any month."
    (first, a), (last, b) = known[0], known[-1]
    ends = (
        f"{number(a)}{_after(unit)} in {in_month(first)}",
        f"{number(b)}{_after(unit)} in {in_month(last)}",
    )
    unknown = len(values) - len(known)
    missing = f" {unknown} of {len(values)} months are not known." if unknown else ""
    return f"{words}: from {ends[0]} to {ends[1]}.{missing}"


def _months_table(
    id: str,
    title: str,
    months: Sequence[date],
    lines: Sequence[tuple[str, Sequence[float | None]]],
    unit: str,
) -> Table:
    columns = [Column("Month"), *(Column(words, numeric=True) for words, _ in lines)]
    rows = [
        [in_month(m), *(_shown(values[i], unit) for _, values in lines)]
        for i, m in enumerate(months)
    ]
    return Table(title, columns, rows, caption_hidden=True, narrow="scroll", id=f"{id}-figures")


def _shown(value: float | None, unit: str) -> Cell:
    return Cell("not known" if value is None else f"{number(value)}{_after(unit)}", numeric=True)
