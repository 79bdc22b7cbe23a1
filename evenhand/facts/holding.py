"""From what a database cursor gives to the rules' columns, and from these to one case."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenhand.policy.vocabulary import Fact
from evenhand.rules.moments import from_day, from_micros
from evenhand.rules.table import AnyColumn, Column, ManyColumn
from evenhand.rules.values import FactValue, Single

Integers = NDArray[np.int64]
NOTHING = -(2**62)


def integers(column: Sequence[int]) -> Integers:
    """A column of whole numbers."""
    return np.fromiter(column, np.int64, len(column))


def single(fact: Fact, column: Sequence[Any]) -> Column:
    """Hold a value for each subject; ``NOTHING``, or an empty code, is not recorded."""
    numbers, codes = _numbers(fact, column)
    valid = numbers != NOTHING
    return Column(_narrowed(fact, np.where(valid, numbers, 0)), valid, fact.type, codes=codes)


def gathered(
    fact: Fact,
    ids: Integers,
    owners: Integers,
    column: Sequence[Any] | Integers,
    pick: str | None,
    *,
    blanks: bool = False,
) -> AnyColumn:
    """Hold rows of another table by their owner; rows of nobody in ``ids`` are left out.

    ``ids`` is in order. A row without a value is left out too; with ``blanks`` it stands as one
    that is not recorded. ``pick`` keeps the earliest or the latest of each subject's values.
    """
    numbers, codes = _numbers(fact, column)
    places = np.searchsorted(ids, owners)
    known = (places < len(ids)) & ((numbers != NOTHING) | blanks)
    known[known] = ids[places[known]] == owners[known]
    held = numbers[known]
    values, valid = _narrowed(fact, np.where(held == NOTHING, 0, held)), held != NOTHING
    many = ManyColumn.of(places[known], values, len(ids), fact.type, codes, valid=valid)
    return many if pick is None else _picked(many, pick)


def _picked(many: ManyColumn, pick: str) -> Column:
    first, after = many.offsets[:-1], many.offsets[1:]
    return many.at(first if pick == "earliest" else after - 1, first < after)


def _numbers(fact: Fact, column: Sequence[Any] | Integers) -> tuple[Integers, tuple[str, ...]]:
    if isinstance(column, np.ndarray):
        return column, ()
    if fact.type in ("date", "moment", "yes_no", "number"):
        return integers(column), ()
    places: dict[str, int] = {"": NOTHING}
    numbers = [places.setdefault(text, len(places) - 1) for text in column]
    return np.array(numbers, np.int64), tuple(places)[1:]


def _narrowed(fact: Fact, numbers: Integers) -> NDArray[Any]:
    return numbers if fact.type in ("moment", "number") else numbers.astype(np.int32)


def value_at(column: AnyColumn, place: int) -> FactValue:
    """The value or values of the subject at a place, as the reference engine takes them."""
    if isinstance(column, Column):
        return _plain(column, int(column.values[place])) if column.valid[place] else None
    first, after = column.offsets[place], column.offsets[place + 1]
    valid = column.valid_values[first:after].tolist()
    values = column.values[first:after].tolist()
    return tuple(_plain(column, v) if ok else None for v, ok in zip(values, valid, strict=True))


def _plain(column: AnyColumn, number: int) -> Single:
    if column.kind == "date":
        return from_day(number)
    if column.kind == "moment":
        return from_micros(number)
    if column.kind == "yes_no":
        return bool(number)
    return column.codes[number] if column.codes else number
