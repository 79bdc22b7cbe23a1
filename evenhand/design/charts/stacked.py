"""One bar for each group, divided by state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from evenhand.design.charts.base import STATES, Chart, key_of
from evenhand.design.components import Column, Table
from evenhand.design.looks import look_of
from evenhand.design.wording import number, percent


class Part(NamedTuple):
    """One stretch of a bar, in per cent across. ``label`` is empty where it would not fit."""

    slug: str
    x: float
    width: float
    label: str

    @property
    def middle(self) -> float:
        """Return the middle of the stretch."""
        return round(self.x + self.width / 2, 2)


class Bar(NamedTuple):
    """One group's bar."""

    words: str
    total: str
    y_label: int
    y_total: int
    y: int
    y_part: int
    height: int
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class StackedBars(Chart):
    """One bar for each group, divided by state; each bar is the whole of its group."""

    bars: tuple[Bar, ...] = ()


BAR, STEP, LABEL = 26, 62, 16
LONG_NAME, LINE = 34, 18
ROOM_FOR_LABEL = 9.0


def stacked_bars(
    id: str,
    title: str,
    groups: Sequence[tuple[str, Mapping[str, int]]],
    *,
    desc: str = "",
    first_column: str = "Group",
    states: Sequence[str] = STATES,
) -> StackedBars:
    """Return a bar for each group, divided by state in the order of ``states``.

    ``groups`` are (name, {state: count}); a state that no group has is left out of the legend.
    """
    shown = [s for s in states if any(counts.get(s) for _, counts in groups)]
    bars = tuple(_bars(groups, shown))
    return StackedBars(
        id=id,
        title=title,
        desc=desc,
        spoken=" ".join(_spoken(name, counts, shown) for name, counts in groups),
        height=max(bars[-1].y + BAR + 12, 1) if bars else 1,
        table=_counts_table(id, title, groups, shown, first_column),
        template="design/components/chart_bars.html",
        legend=tuple(key_of(s) for s in shown),
        bars=bars,
    )


def _bars(groups: Sequence[tuple[str, Mapping[str, int]]], shown: Sequence[str]) -> Iterable[Bar]:
    """Lay the bars under one another. A long name takes a line of its own, above its total."""
    top = 0
    for name, counts in groups:
        more = LINE if len(name) > LONG_NAME else 0
        yield _bar(top, more, name, counts, shown)
        top += STEP + more


def _bar(top: int, more: int, name: str, counts: Mapping[str, int], shown: Sequence[str]) -> Bar:
    whole = sum(counts.get(s, 0) for s in shown)
    parts = tuple(_parts(counts, shown, whole)) if whole else ()
    total, y_label = number(whole) if whole else "none", top + LABEL
    y = y_label + more + 8
    return Bar(name, total, y_label, y_label + more, y, y + 18, BAR, parts)


def _parts(counts: Mapping[str, int], shown: Sequence[str], whole: int) -> Iterable[Part]:
    before = 0
    for state in shown:
        count = counts.get(state, 0)
        if count:
            width = round(100 * count / whole, 2)
            label = number(count) if width >= ROOM_FOR_LABEL else ""
            yield Part(look_of(state).slug, round(100 * before / whole, 2), width, label)
        before += count


def _spoken(name: str, counts: Mapping[str, int], shown: Sequence[str]) -> str:
    whole = sum(counts.get(s, 0) for s in shown)
    if not whole:
        return f"{name}: none."
    said = (f"{counts[s]} {s} ({percent(counts[s], whole)})" for s in shown if counts.get(s))
    return f"{name}: {', '.join(said)}."


def _counts_table(
    id: str,
    title: str,
    groups: Sequence[tuple[str, Mapping[str, int]]],
    shown: Sequence[str],
    first_column: str,
) -> Table:
    headings = [Column(s.capitalize(), numeric=True) for s in shown]
    rows = [
        [name, *(counts.get(s, 0) for s in shown), sum(counts.get(s, 0) for s in shown)]
        for name, counts in groups
    ]
    columns = [Column(first_column), *headings, Column("All", numeric=True)]
    return Table(title, columns, rows, caption_hidden=True, narrow="scroll", id=f"{id}-figures")
