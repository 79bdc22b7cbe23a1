"""Facts in columns: numpy arrays with a mask, one value a row or many."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from evenhand.rules import moments

Kind = Literal["date", "moment", "code", "yes_no", "number", "person"]
Array = NDArray[Any]
Days = NDArray[np.int32]
Micros = NDArray[np.int64]
Mask = NDArray[np.bool_]
Rows = NDArray[np.int64]


@dataclass(frozen=True)
class Column:
    """One value a row, where `valid`; what stands elsewhere means nothing.

    `values`: dates int32 days since 1970-01-01; moments int64 microseconds since then in UTC; codes
    and persons int32 places in `codes`; yes_no 0 or 1; numbers int64. `by_day` marks the moments
    known only by their London day, whose value is that day's first moment.
    """

    values: Array
    valid: Mask
    kind: Kind = "date"
    by_day: Mask | None = None
    codes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.values)

    def take(self, rows: Rows) -> Column:
        """The rows named, in that order."""
        by_day = None if self.by_day is None else self.by_day[rows]
        return Column(self.values[rows], self.valid[rows], self.kind, by_day, self.codes)

    def days(self) -> Days:
        """The London day of each row (nothing meant where it is not valid)."""
        return _days(self.values, self.kind)

    def spans(self) -> tuple[Micros, Micros]:
        """The earliest and the latest moment that each row can mean, in microseconds."""
        return _spans(self.values, self.kind, self.by_day)


@dataclass(frozen=True)
class ManyColumn:
    """Many values a row: those of row i stand from `offsets[i]` to `offsets[i + 1]`, in order.

    Order is of the latest moment each can mean; values that are not `valid` come last. Rows that
    are not `known` are not recorded; a known row without values records none. Other fields as in
    Column.
    """

    offsets: NDArray[np.int64]
    values: Array
    kind: Kind = "date"
    valid: Mask | None = None
    by_day: Mask | None = None
    codes: tuple[str, ...] = ()
    known: Mask | None = None

    def __len__(self) -> int:
        return len(self.offsets) - 1

    @property
    def valid_values(self) -> Mask:
        """Which values are recorded, one for each value."""
        return np.ones(len(self.values), bool) if self.valid is None else self.valid

    @property
    def known_rows(self) -> Mask:
        """Which rows are recorded, one for each row."""
        return np.ones(len(self), bool) if self.known is None else self.known

    def rows(self) -> Rows:
        """The row of each value."""
        return np.repeat(np.arange(len(self)), np.diff(self.offsets))

    def days(self) -> Days:
        """The London day of each value."""
        return _days(self.values, self.kind)

    def per_row(self, mask: Mask) -> NDArray[np.int64]:
        """How many values of each row the mask picks."""
        running = np.concatenate(([0], np.cumsum(mask)))
        counts: NDArray[np.int64] = running[self.offsets[1:]] - running[self.offsets[:-1]]
        return counts

    def at(self, places: Rows, valid: Mask) -> Column:
        """A column of the values at these places, where `valid`."""
        safe = np.where(valid, places, 0)
        if not len(self.values):
            values = np.zeros(len(safe), self.values.dtype)
            return Column(values, valid & False, self.kind, None, self.codes)
        by_day = None if self.by_day is None else self.by_day[safe]
        return Column(self.values[safe], valid, self.kind, by_day, self.codes)

    @classmethod
    def of(
        cls,
        rows: Rows,
        values: Array,
        count: int,
        kind: Kind = "date",
        codes: tuple[str, ...] = (),
        valid: Mask | None = None,
    ) -> ManyColumn:
        """Many values from pairs of row and value in any order; `count` is the number of rows.

        `valid` says which values are recorded; those that are not come last in their row.
        """
        recorded = np.ones(len(values), bool) if valid is None else valid
        order = np.lexsort((values, ~recorded, rows))
        lengths = np.bincount(rows, minlength=count)
        offsets = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)
        held = None if recorded.all() else recorded[order]
        return cls(offsets, values[order], kind, held, codes=codes)


AnyColumn = Column | ManyColumn
Columns = Mapping[str, AnyColumn]


def count_rows(columns: Iterable[AnyColumn]) -> int:
    """The number of rows that all the columns have; ValueError where they differ."""
    lengths = {len(column) for column in columns}
    if len(lengths) > 1:
        raise ValueError(f"the columns have {sorted(lengths)} rows: they must be of one length")
    return lengths.pop() if lengths else 0


def _days(values: Array, kind: Kind) -> Days:
    days: Days = (
        moments.days_of(values) if kind == "moment" else values.astype(np.int32, copy=False)
    )
    return days


def _spans(values: Array, kind: Kind, by_day: Mask | None) -> tuple[Micros, Micros]:
    if kind == "date":
        return moments.day_spans(values)
    if by_day is None or not by_day.any():
        return values, values
    latest = moments.day_spans(moments.days_of(values))[1]
    return values, np.where(by_day, latest, values)
