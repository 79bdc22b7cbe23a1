"""What those whose group is not known could change about a finding, in a sentence."""

from __future__ import annotations

import math

from evenhand.analytics.bounds import of_ratio
from evenhand.design.wording import number
from evenhand.equality.comparison import Comparison, Count, Row
from evenhand.policy.disparity import EVERYONE_ELSE

NO_ONE = Count()


def what_unknown_could_change(one: Comparison, row: Row) -> str:
    """Return what would be left of a finding whichever groups those not known belong to.

    Empty where all are known, and where the numbers behind it are hidden. The ends are sharp:
    no other share of those not known gives less or more (``analytics.bounds``).
    """
    unknown = _sum([each for each in one.rows if not each.is_known])
    if not unknown.of or _is_hidden(one, row):
        return ""
    others = _sum([each for each in one.rows if _is_other(one, row, each)])
    ends = of_ratio(_pair(row.count), _pair(others), _pair(unknown))
    return _said(one, row, float(ends.low), float(ends.high), unknown.of)


def _said(one: Comparison, row: Row, low: float, high: float, unknown: int) -> str:
    what = one.dimension.label.lower()
    whom = f"{number(unknown)} whose {what} is not known"
    end = low if row.more else high
    if math.isnan(end):
        return f"The {whom} could turn this round."
    if (end > 1) is row.more and end != 1:
        least = "at least" if row.more else "at most"
        return f"Whichever groups the {whom} belong to, it would be {least} {end:.1f} times."
    far = f"it could be as {'low' if row.more else 'high'} as {end:.1f} times"
    return f"The {whom} could turn this round: {far}."


def _is_hidden(one: Comparison, row: Row) -> bool:
    """Whether what is not shown could be worked out from the sentence."""
    return row.hidden or (one.is_suppressed and (one.total_hidden or math.isnan(row.lowest)))


def _is_other(one: Comparison, row: Row, each: Row) -> bool:
    if not each.is_known or each.group == row.group:
        return False
    return one.rules.comparison in (EVERYONE_ELSE, each.group)


def _sum(rows: list[Row]) -> Count:
    total = NO_ONE
    for row in rows:
        total = total.plus(row.count)
    return total


def _pair(count: Count) -> tuple[int, int]:
    return count.reached, count.of
