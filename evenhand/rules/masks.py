"""A tree of conditions over columns: for each row yes, no or unknown, as two masks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from evenhand.rules.due_table import birthdays
from evenhand.rules.moments import to_day
from evenhand.rules.table import AnyColumn, Array, Column, Columns, ManyColumn, Mask
from evenhand.rules.trees import (
    Age,
    AllOf,
    Amount,
    AnyOf,
    AtLeast,
    Bound,
    Compare,
    Count,
    IsIn,
    Known,
    Leaf,
    Not,
    SameAs,
    Tree,
    one_name,
)

Days = NDArray[np.int32]


class Answers(NamedTuple):
    """Where the answer is yes, and where it is unknown; elsewhere it is no."""

    yes: Mask
    unknown: Mask

    @classmethod
    def unknown_everywhere(cls, count: int) -> Answers:
        """No row is known."""
        return cls(np.zeros(count, bool), np.ones(count, bool))


def answers(tree: Tree, columns: Columns, today: Days) -> Answers:
    """Answer `tree` for each row, as `trees.answer` does; `today` is each row's day of judgement.

    A fact without a column is not recorded for any row.
    """
    if isinstance(tree, AllOf):
        return _at_least(len(tree.parts), tree.parts, columns, today)
    if isinstance(tree, AnyOf):
        return _at_least(1, tree.parts, columns, today)
    if isinstance(tree, AtLeast):
        return _at_least(tree.n, tree.parts, columns, today)
    if isinstance(tree, Not):
        yes, unknown = answers(tree.part, columns, today)
        return Answers(~yes & ~unknown, unknown)
    return _leaf(tree, columns, today)


def recorded(column: AnyColumn) -> Mask:
    """Which rows record a value (of a many-fact: one at least)."""
    if isinstance(column, Column):
        return column.valid
    return column.per_row(column.valid_values) > 0


def _at_least(n: int, parts: tuple[Tree, ...], columns: Columns, today: Days) -> Answers:
    yes = np.zeros(len(today), np.int64)
    possible = np.zeros(len(today), np.int64)
    for part in parts:
        answer = answers(part, columns, today)
        yes += answer.yes
        possible += answer.yes | answer.unknown
    return Answers(yes >= n, (yes < n) & (possible >= n))


def _leaf(leaf: Leaf, columns: Columns, today: Days) -> Answers:
    if isinstance(leaf, Age):
        return _age(leaf, columns, today)
    if isinstance(leaf, SameAs):
        return _same(columns.get(leaf.fact), columns.get(leaf.other), len(today))
    column = columns.get(leaf.fact)
    if isinstance(leaf, Known):
        known = np.zeros(len(today), bool) if column is None else recorded(column)
        return Answers(known == leaf.wanted, np.zeros(len(today), bool))
    if column is None:
        return Answers.unknown_everywhere(len(today))
    return _by_value(leaf, column, columns, len(today))


def _by_value(
    leaf: IsIn | Compare | Amount | Count, column: AnyColumn, columns: Columns, count: int
) -> Answers:
    if isinstance(leaf, Count):
        return _count(leaf, column)
    if isinstance(leaf, Compare):
        return _compare(leaf, column, columns, count)
    if isinstance(leaf, Amount):
        return _any_value(column, reaches(column.values, leaf.bound, _number(leaf)))
    return _any_value(column, _is_in(leaf, column))


def _number(leaf: Amount | Count) -> int:
    """The bound of a standard's condition: always a number. Only a form's may name an answer."""
    if isinstance(leaf.n, str):
        raise TypeError(f"{leaf.n} is an answer: columns of facts hold none")
    return leaf.n


def reaches(values: Array, bound: Bound, n: int) -> Mask:
    """Where numbers stand within the bound."""
    compare: dict[Bound, Callable[[Any, Any], Any]] = {
        "at_least": np.greater_equal, "at_most": np.less_equal, "exactly": np.equal,
    }  # fmt: skip
    mask: Mask = compare[bound](values, n)
    return mask


def _is_in(leaf: IsIn, column: AnyColumn) -> Mask:
    if column.kind in ("code", "person"):
        wanted = [place for place, code in enumerate(column.codes) if code in leaf.values]
        return np.isin(column.values, wanted)
    return np.isin(column.values, [int(value) for value in leaf.values if isinstance(value, int)])


def _any_value(column: AnyColumn, met: Mask) -> Answers:
    """Where a value (of many, any) meets the test; unknown where it might be one not recorded."""
    if isinstance(column, Column):
        return Answers(met & column.valid, ~column.valid)
    valid = column.valid_values
    yes = (column.per_row(met & valid) > 0) & column.known_rows
    doubtful = (column.per_row(~valid) > 0) | ~column.known_rows
    return Answers(yes, doubtful & ~yes)


def _count(leaf: Count, column: AnyColumn) -> Answers:
    if isinstance(column, Column):
        counts, known = column.valid.astype(np.int64), column.valid
    else:
        counts, known = column.per_row(column.valid_values), column.known_rows
    return Answers(reaches(counts, leaf.bound, _number(leaf)) & known, ~known)


def _compare(leaf: Compare, column: AnyColumn, columns: Columns, count: int) -> Answers:
    limits, known = _limits(leaf.other, columns, count)
    of_value = limits[column.rows()] if isinstance(column, ManyColumn) else limits
    order: dict[str, Callable[[Any, Any], Any]] = {
        "before": np.less, "on_or_before": np.less_equal,
        "on_or_after": np.greater_equal, "after": np.greater,
    }  # fmt: skip
    yes, unknown = _any_value(column, order[leaf.order](column.days(), of_value))
    return Answers(yes & known, unknown | ~known)


def _limits(other: date | str, columns: Columns, count: int) -> tuple[Days, Mask]:
    if isinstance(other, date):
        return np.full(count, to_day(other), np.int32), np.ones(count, bool)
    column = columns.get(other)
    if not isinstance(column, Column):
        return np.zeros(count, np.int32), np.zeros(count, bool)
    return column.days(), column.valid


def _same(one: AnyColumn | None, other: AnyColumn | None, count: int) -> Answers:
    if not isinstance(one, Column) or not isinstance(other, Column):
        return Answers.unknown_everywhere(count)
    known = one.valid & other.valid
    return Answers((_names(one) == _names(other)) & known, ~known)


def _names(column: Column) -> Array:
    """Each row's name; a name that is not recorded is any."""
    names = np.array([*map(one_name, column.codes), ""], object)
    found: Array = names[np.where(column.valid, column.values, -1)]
    return found


def _age(leaf: Age, columns: Columns, today: Days) -> Answers:
    born = columns.get(leaf.born)
    on, known = (today, np.ones(len(today), bool)) if leaf.on is None else _limits(
        leaf.on, columns, len(today)
    )  # fmt: skip
    if not isinstance(born, Column):
        return Answers.unknown_everywhere(len(today))
    known = known & born.valid
    days = np.where(born.valid, born.days(), 0).astype(np.int32)
    return Answers((birthdays(days, leaf.years) <= on) & known, ~known)
