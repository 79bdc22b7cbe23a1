"""What became of audited cases beside others, as sentences and tables. No team is ranked."""

from __future__ import annotations

import math

from evenhand.analytics.before_after import Compared
from evenhand.audits.queries.improving import Grades, Improving
from evenhand.design.components import Cell, Column, Table
from evenhand.design.wording import number, percent

PER_CENT = 100


def promises_words(found: Improving) -> str:
    """Return what became of promises, as a sentence."""
    one = found.promises
    if not found.is_told:
        ours, others = found.counted
        return (
            f"Too few cases had promises in the months around their day: {number(ours)} audited, "
            f"{number(others)} not audited. Of fewer than {found.least} on either side nothing is "
            "compared."
        )
    points = one.difference * PER_CENT
    said = (
        f"The share of promises kept changed by {_points(one.ours.change)} in audited cases and by "
        f"{_points(one.others.change)} in others: {abs(points):.0f} points "
        f"{'more' if points >= 0 else 'less'}, likely between {_points(one.low)} and "
        f"{_points(one.high)}."
    )
    return f"{said} {_clear(one)}"


def promises_table(found: Improving) -> Table:
    """Return promises kept before and after, of audited cases and of others."""
    ours, others = found.kept
    names = ("Audited cases", "Other cases")
    changes = (found.promises.ours.change, found.promises.others.change)
    rows = [
        [name, len(cases.followed), _share(*kept[:2]), _share(*kept[2:]), _change(change)]
        for name, cases, kept, change in zip(
            names, (found.audited, found.others), (ours, others), changes, strict=True
        )
    ]
    return Table(
        f"Promises kept, {found.months} months before and {found.months} months after",
        [Column("Cases"), Column("How many", numeric=True), Column("Kept before"),
         Column("Kept after"), Column("Change, in points")],
        rows,
    )  # fmt: skip


def grades_words(found: Improving) -> str:
    """Return how cases that were audited before did in their next audit, as a sentence."""
    grades = found.grades
    if not found.is_graded:
        return (
            f"Too few cases: {number(grades.of_again)} audited more than once, "
            f"{number(grades.of_first)} audited once. Of fewer than {found.least} on either side "
            "nothing is compared."
        )
    low, high = (float(end[0]) for end in (grades.difference.low, grades.difference.high))
    gap = float(grades.difference.difference[0])
    said = (
        f"The last audit met the standard in {percent(grades.again, grades.of_again)} of cases "
        f"audited before, and in {percent(grades.first, grades.of_first)} of others: "
        f"{_points(gap)}, likely between {_points(low)} and {_points(high)}."
    )
    return f"{said} {_known(low, high)}"


def grades_table(grades: Grades) -> Table:
    """Return the last audit of cases audited before beside that of cases audited once."""
    return Table(
        "The last audit of each case",
        [Column("Cases"), Column("How many", numeric=True), Column("Met the standard")],
        [
            ["Audited before", grades.of_again, _share(grades.again, grades.of_again)],
            ["Audited once", grades.of_first, _share(grades.first, grades.of_first)],
        ],
    )  # fmt: skip


def _clear(one: Compared) -> str:
    return _known(one.low, one.high)


def _known(low: float, high: float) -> str:
    if low <= 0 <= high:
        return "That may be chance alone."
    return "That is more than chance would explain, and audits need not be why."


def _share(part: int, whole: int) -> Cell:
    if not whole:
        return Cell(None)
    return Cell(percent(part, whole), note=f"{number(part)} of {number(whole)}")


def _change(change: float) -> Cell:
    return Cell(None if math.isnan(change) else _points(change))


def _points(change: float) -> str:
    return f"{change * PER_CENT:+.0f}".replace("-", "\N{MINUS SIGN}") + " points"
