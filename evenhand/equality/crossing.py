"""Two ways to tell groups apart, crossed; for those not entitled, with small numbers hidden. Pure.

What each group comes to alone stands on other pages, so a hidden number must not follow from those
sums either.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

import numpy as np

from evenhand.analytics import suppression
from evenhand.analytics.arrays import Ints, Mask
from evenhand.analytics.flows import Flows
from evenhand.equality.pathway import Dimension

MOST_ROUNDS = 50
Codes = tuple[Sequence[str], Ints]


class Crossed(NamedTuple):
    """Counts of each group of ``first`` (rows) that is of each group of ``second`` (columns).

    ``hidden`` cells show no number; a cell of nobody is never hidden.
    """

    first: Dimension
    second: Dimension
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    of: Ints
    reached: Ints
    hidden: Mask


def crossed(
    first: tuple[Dimension, Codes], second: tuple[Dimension, Codes], reached: Mask
) -> Crossed:
    """Count each pair of groups that anybody is of; ``reached`` says which events went on."""
    (one, (rows, row_codes)), (two, (columns, column_codes)) = first, second
    size = len(rows) * len(columns)
    keys = row_codes * len(columns) + column_codes
    shape = (len(rows), len(columns))
    of = np.bincount(keys, minlength=size).reshape(shape)
    went_on = np.bincount(keys[reached], minlength=size).reshape(shape)
    return table_of((one, rows), (two, columns), of, went_on)


def table_of(
    first: tuple[Dimension, Sequence[str]],
    second: tuple[Dimension, Sequence[str]],
    of: Ints,
    reached: Ints,
) -> Crossed:
    """Return counts of each group of ``first`` by each of ``second``, without groups of nobody."""
    (one, rows), (two, columns) = first, second
    down, across = of.any(axis=1), of.any(axis=0)
    of, reached = of[down][:, across], reached[down][:, across]
    return Crossed(
        one, two, _those(rows, down), _those(columns, across), of, reached,
        np.zeros(of.shape, bool),
    )  # fmt: skip


def _those(names: Sequence[str], mask: Mask) -> tuple[str, ...]:
    return tuple(name for name, is_there in zip(names, mask, strict=True) if is_there)


def hide(
    one: Crossed, threshold: int, hidden_rows: Collection[str], hidden_columns: Collection[str]
) -> Crossed:
    """Return it with each number under ``threshold`` hidden, and what would give one away.

    ``hidden_rows`` and ``hidden_columns`` are the groups whose own sums are hidden where they stand
    alone. Where nothing short of a published sum would protect a number, all are hidden.
    """
    without = one.of - one.reached
    small = suppression.primary(one.reached, threshold) | suppression.primary(without, threshold)
    margins = (
        np.array([group in hidden_rows for group in one.rows], bool),
        np.array([group in hidden_columns for group in one.columns], bool),
    )
    mask = small
    for _ in range(MOST_ROUNDS):
        more = _protected(one, without, mask, margins)
        if more is None:
            return one._replace(hidden=one.of > 0)
        if (more == mask).all():
            break
        mask = more
    return one._replace(hidden=mask & (one.of > 0))


def _protected(one: Crossed, without: Ints, mask: Mask, margins: tuple[Mask, Mask]) -> Mask | None:
    """The mask after each of the three tables is protected; None where a sum would be needed.

    Of a hidden pair neither part is known to be 1 or more, so both tables of parts are moved up
    by one there: what is hidden in them may be nought.
    """
    for table, lift in ((one.of, 0), (one.reached, 1), (without, 1)):
        whole = suppression.with_totals(table + lift * mask)
        hidden = np.zeros(whole.shape, bool)
        hidden[:-1, :-1], hidden[:-1, -1], hidden[-1, :-1] = mask & (table + lift > 0), *margins
        hidden[-1, -1] = False
        found = Flows(whole, hidden).protect()
        if (found[:-1, -1] & ~margins[0]).any() or (found[-1, :-1] & ~margins[1]).any():
            return None
        if found[-1, -1]:
            return None
        mask = mask | found[:-1, :-1]
    return mask
