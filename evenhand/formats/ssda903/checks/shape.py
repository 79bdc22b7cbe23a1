"""What a check is: a rule of the return with its words and limit, and how its rows are found.

The words, weights and limits of all checks are in ``checks.csv`` beside this module. A limit is
the return's own (an age, a number of days, a day); no policy of an authority is among them.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib import resources
from typing import Any, Final, Literal, cast

import polars as pl

Weight = Literal["row", "cell", "note"]
Condition = Callable[["Rule"], pl.Expr]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: the table whose rows it finds, the column it is about, its weight and words.

    ``beside`` are the other tables it looks at: without them nothing is found. ``sentence`` may
    hold cells of the row in braces; it begins without a capital and ends without a full stop.
    """

    rule: str
    table: str
    column: str
    beside: tuple[str, ...]
    weight: Weight
    limit: str
    what: str
    sentence: str
    remedy: str

    @property
    def number(self) -> int:
        """The limit as a number."""
        return int(self.limit)

    @property
    def day(self) -> date:
        """The limit as a day."""
        return date.fromisoformat(self.limit)

    @property
    def listed(self) -> list[str]:
        """The limit as a list of codes."""
        return self.limit.split()


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule by its number, such as 903-356."""
    text = resources.files(__package__).joinpath("checks.csv").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return {row["rule"]: _rule(row) for row in csv.DictReader(lines)}


def _rule(row: dict[str, str]) -> Rule:
    return Rule(
        rule=row["rule"],
        table=f"903_{row['table']}",
        column=row["column"],
        beside=tuple(f"903_{name}" for name in row["beside"].split()),
        weight=cast(Weight, row["weight"]),
        limit=row["limit"],
        what=row["what"],
        sentence=row["sentence"],
        remedy=row["remedy"],
    )


CONDITIONS: Final[dict[str, Condition]] = {}
"""Each rule's condition on a row of its table, as it is laid out by :mod:`.laying`."""


def condition(*names: str) -> Callable[[Condition], Condition]:
    """Register what must hold of a row for a rule, or for several of one form, to find it."""

    def register(function: Condition) -> Condition:
        for name in names:
            CONDITIONS[name] = function
        return function

    return register


def cell(name: str) -> pl.Expr:
    """A cell of the row."""
    return pl.col(name)


def blank(name: str) -> pl.Expr:
    """Whether a cell is blank."""
    return pl.col(name).is_null()


def one_of(name: str, codes: list[str]) -> pl.Expr:
    """Whether a cell holds one of some codes; a blank one does not."""
    return pl.col(name).is_in(codes).fill_null(value=False)


def birthday(years: int, born: str = "BORN") -> pl.Expr:
    """The birthday on which somebody reaches an age; null where the birth is not known."""
    return pl.col(born).dt.offset_by(f"{years}y")


def days(start: str, end: str) -> pl.Expr:
    """The days between two dates."""
    return (pl.col(end) - pl.col(start)).dt.total_days()


def told(value: Any) -> str:
    """A cell as it stands in a sentence."""
    if isinstance(value, date):
        return _day(value)
    return "blank" if value is None else str(value)


@lru_cache(maxsize=20_000)
def _day(value: date) -> str:
    return f"{value.day} {value:%B %Y}"
