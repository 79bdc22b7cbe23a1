"""The rules of the census that are checked: number, bound and words, read from our own list."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import cast

from evenhand.formats.faults import Fault, Weight, shown


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what it is about, how heavy, its bound, from which census on, and its words."""

    number: str
    table: str
    column: str
    weight: Weight
    bound: int
    since: date | None
    sentence: str
    remedy: str

    def fault(self, line: int, found: str) -> Fault:
        """The fault of one row."""
        return Fault(
            line=line,
            column=self.column,
            found=found,
            rule=f"CIN-{self.number}",
            sentence=self.sentence.format(found=shown(found)[1:-1], bound=self.bound),
            remedy=self.remedy,
            weight=self.weight,
        )


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule by its number."""
    text = resources.files(__package__).joinpath("rules.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return {row["rule"]: _rule(row) for row in rows}


def _rule(row: dict[str, str]) -> Rule:
    return Rule(
        number=row["rule"],
        table=row["table"],
        column=row["column"],
        weight=cast(Weight, row["weight"]),
        bound=int(row["bound"] or 0),
        since=date.fromisoformat(row["since"]) if row["since"] else None,
        sentence=row["sentence"],
        remedy=row["remedy"],
    )
