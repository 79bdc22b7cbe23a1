"""The frames of a batch as returns: which year each is of, which came before it, whose rows.

Several years' returns may come together. Rows are joined to their own return's Header and to the
return of the year before by the column RETURN, and to their child by CHILD.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from itertools import pairwise
from typing import Any, Final

import polars as pl

from evenhand.formats.format import Frame
from evenhand.formats.frames import schema_of
from evenhand.formats.ssda903 import years
from evenhand.formats.ssda903.modules import RETURN, tables
from evenhand.formats.ssda903.scanning import DATED

CHILD: Final = "CHILD"
OWN: Final = [RETURN, CHILD]
HEADER, EPISODES, REVIEWS, UASC = "903_header", "903_episodes", "903_reviews", "903_uasc"
MISSING, LEAVERS, WORKERS = "903_missing", "903_oc3", "903_swepisodes"


class Returns:
    """The returns of a batch, table by table; each frame is laid out once, when first asked."""

    def __init__(self, frames: Mapping[str, Frame]) -> None:
        self.frames = {name: _with_return(frame) for name, frame in frames.items()}
        self.laid: dict[str, Frame] = {}

    def has(self, *names: str) -> bool:
        """Whether the batch has all of these tables."""
        return all(name in self.frames for name in names)

    def __getitem__(self, name: str) -> Frame:
        """The rows of a table; an empty frame where the batch has none."""
        return self.frames.get(name, _empty(name))

    @cached_property
    def years(self) -> Frame:
        """One row for each return: RETURN, FROM and TO (its year, null where it does not show),
        BEFORE (the return of the year before, or null) and AFTER."""
        of = sorted({of for frame in self.frames.values() for of in frame[RETURN].unique()})
        ends = {one: self._ends_in(one) for one in of}
        order = sorted(of, key=lambda one: (ends[one] or 0, one))
        before = {b: a for a, b in pairwise(order) if _follows(ends[a], ends[b])}
        after = {a: b for b, a in before.items()}
        return pl.DataFrame(
            [_year(one, ends[one], before, after) for one in order],
            schema={RETURN: pl.String, "FROM": pl.Date, "TO": pl.Date}
            | {"BEFORE": pl.String, "AFTER": pl.String},
            orient="row",
        )

    def _ends_in(self, of: str) -> int | None:
        frame = self[EPISODES].filter(pl.col(RETURN) == of)
        day = pl.coalesce(DATED[EPISODES])
        shift = pl.when(day.dt.month() >= years.FIRST_MONTH).then(1).otherwise(0)
        counts = frame.select((day.dt.year() + shift).alias("year")).drop_nulls()
        counted = counts.group_by("year").len().iter_rows()
        return years.year_of_return({int(year): int(count) for year, count in counted}, of)

    @cached_property
    def children(self) -> Frame:
        """The first Header row of each child and return: BORN, and the sex as HSEX."""
        first = self[HEADER].unique(OWN, keep="first", maintain_order=True)
        return first.select(*OWN, pl.col("DOB").alias("BORN"), pl.col("SEX").alias("HSEX"))

    def own(self, name: str) -> Frame:
        """The rows of a table with their child's Header (BORN, HSEX, IN_HEADER), their return's
        year (FROM, TO, BEFORE, AFTER), and how many rows of it the child has (TIMES)."""
        known = self.children.with_columns(pl.lit(value=True).alias("IN_HEADER"))
        frame = self[name].join(known, on=OWN, how="left", maintain_order="left")
        frame = frame.with_columns(pl.col("IN_HEADER").fill_null(value=False))
        counts = self[name].group_by(OWN).len("TIMES")
        frame = frame.join(counts, on=OWN, how="left", maintain_order="left")
        return frame.join(self.years, on=RETURN, how="left", maintain_order="left")

    def of_last_year(self, frame: Frame) -> Frame:
        """Rows as the return of the next year sees them: RETURN is that return's."""
        after = self.years.select(RETURN, "AFTER").filter(pl.col("AFTER").is_not_null())
        kept = frame.drop("AFTER", strict=False).join(after, on=RETURN, how="inner")
        return kept.with_columns(pl.col("AFTER").alias(RETURN)).drop("AFTER")

    def of_next_year(self, frame: Frame) -> Frame:
        """Rows as the return of the year before sees them."""
        before = self.years.select(RETURN, "BEFORE").filter(pl.col("BEFORE").is_not_null())
        kept = frame.drop("BEFORE", strict=False).join(before, on=RETURN, how="inner")
        return kept.with_columns(pl.col("BEFORE").alias(RETURN)).drop("BEFORE")


def _year(of: str, end: int | None, before: dict[str, str], after: dict[str, str]) -> list[Any]:
    first = years.first_day(end) if end else None
    last = years.last_day(end) if end else None
    return [of, first, last, before.get(of), after.get(of)]


def _follows(first: int | None, second: int | None) -> bool:
    return first is None or second is None or second - first == 1


def _with_return(frame: Frame) -> Frame:
    return frame.with_columns(pl.col(RETURN).fill_null(""))


def _empty(name: str) -> Frame:
    return pl.DataFrame(schema=schema_of(tables()[name]))


def beside(frame: Frame, names: list[str], steps: int, prefix: str) -> Frame:
    """The cells of the row before (1) or after (-1), null where that is another child's.

    The frame must be sorted by RETURN and CHILD.
    """
    same = pl.all_horizontal(pl.col(name) == pl.col(name).shift(steps) for name in OWN)
    shifted = [
        pl.when(same).then(pl.col(name).shift(steps)).alias(f"{prefix}{name}") for name in names
    ]
    mark = same.fill_null(value=False).alias(f"{prefix}IS")
    return frame.with_columns(*shifted, mark)
