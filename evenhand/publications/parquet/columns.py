"""From the columns of the rules to those of a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from evenhand.facts.holding import NOTHING, Integers
from evenhand.policy.vocabulary import Fact
from evenhand.rules import Horizon
from evenhand.rules.table import AnyColumn, ManyColumn, Mask

Type = pl.DataType
DAY, WHOLE, YES_NO, TEXT = pl.Date(), pl.Int64(), pl.Boolean(), pl.String()
MOMENT = pl.Datetime("us", "UTC")
TYPES: dict[str, Type] = {
    "date": DAY,
    "moment": MOMENT,
    "yes_no": YES_NO,
    "number": WHOLE,
    "code": TEXT,
}
WORDS: dict[str, tuple[str, str]] = {
    "Date": ("date", "a day"),
    "Datetime": ("moment", "UTC, to the microsecond"),
    "Int64": ("whole number", ""),
    "Boolean": ("yes or no", ""),
    "String": ("text", ""),
}


@dataclass(frozen=True)
class Meant:
    """A column of a file: its name, its type and what it means.

    ``values`` are the words that can stand in it, where they are few. ``horizon`` says from when to
    when a fact is held; ``is_held`` that a source holds it at all.
    """

    name: str
    type: Type
    meaning: str
    values: tuple[str, ...] = ()
    unit: str = ""
    is_fact: bool = False
    horizon: Horizon | None = None


def of_fact(fact: Fact, horizon: Horizon | None) -> Meant:
    """Return the column of a fact, by the fact's own name; many values are a list."""
    type_ = pl.List(TYPES[fact.type]) if fact.many else TYPES[fact.type]
    unit = "code" if fact.type == "code" else ""
    return Meant(fact.name, type_, fact.meaning, unit=unit, is_fact=True, horizon=horizon)


def values_of(meant: Meant, column: AnyColumn | None, rows: int) -> pl.Series:
    """Return a fact's values; null throughout where no source holds it.

    Of many values an empty list says that none is on record.
    """
    if column is None:
        return pl.Series(meant.name, [None], dtype=meant.type).new_from_index(0, rows)
    if isinstance(column, ManyColumn):
        return _lists(column, meant).alias(meant.name)
    values = _typed(column.values, column.codes, meant.type)
    return where(values, column.valid).alias(meant.name)


def _lists(column: ManyColumn, meant: Meant) -> pl.Series:
    inner = meant.type.inner if isinstance(meant.type, pl.List) else meant.type
    values = _typed(column.values, column.codes, inner)  # type: ignore[arg-type]
    held = pl.DataFrame({"row": column.rows(), "value": values})
    lists = held.group_by("row", maintain_order=True).agg("value")
    everyone = pl.DataFrame({"row": np.arange(len(column))})
    found = everyone.join(lists, on="row", how="left", maintain_order="left")
    return found.select(pl.col("value").fill_null([])).to_series()


def _typed(values: NDArray[Any], codes: tuple[str, ...], type_: Type) -> pl.Series:
    if type_ == TEXT:
        places = pl.Series(values.astype(np.int64), dtype=WHOLE)
        return pl.Series(codes or ("",), dtype=TEXT).gather(places)
    if type_ == MOMENT:
        return (
            pl.Series(values.astype(np.int64)).cast(pl.Datetime("us")).dt.replace_time_zone("UTC")
        )
    return pl.Series(values).cast(type_)


def where(values: pl.Series, valid: Mask) -> pl.Series:
    """Return the values where they are valid, and null elsewhere."""
    return values.zip_with(pl.Series(valid), pl.Series([None], dtype=values.dtype))


def days(numbers: Integers) -> pl.Series:
    """Return days since 1970 as dates; ``NOTHING`` is null."""
    valid = numbers != NOTHING
    return where(pl.Series(np.where(valid, numbers, 0).astype(np.int32)).cast(DAY), valid)


def moments(numbers: Integers) -> pl.Series:
    """Return microseconds since 1970 as moments; ``NOTHING`` is null."""
    valid = numbers != NOTHING
    return where(_typed(np.where(valid, numbers, 0), (), MOMENT), valid)


def keys(numbers: Integers) -> pl.Series:
    """Return keys; nobody's is null."""
    return where(pl.Series(numbers, dtype=WHOLE), numbers > 0)
