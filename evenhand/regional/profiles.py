"""Who is in a source: its authorities, how many children each has, and codes no pack knows."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import polars as pl

from evenhand.regional.definitions import Dimension
from evenhand.regional.layout import Source, parts
from evenhand.regional.rows import View
from evenhand.regional.schemas import AGAIN, Schemas

CHILDREN, AUTHORITY, AS_AT, KEY = "children", "authority", "as_at", "key"
AT_ONCE = 1 << 18
SPARE = 1_000_000  # keys that may be missing below the last: a table of them costs a few bytes each


class Authority(NamedTuple):
    """An authority of a source: its day, its children, and the greatest key among them."""

    name: str
    as_at: date
    children: int
    most: int


class _Seen:
    """The keys of one authority's children, a flag each, and the days its rows give."""

    def __init__(self) -> None:
        self.rows, self.flags, self.wrong = 0, np.zeros(1, bool), False
        self.twice = 0
        self.days: set[date | None] = set()

    def add(self, keys: pl.Series, days: list[date | None]) -> None:
        held = keys.drop_nulls().to_numpy()
        self.rows += len(keys)
        self.days.update(days)
        self.wrong |= len(held) < len(keys) or int(held.min(initial=1)) < 1
        if self.wrong or int(held.max(initial=0)) > 8 * self.rows + SPARE + AT_ONCE:
            self.wrong = True
            return
        self._flag(held)

    def _flag(self, held: Any) -> None:
        if held.max(initial=0) >= len(self.flags):
            grown = np.zeros(int(held.max()) * 3 // 2 + 1, bool)
            grown[: len(self.flags)] = self.flags
            self.flags = grown
        fresh = np.unique(held)
        self.twice += len(held) - len(fresh) + int(self.flags[fresh].sum())
        self.flags[fresh] = True

    @property
    def most(self) -> int:
        return int(np.flatnonzero(self.flags).max(initial=0))


def authorities(
    schemas: Schemas, dimensions: tuple[Dimension, ...], said: list[str]
) -> list[Authority]:
    """Return the authorities of a source that can be analysed; says why one cannot."""
    source = schemas.source
    if not schemas.fit(CHILDREN, {KEY: "a whole number"}, "the folder is left out"):
        return []
    if not source.named and not schemas.has(CHILDREN, AUTHORITY):
        said.append(
            f"{source.folder} does not say which authority it is of: it is left out. Put its "
            "schema.json beside the files, or call the folder authority=NAME."
        )
        return []
    held = [way for way in dimensions if schemas.has(CHILDREN, way.id)]
    seen, strange = _seen(schemas, held)
    _say_strange(source, strange, said)
    return [found for name in sorted(seen) if (found := _authority(source, name, seen[name], said))]


def _seen(
    schemas: Schemas, held: list[Dimension]
) -> tuple[dict[str, _Seen], dict[tuple[str, str], int]]:
    """The keys of each authority, and how many have a label that no pack knows."""
    source, path = schemas.source, schemas.source.file(CHILDREN)
    has_name, has_day = (schemas.has(CHILDREN, column) for column in (AUTHORITY, AS_AT))
    columns = [KEY, *[AUTHORITY] * has_name, *[AS_AT] * has_day, *(way.id for way in held)]
    name_of = [] if has_name else [pl.lit(source.named).alias(AUTHORITY)]
    files = parts(path) if path else []
    seen: dict[str, _Seen] = defaultdict(_Seen)
    strange: dict[tuple[str, str], int] = defaultdict(int)
    for batch in View(files, lambda scan: scan.select(*columns, *name_of)).batches(AT_ONCE):
        for (name,), part in batch.partition_by(AUTHORITY, as_dict=True).items():
            days = part[AS_AT].unique().to_list() if has_day else []
            seen[str(name)].add(part[KEY], days)
        for way in held:
            odd = batch[way.id].drop_nulls().cast(pl.String).value_counts()
            for label, count in odd.filter(~pl.col(way.id).is_in(way.labels)).iter_rows():
                strange[way.label, label] += count
    return seen, strange


def _say_strange(source: Source, strange: dict[tuple[str, str], int], said: list[str]) -> None:
    for (label, found), count in sorted(strange.items()):
        children = "1 child" if count == 1 else f"{count:,} children"
        said.append(
            f'{source.folder / CHILDREN}.parquet has {children} with "{found}" under {label}, '
            "which the pack does not know: they are counted as not known. Use the pack that the "
            "authority uses (--pack)."
        )


def _authority(source: Source, name: str, seen: _Seen, said: list[str]) -> Authority | None:
    where = f"{source.folder / CHILDREN}.parquet"
    if seen.wrong or seen.most > 8 * seen.rows + SPARE:
        said.append(
            f"{where} does not number the children of {name} from 1: {name} is left out. {AGAIN}"
        )
        return None
    if seen.twice:
        said.append(
            f"{where} has {seen.twice:,} keys twice among the children of {name}: {name} is left "
            f"out. {AGAIN}"
        )
        return None
    told = source.described.get(name)
    days = {told.as_at} if told else seen.days - {None}
    if len(days) != 1:
        said.append(
            f"{where} does not say for which one day {name}'s figures are true: {name} is left "
            "out. Put its schema.json beside the files."
        )
        return None
    return Authority(name, next(iter(days)), seen.rows, seen.most)  # type: ignore[arg-type]
