"""Shares of groups, each with its interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from evenhand.design.charts.base import Chart
from evenhand.design.components import Cell, Column, Table
from evenhand.design.wording import number, percent


class Proportion(NamedTuple):
    """One group: ``part`` of ``whole``, with the ends of its interval as shares from 0 to 1."""

    words: str
    part: int
    whole: int
    low: float | None = None
    high: float | None = None


class IntervalBar(NamedTuple):
    """One group's bar, its interval and its value in words."""

    words: str
    value: str
    y_label: int
    y_value: int
    y: int
    rate: float | None
    low: float | None
    high: float | None

    @property
    def y_mid(self) -> int:
        """Return the middle of the bar, where the interval lies."""
        return self.y + 5

    @property
    def y_top(self) -> int:
        """Return the top of the interval's ends."""
        return self.y - 1

    @property
    def y_mark(self) -> int:
        """Return the top of the mark of the comparison, clear of the words above."""
        return self.y - 3

    @property
    def y_foot(self) -> int:
        """Return the foot of the mark of the comparison."""
        return self.y + 20

    @property
    def y_end(self) -> int:
        """Return the foot of the interval's ends."""
        return self.y + 11


@dataclass(frozen=True)
class Intervals(Chart):
    """A bar with its interval for each group; ``reference`` is a mark to compare with, per cent."""

    bars: tuple[IntervalBar, ...] = ()
    reference: float | None = None


LABEL = 16
SHORT_LABEL = 26
SHORT_STEP, LONG_STEP = 50, 70


def proportions(
    id: str,
    title: str,
    groups: Sequence[Proportion],
    *,
    desc: str = "",
    reference: float | None = None,
    first_column: str = "Group",
) -> Intervals:
    """Return the share of each group from 0 to 100%, with its interval where one is given.

    ``reference`` is a share from 0 to 1 (the comparison group's) drawn as a mark at each bar.
    A long name takes a line of its own, above its figures.
    """
    bars, top = [], 0
    for group in groups:
        long = len(group.words) > SHORT_LABEL
        bars.append(_interval_bar(group, top, long))
        top += LONG_STEP if long else SHORT_STEP
    return Intervals(
        id=id,
        title=title,
        desc=desc,
        spoken=" ".join(f"{g.words}: {_in_words(g)}." for g in groups),
        height=max(top, 1),
        table=_proportions_table(id, title, groups, first_column),
        template="design/components/chart_intervals.html",
        bars=tuple(bars),
        reference=None if reference is None else round(100 * reference, 2),
    )


def _interval_bar(group: Proportion, top: int, long: bool) -> IntervalBar:
    y_value = top + LABEL + (20 if long else 0)
    rate = round(100 * group.part / group.whole, 2) if group.whole else None
    ends = [None if e is None else round(100 * e, 2) for e in (group.low, group.high)]
    return IntervalBar(group.words, _brief(group), top + LABEL, y_value, y_value + 9, rate, *ends)


def _brief(group: Proportion) -> str:
    if not group.whole:
        return "none"
    share = percent(group.part, group.whole)
    return f"{number(group.part)} of {number(group.whole)} · {share}"


def _in_words(group: Proportion) -> str:
    if not group.whole:
        return "none"
    between = _between(group)
    return _brief(group).replace(" ·", ",") + (f", between {between}" if between else "")


def _between(group: Proportion) -> str:
    if group.low is None or group.high is None:
        return ""
    return f"{100 * group.low:.0f}% and {100 * group.high:.0f}%"


def _proportions_table(
    id: str, title: str, groups: Sequence[Proportion], first_column: str
) -> Table:
    columns = [
        Column(first_column),
        Column("Number", numeric=True),
        Column("Out of", numeric=True),
        Column("Share", numeric=True),
        Column("Likely between"),
    ]
    rows = [
        [
            g.words,
            g.part,
            g.whole,
            Cell(percent(g.part, g.whole), numeric=True),
            _between(g) or None,
        ]
        for g in groups
    ]
    return Table(title, columns, rows, caption_hidden=True, narrow="scroll", id=f"{id}-figures")
