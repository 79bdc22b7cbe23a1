"""Groups compared: each against everyone else, or a named group, with what chance would explain.

Pure: counts in, rows out. A group is tested twice, on the year and on both years together (a
small group's one year tells little), and the two count double. All comparisons of one page are
corrected together. Brothers and sisters are not taken for separate evidence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from evenhand.analytics import bounds, tests
from evenhand.analytics.evidence import evidence
from evenhand.analytics.intervals import wilson
from evenhand.analytics.rates import against
from evenhand.analytics.ratios import four_fifths, relative_rate
from evenhand.equality.comparison import (
    TWO,
    Comparison,
    Count,
    Row,
    Tallied,
)
from evenhand.equality.hiding import suppressed
from evenhand.equality.pathway import UNKNOWN, Dimension
from evenhand.policy.disparity import EVERYONE_ELSE, Rules

PAGES_KEPT = 512  # some kilobytes each: every way and both kinds, of some services
OF_SETS = ("sets", "there")
CORRECTIONS = {"holm": tests.holm, "benjamini-hochberg": tests.benjamini_hochberg}


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
    ours = evidence(counts)
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
    parity = four_fifths(reached, of, other.events, other.of, *rules.parity)
    span = bounds.of_rate(reached, of, *unknown)
    with np.errstate(divide="ignore", invalid="ignore"):
        return {
            "rate": reached / of, "low": rate.low, "high": rate.high,
            "others": other.events / other.of,
            "ratio": np.where(enough, (reached / of) / (other.events / other.of), np.nan),
            "ratio_low": np.where(enough, ratio.low, np.nan),
            "ratio_high": np.where(enough, ratio.high, np.nan),
            "at_parity": np.where(enough, parity, np.nan),
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
    ours = evidence(counts)
    theirs = against(*ours, number, reference, sets=sets, known=known)
    columns = (*ours, theirs.events, theirs.of)
    return _mid_p(*(np.asarray(each, np.float64).tobytes() for each in columns))


@lru_cache(maxsize=PAGES_KEPT)
def _mid_p(*columns: bytes) -> Any:
    """The exact test of the same counts, which every page repeats until they are counted anew."""
    return tests.mid_p(*(np.frombuffer(each, np.float64) for each in columns))


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
