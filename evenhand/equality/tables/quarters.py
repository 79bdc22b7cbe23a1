"""How a measure goes from quarter to quarter, all together and by group, as a page shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from evenhand.analytics import suppression
from evenhand.analytics.trends import chance_of_trend
from evenhand.design.charts import Trend, trend
from evenhand.design.components import Cell, Column, Table
from evenhand.design.wording import number
from evenhand.equality import wording
from evenhand.equality.comparison import Comparison
from evenhand.equality.crossing import Crossed, hide
from evenhand.equality.models import GroupTally
from evenhand.equality.pathway import UNKNOWN
from evenhand.equality.progress import (
    IMPROVING,
    NO_CLEAR_CHANGE,
    WORSE,
    TrendRule,
    against_target,
    direction,
)
from evenhand.equality.queries.trend import OfQuarter, Quarters
from evenhand.rules.periods import Span

ALL, PER_CENT, MOST_GROUPS = "All together", 100, 2
WAYS = {IMPROVING: "rising", WORSE: "falling"}
TOO_FEW = "These numbers are too small to be shown by quarter."
Value = float | None


class Course(NamedTuple):
    """The section on quarters: its question, its sentences, its chart and its table."""

    question: str
    sentences: list[str]
    chart: Trend | None
    table: Table | None


class Laid(NamedTuple):
    """Quarters by groups: what went well of how many, what is hidden, and the sums."""

    spans: list[Span]
    groups: tuple[str, ...]
    of: np.ndarray[tuple[int, int], np.dtype[np.int64]]
    good: np.ndarray[tuple[int, int], np.dtype[np.int64]]
    hidden: np.ndarray[tuple[int, int], np.dtype[np.bool_]]


def course(
    found: Quarters, one: Comparison, rule: TrendRule, targets: Mapping[str, float]
) -> Course | None:
    """Return how a measure goes; of a clock the share in time, of a step the share that went on.

    None where no quarter is counted. Whole quarters alone say whether it improves; a step has no
    better and no worse, only more and fewer.
    """
    if not found.found:
        return None
    laid = _laid(found, one)
    question = "Is it getting better?" if _is_clock(one) else "Has it changed?"
    if laid is None:
        return Course(question, [TOO_FEW], None, None)
    target = targets.get(one.tallied.measure)
    return Course(
        question, _sentences(laid, one, rule, target), _chart(laid, one, target), _table(laid, one)
    )


def _is_clock(one: Comparison) -> bool:
    return one.tallied.kind == GroupTally.Kind.CLOCK


def _laid(found: Quarters, one: Comparison) -> Laid | None:
    """None where a sum over all groups would itself tell a small number."""
    order = (*one.dimension.labels, *UNKNOWN)
    there = {group for _, counts in found.found for group in counts}
    groups = tuple(group for group in order if group in there)
    spans = [span for span, _ in found.found]
    nobody = OfQuarter(0, 0)
    cells = [[counts.get(group, nobody) for group in groups] for _, counts in found.found]
    of = np.array([[cell.of for cell in row] for row in cells], np.int64)
    reached = np.array([[cell.reached for cell in row] for row in cells], np.int64)
    good = of - reached if _is_clock(one) else reached
    crossed = Crossed(
        one.dimension, one.dimension, tuple(map(str, range(len(spans)))), groups, of, good,
        np.zeros(of.shape, bool),
    )  # fmt: skip
    if not found.is_exact:
        below = one.rules.suppress_below
        sums = np.stack([good.sum(axis=1), (of - good).sum(axis=1)])
        if suppression.primary(sums, below).any():
            return None
        crossed = hide(crossed, below, set(), {row.group for row in one.rows if row.hidden})
    return Laid(spans, groups, of, good, crossed.hidden)


def _sentences(laid: Laid, one: Comparison, rule: TrendRule, target: float | None) -> list[str]:
    whole = [place for place, span in enumerate(laid.spans) if span.is_quarter]
    every = [(ALL, _all(laid), ""), *_groups_told(laid, one)]
    return [
        f"{words}: {_going(laid, one, [values[at] for at in whole], (group, whole), rule, target)}."
        for words, values, group in every
    ]


def _going(
    laid: Laid,
    one: Comparison,
    values: Sequence[Value],
    of: tuple[str, list[int]],
    rule: TrendRule,
    target: float | None,
) -> str:
    """Which way it goes, where the quarters compared differ by more than chance would explain."""
    said = direction(values, rule, higher_is_better=True)
    if said in WAYS and not _is_clear(laid, one, of, rule):
        said = NO_CLEAR_CHANGE
    if not _is_clock(one):
        return WAYS.get(said, said)
    known = [value for value in values if value is not None]
    if target is None or not known:
        return said
    return f"{said}, {against_target(known[-1], target, higher_is_better=True, unit='point')}"


def _is_clear(laid: Laid, one: Comparison, of: tuple[str, list[int]], rule: TrendRule) -> bool:
    group, whole = of
    places = whole[-rule.quarters :]
    good, everyone = (
        part[places, laid.groups.index(group)] if group else part[places].sum(axis=1)
        for part in (laid.good, laid.of)
    )
    return chance_of_trend(good, everyone).p < one.rules.level


def _all(laid: Laid) -> list[Value]:
    return [
        PER_CENT * int(good) / int(of) if of else None
        for good, of in zip(laid.good.sum(axis=1), laid.of.sum(axis=1), strict=True)
    ]


def _groups_told(laid: Laid, one: Comparison) -> list[tuple[str, list[Value], str]]:
    """Those found to differ, the surest first, else the largest; where enough is known."""
    if not one.has_headline:
        return []
    flagged = [row.group for row in one.flagged() if row.group in laid.groups]
    known = [group for group in laid.groups if group not in UNKNOWN]
    largest = sorted(known, key=lambda group: -int(laid.of[:, laid.groups.index(group)].sum()))
    chosen = list(dict.fromkeys([*flagged, *largest]))[:MOST_GROUPS]
    label = one.dimension.label_of
    return [(label(group), _of_group(laid, one, group), group) for group in chosen]


def _of_group(laid: Laid, one: Comparison, group: str) -> list[Value]:
    column = laid.groups.index(group)
    return [
        None
        if laid.hidden[place, column] or laid.of[place, column] < one.rules.smallest
        else PER_CENT * int(laid.good[place, column]) / int(laid.of[place, column])
        for place in range(len(laid.spans))
    ]


def _chart(laid: Laid, one: Comparison, target: float | None) -> Trend | None:
    told = [(words, values) for words, values, _ in _groups_told(laid, one)]
    lines = [(ALL, _all(laid)), *told]
    if target is not None:
        lines = [lines[0], *lines[1:MOST_GROUPS], ("Target", [target] * len(laid.spans))]
    if not any(value is not None for value in lines[0][1]):
        return None
    made = trend(
        "course", f"The share {_good(one)}, quarter by quarter",
        [span.since for span in laid.spans], lines,
        desc=f"A group of fewer than {one.rules.smallest} in a quarter is left out of the line.",
    )  # fmt: skip
    spoken = made.spoken.replace("month", "quarter")
    return replace(made, table=_table(laid, one), spoken=spoken)


def _good(one: Comparison) -> str:
    return "in time" if _is_clock(one) else f"that {wording.happened(one)}"


def _table(laid: Laid, one: Comparison) -> Table:
    columns = [Column("Quarter"), Column(ALL, numeric=True)]
    columns += [Column(one.dimension.label_of(group), numeric=True) for group in laid.groups]
    rows = [
        [
            Cell(wording.quarter(span)),
            _cell(int(laid.good[place].sum()), int(laid.of[place].sum()), hidden=False),
            *(
                _cell(int(laid.good[place, c]), int(laid.of[place, c]),
                      hidden=bool(laid.hidden[place, c]))
                for c in range(len(laid.groups))
            ),
        ]
        for place, span in enumerate(laid.spans)
    ]  # fmt: skip
    title = f"The share {_good(one)}, by quarter and {one.dimension.label.lower()}"
    return Table(title, columns, rows, narrow="scroll", id="course-table")


def _cell(good: int, of: int, *, hidden: bool) -> Cell:
    if not of:
        return Cell("nobody")
    if hidden:
        return Cell("hidden")
    return Cell(wording.share(good / of), note=f"{number(good)} of {number(of)}")
