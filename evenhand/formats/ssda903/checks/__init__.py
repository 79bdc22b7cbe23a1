"""The checks of the return: what its own rules, and a few of ours, find in one or more years.

Each is a rule of ``checks.csv`` and a condition on the rows of one table, laid out beside the rows
that bear on it. All rows are looked at at once; only those found are gone through one by one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, Final

import polars as pl

from evenhand.formats.faults import Fault
from evenhand.formats.format import Checked, Frame
from evenhand.formats.ssda903.checks import (
    between,
    episodes,
    header,
    missing,
    others,
    placements,
    reviews,
)
from evenhand.formats.ssda903.checks.returns import (
    EPISODES,
    HEADER,
    LEAVERS,
    MISSING,
    REVIEWS,
    UASC,
    WORKERS,
    Returns,
)
from evenhand.formats.ssda903.checks.shape import CONDITIONS, Rule, rules, told

_LAY: Final[Mapping[str, Callable[[Returns], Frame]]] = {
    HEADER: header.lay,
    EPISODES: lambda returns: between.lay(returns, placements.lay(episodes.lay(returns))),
    REVIEWS: reviews.lay,
    MISSING: missing.lay,
    UASC: others.lay_asylum,
    LEAVERS: others.lay_leavers,
    WORKERS: others.lay_workers,
}


def check(frames: Mapping[str, Frame], _today: date) -> Iterator[Checked]:
    """Everything that is found in the returns of a batch, rule by rule."""
    returns = Returns(frames)
    for name, lay in _LAY.items():
        if returns.has(name):
            frame = lay(returns)
            for rule in rules().values():
                if rule.table == name and returns.has(*rule.beside):
                    yield from _found(rule, frame)


def _found(rule: Rule, frame: Frame) -> Iterator[Checked]:
    wanted = ["file", "line", rule.column, *re.findall(r"\{(\w+)\}", rule.sentence)]
    found = frame.filter(CONDITIONS[rule.rule](rule)).select(list(dict.fromkeys(wanted)))
    for row in found.iter_rows(named=True):
        yield Checked(rule.table, _fault(rule, row), row["file"])


def _fault(rule: Rule, row: Mapping[str, Any]) -> Fault:
    value = row[rule.column]
    return Fault(
        line=row["line"],
        column=rule.column,
        found="" if value is None else str(value),
        rule=rule.rule,
        sentence=rule.sentence.format_map({name: told(cell) for name, cell in row.items()}),
        remedy=rule.remedy,
        weight=rule.weight,
    )


def masks(frames: Mapping[str, Frame]) -> dict[str, pl.DataFrame]:
    """The file and line of the rows that each rule finds, without a word of what was found."""
    returns = Returns(frames)
    found = {}
    for name, lay in _LAY.items():
        if returns.has(name):
            frame = lay(returns)
            for rule in rules().values():
                if rule.table == name and returns.has(*rule.beside):
                    hit = frame.filter(CONDITIONS[rule.rule](rule))
                    found[rule.rule] = hit.select("file", "line")
    return found
