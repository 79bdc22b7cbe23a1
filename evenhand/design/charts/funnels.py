"""Teams, homes or authorities by size and share, within the limits of chance: a funnel plot."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from evenhand.design.charts.base import Chart
from evenhand.design.charts.months import DEPTH, FOOT, LEFT, RIGHT, TOP, Piece, Rule, Tick
from evenhand.design.components import Table
from evenhand.design.wording import number

WITHIN, BEYOND, FAR = "within", "beyond", "far"
LIMITS = ("inner", "outer")
PER_CENT, TENTH = 100.0, 10
EDGE, NAMED = 30.0, 14.0  # per cent across within which a name runs inwards; pixels between names
AXIS = 22  # pixels for the words under the sizes


class Unit(NamedTuple):
    """One team, home or authority: of how many, the share (0 to 1), and how many limits beyond."""

    name: str
    of: int
    share: float
    place: int


class Limit(NamedTuple):
    """The low and the high limit (0 to 1) at each size drawn, and what they hold in words."""

    words: str
    sizes: Sequence[float]
    low: Sequence[float]
    high: Sequence[float]


class Dot(NamedTuple):
    """Where a unit is drawn, and its name where it lies beyond a limit."""

    x: float
    y: float
    slug: str
    name: str
    x_name: float
    y_name: float
    anchor: str


class Curve(NamedTuple):
    """A pair of limits, in straight pieces."""

    words: str
    slug: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class FunnelPlot(Chart):
    """Units by size, the share of all together, and the limits of chance around it."""

    dots: tuple[Dot, ...] = ()
    curves: tuple[Curve, ...] = ()
    target: float = 0
    target_words: str = ""
    rules: tuple[Rule, ...] = ()
    ticks: tuple[Tick, ...] = ()
    y_ticks: int = 0
    y_axis: int = 0
    axis: str = ""


class _Scale(NamedTuple):
    most: float
    top: float

    def across(self, of: float) -> float:
        return round(LEFT + (RIGHT - LEFT) * of / self.most, 2)

    def down(self, share: float) -> float:
        return round(TOP + DEPTH * (1 - PER_CENT * share / self.top), 1)


def funnel_plot(
    id: str,
    title: str,
    units: Sequence[Unit],
    target: float,
    limits: Sequence[Limit],
    *,
    table: Table,
    axis: str,
    desc: str = "",
) -> FunnelPlot:
    """Return units around a target share (0 to 1), with its ``limits``, the narrowest first.

    ``axis`` says what the sizes are numbers of. Units beyond a limit are named.
    """
    scale = _scale(units, target)
    return FunnelPlot(
        id=id, title=title, desc=desc, spoken=_spoken(units, target, axis),
        height=TOP + DEPTH + FOOT + AXIS, table=table,
        template="design/components/chart_funnel.html",
        dots=tuple(_dots(units, scale)),
        curves=tuple(
            Curve(one.words, slug, tuple(_pieces(one, scale)))
            for slug, one in zip(LIMITS, limits, strict=False)
        ),
        target=scale.down(target), target_words=f"All together: {_percent(target)}",
        rules=tuple(_rules(scale)), ticks=tuple(_ticks(scale)),
        y_ticks=TOP + DEPTH + 20, y_axis=TOP + DEPTH + 20 + AXIS, axis=axis,
    )  # fmt: skip


def _scale(units: Sequence[Unit], target: float) -> _Scale:
    """A little room above the highest share and beyond the largest unit."""
    highest = PER_CENT * max(target, *(unit.share for unit in units))
    top = min(PER_CENT, TENTH * math.ceil(1.2 * highest / TENTH) or TENTH)
    return _Scale(1.05 * max(unit.of for unit in units), top)


def _dots(units: Sequence[Unit], scale: _Scale) -> Iterable[Dot]:
    """Names stand above; those that would lie on each other are moved apart, downwards."""
    taken: list[float] = []
    for unit in sorted(units, key=lambda one: -one.share):
        x, y = scale.across(unit.of), scale.down(unit.share)
        slug = (WITHIN, BEYOND, FAR)[min(abs(unit.place), 2)]
        at = y - 11
        while unit.place and any(abs(at - other) < NAMED for other in taken):
            at += 1
        if unit.place:
            taken.append(at)
        yield Dot(x, y, slug, unit.name if unit.place else "", x, at, _anchor(x))


def _anchor(x: float) -> str:
    """A name near an edge runs away from it."""
    return "start" if x < EDGE else "end" if x > PER_CENT - EDGE else "middle"


def _pieces(limit: Limit, scale: _Scale) -> Iterable[Piece]:
    """What lies above the chart is left out."""
    for ends in (limit.low, limit.high):
        points = zip(limit.sizes, ends, strict=True)
        for (of, end), (later, following) in pairwise(points):
            if PER_CENT * max(end, following) <= scale.top:
                yield Piece(scale.across(of), scale.down(end),
                            scale.across(later), scale.down(following))  # fmt: skip


def _rules(scale: _Scale) -> Iterable[Rule]:
    for part in (0, 0.5, 1):
        y = scale.down(scale.top * part / PER_CENT)
        yield Rule(f"{number(scale.top * part)}%", y, y - 5)


def _ticks(scale: _Scale) -> Iterable[Tick]:
    size = _round_size(scale.most / 3)
    yield Tick("0", LEFT, "middle")
    for times in (1, 2, 3):
        if times * size <= scale.most:
            yield Tick(number(times * size), scale.across(times * size), "middle")


def _round_size(about: float) -> int:
    power = 10 ** max(0, math.floor(math.log10(max(about, 1))))
    return int(next(times * power for times in (5, 2, 1) if times * power <= max(about, 1)))


def _spoken(units: Sequence[Unit], target: float, axis: str) -> str:
    outside = [unit for unit in units if unit.place]
    told = " ".join(
        f"{unit.name}: {_percent(unit.share)} of {number(unit.of)}, "
        f"{'above' if unit.place > 0 else 'below'} the limits."
        for unit in outside
    )
    rest = len(units) - len(outside)
    within = f"{number(rest)} {'lies' if rest == 1 else 'lie'} within them." if rest else ""
    return " ".join(filter(None, (
        f"Each by {axis} and share; all together {_percent(target)}.", told, within,
    )))  # fmt: skip


def _percent(share: float) -> str:
    return f"{number(round(PER_CENT * share))}%"
