"""Groups compared: each against everyone else, or a named group, with what chance would explain.

Pure: counts in, rows out. A group is tested twice, on the year and on both years together (a
small group's one year tells little), and the two count double. All comparisons of one page are
corrected together. Brothers and sisters are not taken for separate evidence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

import numpy as np

from evenhand.analytics import bounds, suppression, tests
from evenhand.analytics.intervals import wilson
from evenhand.analytics.rates import against
from evenhand.analytics.ratios import relative_rate
from evenhand.equality.events import Span
from evenhand.equality.pathway import UNKNOWN, Dimension, value

EVERYONE_ELSE = "everyone else"
TWO = 2
OF_SETS = ("sets", "there")
CORRECTIONS = {"holm": tests.holm, "benjamini-hochberg": tests.benjamini_hochberg}


class Rules(NamedTuple):
    """The pack's values in force on a day; shares are between 0 and 1."""

    comparison: str
    confidence: float
    correction: str
    strong: float
    smallest: int
    completeness: float
    suppress_below: int
    round_to: int

    @property
    def level(self) -> float:
        """Return the corrected chance below which a difference is called more than chance."""
        return 1 - self.confidence


def rules_on(day: date) -> Rules:
    """Return how groups are compared on a day, from disparity.yaml."""
    return Rules(
        str(value("comparison", day)),
        float(value("confidence", day)) / 100,
        str(value("correction", day)),
        float(value("strong-evidence", day)) / 1000,
        int(value("smallest-group", day)),
        float(value("completeness-for-a-headline", day)) / 100,
        int(value("suppress-below", day)),
        int(value("round-to", day)),
    )


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

    ``corrected`` is the chance of such a difference after allowing for the other comparisons of
    the page; nan where the group was not compared. ``lowest`` and ``highest`` are what the rate
    could be if children whose group is not known were of it or not. ``hidden`` shows no number;
    ``shown_of`` and ``shown_reached`` are what may be shown. ``differs``: by more than chance
    would explain, ``more`` often or less; this is known of a hidden row too.
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


def compare(
    tallies: Sequence[Tallied], dimension: Dimension, rules: Rules, *, exact: bool
) -> list[Comparison]:
    """Compare the groups of each measure; ``exact`` False hides and rounds small numbers."""
    laid_out = [(tallied, group) for tallied in tallies for group in _groups(tallied, dimension)]
    if not laid_out:
        return []
    numbers = _numbers(tallies, laid_out, dimension, rules)
    rows: dict[str, list[Row]] = {tallied.measure: [] for tallied in tallies}
    for place, (tallied, group) in enumerate(laid_out):
        rows[tallied.measure].append(_row(tallied, dimension, group, numbers, place, rules))
    compared = _count_of(numbers["corrected"], numbers["sets"], numbers["there"], rules)
    found = [_comparison(one, dimension, rows[one.measure], compared, rules) for one in tallies]
    return found if exact else [suppressed(one) for one in found]


def _groups(tallied: Tallied, dimension: Dimension) -> list[str]:
    """The groups that anybody was of, in the pack's order, then those not known."""
    return [group for group in (*dimension.labels, *UNKNOWN) if group in tallied.groups]


def _numbers(
    tallies: Sequence[Tallied],
    laid_out: list[tuple[Tallied, str]],
    dimension: Dimension,
    rules: Rules,
) -> dict[str, Any]:
    order = {tallied.measure: place for place, tallied in enumerate(tallies)}
    labels = list(dimension.labels)
    counts = np.array([tallied.groups[group] for tallied, group in laid_out], np.int64)
    of, reached = counts[:, 0], counts[:, 1]
    sets = np.array([order[tallied.measure] for tallied, _ in laid_out])
    known = np.array([group not in UNKNOWN for _, group in laid_out])
    number = np.array([labels.index(g) if g in dimension.labels else -1 for _, g in laid_out])
    reference = labels.index(rules.comparison) if rules.comparison in labels else None
    other = against(reached, of, number, reference, sets=sets, known=known)
    enough = known & (of >= rules.smallest) & (other.of >= rules.smallest)
    ours = _evidence(counts)
    theirs = against(*ours, number, reference, sets=sets, known=known)
    both = np.array([_both_years(tallied, group) for tallied, group in laid_out], np.int64)
    chance = np.fmin(1.0, 2 * np.fmin(
        _chance(counts, number, reference, sets, known),
        _chance(both, number, reference, sets, known),
    ))  # fmt: skip
    chance = np.where(enough, chance, np.nan)
    unknown = _unknown(reached, of, sets, known)
    rate = wilson(*ours, rules.confidence)
    ratio = relative_rate(*ours, theirs.events, theirs.of, rules.confidence)
    span = bounds.of_rate(reached, of, *unknown)
    with np.errstate(divide="ignore", invalid="ignore"):
        return {
            "rate": reached / of, "low": rate.low, "high": rate.high,
            "others": other.events / other.of,
            "ratio": np.where(enough, (reached / of) / (other.events / other.of), np.nan),
            "ratio_low": np.where(enough, ratio.low, np.nan),
            "ratio_high": np.where(enough, ratio.high, np.nan),
            "corrected": _corrected(chance, sets, known & (of > 0), rules),
            "lowest": np.where(known, span.low, np.nan),
            "highest": np.where(known, span.high, np.nan),
            "sets": sets,
            "there": known & (of > 0),
        }  # fmt: skip


def _both_years(tallied: Tallied, group: str) -> Count:
    return tallied.groups[group].plus(tallied.before.get(group, Count()))


def _chance(counts: Any, number: Any, reference: int | None, sets: Any, known: Any) -> Any:
    """How likely a difference as large is by chance alone, once families are allowed for."""
    ours = _evidence(counts)
    theirs = against(*ours, number, reference, sets=sets, known=known)
    return tests.mid_p(*ours, theirs.events, theirs.of)


class Evidence(NamedTuple):
    """How many separate children went on, of how many that the counts are worth."""

    reached: Any
    of: Any


def _evidence(counts: Any) -> Evidence:
    """Return counts with what brothers and sisters, or one child again, say twice taken out.

    Each group's counts are divided by its design effect: the variance of its rate between
    families over that of as many children who have nothing to do with one another; never under 1.
    Where all or none went on, by the size of family that a child is met in. Rao and Scott (1992),
    Biometrics 48:577-585.
    """
    of, reached, of_squared, reached_squared, product = (
        counts[:, place].astype(float) for place in (0, 1, 4, 5, 6)
    )
    rate = np.divide(reached, of, out=np.zeros_like(of), where=of > 0)
    between = reached_squared - 2 * rate * product + rate * rate * of_squared
    alone = of * rate * (1 - rate)
    size = np.divide(of_squared, of, out=np.ones_like(of), where=of > 0)
    effect = np.divide(between, alone, out=size, where=alone > 0)
    effect = np.maximum(effect, 1.0)
    worth = np.maximum(np.rint(of / effect), np.minimum(of, 1)).astype(np.int64)
    return Evidence(np.rint(rate * worth).astype(np.int64), worth)


def _corrected(chance: Any, sets: Any, there: Any, rules: Rules) -> Any:
    """Correct for every comparison. Two groups that are each the other's rest are one."""
    once, twin = chance.copy(), _twins(chance, sets, there, rules)
    once[[second for _, second in twin]] = np.nan
    corrected = CORRECTIONS[rules.correction](once)
    for first, second in twin:
        corrected[second] = corrected[first]
    return corrected


def _twins(chance: Any, sets: Any, there: Any, rules: Rules) -> list[tuple[int, int]]:
    """The places of sets of two groups alone, each compared with the other.

    Where a third group is there, though too small to be compared, it is among the rest of both,
    and what is said of one is not said of the other.
    """
    if rules.comparison != EVERYONE_ELSE:
        return []
    found: dict[int, list[int]] = {}
    for place in np.flatnonzero(there).tolist():
        found.setdefault(int(sets[place]), []).append(place)
    pairs = (ones for ones in found.values() if len(ones) == TWO)
    return [(one, two) for one, two in pairs if not np.isnan(chance[[one, two]]).any()]


def _count_of(corrected: Any, sets: Any, there: Any, rules: Rules) -> int:
    return int(np.count_nonzero(~np.isnan(corrected))) - len(_twins(corrected, sets, there, rules))


def _unknown(reached: Any, of: Any, sets: Any, known: Any) -> tuple[Any, Any]:
    """Those of each set whose group is not known, beside each of its cells."""
    size = int(sets.max()) + 1
    return tuple(
        np.bincount(sets, weights=np.where(known, 0, part), minlength=size).astype(np.int64)[sets]
        for part in (reached, of)
    )


def _row(
    tallied: Tallied,
    dimension: Dimension,
    group: str,
    numbers: Mapping[str, Any],
    place: int,
    rules: Rules,
) -> Row:
    count = tallied.groups[group]
    before = tallied.before.get(group, Count()) if tallied.before else None
    own = {name: column for name, column in numbers.items() if name not in OF_SETS}
    cells = {name: float(column[place]) for name, column in own.items()}
    return Row(
        group, dimension.label_of(group), count, before,
        shown_of=count.of, shown_reached=count.reached, **cells,
        differs=cells["corrected"] < rules.level, more=cells["rate"] > cells["others"],
    )  # fmt: skip


def _comparison(
    tallied: Tallied, dimension: Dimension, rows: list[Row], compared: int, rules: Rules
) -> Comparison:
    total = Count()
    for row in rows:
        total = total.plus(row.count)
    known = sum(row.count.of for row in rows if row.is_known)
    share = known / total.of if total.of else 0.0
    return Comparison(tallied, dimension, tuple(rows), total, share, compared, rules)


def suppressed(one: Comparison, *, round_to: int = 1) -> Comparison:
    """Return a comparison as those may see it who are not entitled to the cases.

    Counts of 1 to just under the pack's threshold are hidden, of those who reached the stage and
    of those who did not, then as many more as keep these from being worked out; for a release the
    rest are rounded. Where unaccompanied children are left out, so is each group that lost few.
    """
    rules = one.rules
    if not one.rows:
        return replace(one, is_suppressed=True)
    hiding = _hiding(one, round_to)
    left_out = one.tallied.of_unaccompanied
    hides_unknown = any(hiding.rows[row.group].hides for row in one.rows if not row.is_known)
    rows = tuple(
        _hidden(
            row, hiding.rows[row.group], also=_lost_few(left_out.get(row.group), rules),
            no_bounds=hides_unknown,
        )
        for row in one.rows
    )  # fmt: skip
    if hiding.total:  # everyone else's rate would give the total away
        rows = tuple(_alone(row) for row in rows)
    total_hidden = bool(left_out) or hiding.total
    return replace(one, rows=rows, is_suppressed=True, total_hidden=total_hidden)


class Cells(NamedTuple):
    """What may be shown of one row: whether it hides, because it is small, and its counts."""

    hides: bool
    small: bool
    reached: int
    of: int


class Hiding(NamedTuple):
    """What may be shown of every row, and whether the total must be hidden."""

    rows: Mapping[str, Cells]
    total: bool


def _hiding(one: Comparison, base: int) -> Hiding:
    """Hide what must be in the table of groups, then, of finer ones, within each group shown.

    A finer group is hidden with the group that it is part of: its sisters' sum is published.
    """
    counts = {row.group: row.count for row in one.rows}
    if not one.dimension.within:
        return _table(counts, one.rules, base)
    parents: dict[str, dict[str, Count]] = {}
    for group, count in counts.items():
        parents.setdefault(one.dimension.parent_of(group), {})[group] = count
    above = _table({name: _sum(parts) for name, parts in parents.items()}, one.rules, base)
    found: dict[str, Cells] = {}
    for name, parts in parents.items():
        within = _table(parts, one.rules, base).rows
        hides = above.rows[name].hides
        found |= {group: cell._replace(hides=cell.hides or hides) for group, cell in within.items()}
    return Hiding(found, above.total)


def _sum(parts: Mapping[str, Count]) -> Count:
    total = Count()
    for count in parts.values():
        total = total.plus(count)
    return total


def _table(counts: Mapping[str, Count], rules: Rules, base: int) -> Hiding:
    pairs = np.array([[count.reached, count.of - count.reached] for count in counts.values()])
    table = suppression.suppress(pairs, rules.suppress_below, base)
    shown = np.nan_to_num(table.shown).astype(int)
    rows = {
        group: Cells(
            bool(table.hidden[place].any()), bool(table.primary[place].any()),
            int(min(shown[place, 0], shown[place, -1])), int(shown[place, -1]),
        )
        for place, group in enumerate(counts)
    }  # fmt: skip
    return Hiding(rows, bool(table.hidden[-1].any()))


def _alone(row: Row) -> Row:
    numbers = ("others", "ratio", "ratio_low", "ratio_high")
    return replace(row, **dict.fromkeys(numbers, float("nan")))


def _lost_few(left_out: Count | None, rules: Rules) -> bool:
    if left_out is None:
        return False
    parts = (left_out.of, left_out.reached, left_out.of - left_out.reached)
    return any(0 < part < rules.suppress_below for part in parts)


def _hidden(row: Row, cells: Cells, *, also: bool, no_bounds: bool) -> Row:
    nothing = float("nan")
    row = replace(row, before=None)
    if cells.hides or also:
        blank = dict.fromkeys(NUMBERS, nothing)
        secondary = not (cells.small or also)
        return replace(row, hidden=True, secondary=secondary, shown_of=0, shown_reached=0, **blank)
    row = replace(row, shown_of=cells.of, shown_reached=cells.reached)
    return replace(row, lowest=nothing, highest=nothing) if no_bounds else row


NUMBERS = (
    "rate", "low", "high", "others", "ratio", "ratio_low", "ratio_high", "lowest", "highest",
)  # fmt: skip
