"""A file of an export: what it holds, its columns, and its rows some thousands at a time."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from evenhand.accounts.models import Team
from evenhand.facts.holding import Integers
from evenhand.publications.parquet.columns import DAY, TEXT, Meant
from evenhand.publications.parquet.keys import Keys

AT_ONCE = 20_000  # records read together
GROUP = 100_000  # rows of a row group
EVERYWHERE = (
    Meant("authority", TEXT, "The authority that the row is of, so that regions can stack files."),
    Meant("as_at", DAY, "The day that the figures are true for."),
)


@dataclass(frozen=True)
class Export:
    """What all files of one export share: the authority, the day, the keys drawn and the teams."""

    authority: str
    as_at: date
    keys: Mapping[str, Keys]
    teams: Mapping[int, str]
    restricted: Integers

    def team(self, numbers: Integers, children: Integers) -> pl.Series:
        """Return the reference of each team; null where there is none.

        And for a child whose record is restricted: of them no team's figures tell.
        """
        told = np.where(np.isin(children, self.restricted), 0, numbers)
        known, places = np.unique(told, return_inverse=True)
        named = pl.Series([self.teams.get(pk) for pk in known.tolist()], dtype=TEXT)
        return named.gather(places)


@dataclass(frozen=True)
class File:
    """One file: its name, what a row of it is, its columns, and how to make its rows."""

    name: str
    row: str
    columns: tuple[Meant, ...]
    parts: Callable[[], Iterator[pl.DataFrame]]

    @property
    def whole(self) -> tuple[Meant, ...]:
        """Its columns with those that every file has, in the order written."""
        return (*EVERYWHERE, *self.columns)


def references_of_teams() -> dict[int, str]:
    """Return the random reference of every team."""
    return dict(Team.objects.values_list("pk", "ref"))


def write(folder: Path, file: File, export: Export) -> int:
    """Write one file in row groups; return how many rows it has.

    Each part goes to disk as it is made and all are then streamed into one, so that memory does
    not grow with the rows.
    """
    parts = folder / f".{file.name}"
    parts.mkdir()
    schema = {meant.name: meant.type for meant in file.whole}
    rows = 0
    pl.DataFrame(schema=schema).write_parquet(parts / "000000.parquet")
    for number, part in enumerate(file.parts(), start=1):
        whole = part.with_columns(authority=pl.lit(export.authority), as_at=pl.lit(export.as_at))
        whole.select(*schema).cast(pl.Schema(schema)).write_parquet(parts / f"{number:06}.parquet")
        rows += len(part)
    listed = sorted(parts.glob("*.parquet"))
    pl.scan_parquet(listed).sink_parquet(
        folder / f"{file.name}.parquet", row_group_size=GROUP, maintain_order=True
    )
    shutil.rmtree(parts)
    return rows
