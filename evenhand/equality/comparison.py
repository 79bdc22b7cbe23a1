"""One measure compared by group: the counts, the rows and what was found. Pure: plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np

from evenhand.equality.pack import document
from evenhand.equality.pathway import UNKNOWN, Dimension
from evenhand.policy.disparity import EVERYONE_ELSE, Rules, rules_of
from evenhand.rules.periods import Span

TWO = 2


def rules_on(day: date) -> Rules:
    """Return how groups are compared on a day, from disparity.yaml."""
    return rules_of(document("disparity"), day)


class Count(NamedTuple):
    """What was counted of one group: see ``models.GroupTally``."""

    of: int = 0
    reached: int = 0
    waiting: int = 0
    unjudged: int = 0
    of_squared: int = 0
    reached_squared: int = 0
    reached_by_of: int = 0

    def plus(self, other: Count) -> Count:
        """Return both together."""
        return Count(*(one + two for one, two in zip(self, other, strict=True)))


class Tallied(NamedTuple):
    """One measure's counts by group in one period, and in the year before where it is known.

    ``of_unaccompanied`` is what was left out, where unaccompanied children are.
    """

    kind: str
    measure: str
    span: Span
    groups: Mapping[str, Count]
    before: Mapping[str, Count]
    of_unaccompanied: Mapping[str, Count]


@dataclass(frozen=True)
class Row:
    """One group of one comparison. Rates are from 0 to 1, nan where there is none.

    ``at_parity``: 1 where the rate lies within the pack's band of the others' (four fifths), 0
    where outside, nan where not compared; it flags nothing. ``corrected`` is the chance of such a
    difference after allowing for the other comparisons of the page; nan where the group was not
    compared. ``lowest`` and ``highest`` are what the rate could be if children whose group is not
    known were of it or not. ``hidden`` shows no number; ``shown_of`` and ``shown_reached`` are what
    may be shown. ``differs``: by more than chance would explain, ``more`` often or less; this is
    known of a hidden row too.
    """

    group: str
    label: str
    count: Count
    before: Count | None
    rate: float
    low: float
    high: float
    others: float
    ratio: float
    ratio_low: float
    ratio_high: float
    at_parity: float
    corrected: float
    lowest: float
    highest: float
    shown_of: int
    shown_reached: int
    hidden: bool = False
    secondary: bool = False
    differs: bool = False
    more: bool = False

    @property
    def is_known(self) -> bool:
        """Whether this is a group and not an answer that is missing."""
        return self.group not in UNKNOWN

    @property
    def is_compared(self) -> bool:
        """Whether there were enough to compare."""
        return not np.isnan(self.corrected)


@dataclass(frozen=True)
class Comparison:
    """One measure compared by group. ``known`` is the share of those counted whose group is known.

    ``compared`` says how many comparisons the page made, for which each was corrected.
    """

    tallied: Tallied
    dimension: Dimension
    rows: tuple[Row, ...]
    total: Count
    known: float
    compared: int
    rules: Rules
    is_suppressed: bool = False
    total_hidden: bool = False

    @property
    def has_headline(self) -> bool:
        """Whether enough of the groups are known to say anything."""
        return self.total.of > 0 and self.known >= self.rules.completeness

    @property
    def rate(self) -> float:
        """Return the rate of all that were counted."""
        return self.total.reached / self.total.of if self.total.of else float("nan")

    def flagged(self) -> list[Row]:
        """Return the groups that differ by more than chance would explain, the surest first."""
        if not self.has_headline:
            return []
        return sorted((row for row in self.rows if row.differs), key=lambda row: row.corrected)

    def worse(self) -> list[Row]:
        """Return those flagged that fare worse: of a clock, those kept waiting more often.

        Along the pathway either way may be unfair; of two groups alone, what is said of one is
        said of the other, and the smaller is named.
        """
        found = self.flagged()
        if self.tallied.kind != "step":
            return [row for row in found if row.more]
        there = [row for row in self.rows if row.is_known and row.count.of]
        if len(found) == len(there) == TWO and self.rules.comparison == EVERYONE_ELSE:
            return [min(found, key=lambda row: row.count.of)]
        return found
