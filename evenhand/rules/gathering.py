"""Columns from cases: the same facts for the column engine as for the reference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import numpy as np

from evenhand.rules import moments
from evenhand.rules.london import first_moment, span
from evenhand.rules.table import AnyColumn, Column, Columns, Kind, ManyColumn
from evenhand.rules.values import Case, FactValue, Single

Kinds = Mapping[str, tuple[Kind, bool]]
TYPES: dict[Kind, type] = {
    "date": np.int32, "moment": np.int64, "code": np.int32,
    "yes_no": np.int8, "number": np.int64, "person": np.int32,
}  # fmt: skip


def columns_of(cases: Sequence[Case], kinds: Kinds) -> Columns:
    """One column for each fact of `kinds`: its type, and whether it holds many values."""
    return {name: _column(cases, name, kind, many) for name, (kind, many) in kinds.items()}


def _column(cases: Sequence[Case], name: str, kind: Kind, many: bool) -> AnyColumn:
    values = [case.get(name) for case in cases]
    codes = _codes(values) if kind in ("code", "person") else ()
    return (_many if many else _single)(values, kind, codes)


def _single(values: Sequence[FactValue], kind: Kind, codes: tuple[str, ...]) -> Column:
    valid = np.array([value is not None for value in values], bool)
    return Column(_array(values, kind, codes), valid, kind, _by_day(values, kind), codes)


def _many(values: Sequence[FactValue], kind: Kind, codes: tuple[str, ...]) -> ManyColumn:
    rows = [_ordered(value) for value in values]
    flat = [one for row in rows for one in row]
    offsets = np.concatenate(([0], np.cumsum([len(row) for row in rows]))).astype(np.int64)
    return ManyColumn(
        offsets, _array(flat, kind, codes), kind,
        valid=np.array([one is not None for one in flat], bool),
        by_day=_by_day(flat, kind), codes=codes,
        known=np.array([value is not None for value in values], bool),
    )  # fmt: skip


def _ordered(value: FactValue) -> list[Single | None]:
    """A row's values in order of the latest moment each can mean; what is not recorded, last."""
    row = list(value) if isinstance(value, tuple) else []
    return sorted(row, key=_order)


def _order(value: Single | None) -> tuple[Any, ...]:
    if value is None:
        return (2,)
    if isinstance(value, date):
        earliest, latest = span(value)
        return (0, latest, earliest)
    return (1, str(value))


def _array(values: Sequence[Any], kind: Kind, codes: tuple[str, ...]) -> np.ndarray[Any, Any]:
    places = {code: place for place, code in enumerate(codes)}
    return np.array([_number(value, kind, places) for value in values], TYPES[kind])


def _number(value: Any, kind: Kind, places: Mapping[str, int]) -> int:
    if value is None:
        return 0
    if kind == "date":
        return moments.to_day(value)
    if kind == "moment":
        return moments.to_micros(value if isinstance(value, datetime) else first_moment(value))
    return places[value] if kind in ("code", "person") else int(value)


def _by_day(values: Sequence[Any], kind: Kind) -> np.ndarray[Any, Any] | None:
    if kind != "moment":
        return None
    return np.array([v is not None and not isinstance(v, datetime) for v in values], bool)


def _codes(values: Sequence[FactValue]) -> tuple[str, ...]:
    found = [one for v in values for one in (v if isinstance(v, tuple) else (v,))]
    return tuple(sorted({str(one) for one in found if one is not None}))
