"""What is left of a difference once something else, such as age, is allowed for. Pure.

Like is set beside like: each group's children of one age beside the others' of that age, then all
ages together (``analytics.pooled``, ``analytics.standardised``).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from evenhand.analytics.arrays import Ints, Mask
from evenhand.analytics.pooled import risk_ratio
from evenhand.analytics.reasons import WORDS, Reason
from evenhand.analytics.standardised import direct_share, shared_strata
from evenhand.equality.crossing import Crossed
from evenhand.equality.pathway import UNKNOWN, Dimension
from evenhand.policy.disparity import EVERYONE_ELSE, Rules

GONE, SMALLER, SAME, LARGER, NONE = "gone", "smaller", "about the same", "larger", "none"


class Allowed(NamedTuple):
    """One group's relative rate, crude and allowing for the strata; nan where ``why`` says why.

    ``rate`` is the share as it would be, were the group made up as everyone is, over the strata
    that every group told of has someone in. ``verdict`` says
    what is left of the difference; NONE where there was none to explain.
    """

    group: str
    crude: float
    ratio: float
    low: float
    high: float
    rate: float
    verdict: str
    why: str


class Allowance(NamedTuple):
    """Every group of one dimension, allowing for another."""

    dimension: Dimension
    strata: Dimension
    groups: tuple[Allowed, ...]


def allowing_for(
    one: Crossed, groups: Sequence[str], differs: Sequence[str], rules: Rules, same: float
) -> Allowance:
    """Return each of these groups against those it is compared with, within each of the strata.

    ``differs`` names the groups whose crude difference is more than chance; ``same`` is the share
    of a ratio by which it may change and still be called the same.
    """
    columns = [place for place, name in enumerate(one.columns) if name not in UNKNOWN]
    of, reached = one.of[:, columns], one.reached[:, columns]
    told = [group for group in groups if group in one.rows and group not in UNKNOWN]
    shared = shared_strata(of[[one.rows.index(group) for group in told]])
    found = [
        _allowed(one, (reached, of), shared, group, rules, same, group in differs)
        for group in told
        if _others(one, group, rules).any()
    ]
    return Allowance(one.first, one.second, tuple(found))


def _allowed(
    one: Crossed,
    counts: tuple[Ints, Ints],
    shared: Mask,
    group: str,
    rules: Rules,
    same: float,
    differs: bool,
) -> Allowed:
    place, others = one.rows.index(group), _others(one, group, rules)
    ours = [part[place] for part in counts]
    theirs = [part[others].sum(axis=0) for part in counts]
    pooled = risk_ratio(*ours, *theirs, rules.confidence)
    reason = Reason(int(pooled.reason))
    alike = (part[shared] for part in (*ours, counts[1].sum(axis=0)))
    share = direct_share(*alike, rules.confidence)
    ends = (float(pooled.low), float(pooled.high))
    crude, ratio = float(pooled.crude), float(pooled.ratio)
    verdict = _verdict(crude, ratio, ends, same) if differs and not math.isnan(ratio) else NONE
    return Allowed(group, crude, ratio, *ends, float(share.rate), verdict, WORDS[reason])


def _others(one: Crossed, group: str, rules: Rules) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    return np.array([
        name not in UNKNOWN and name != group and rules.comparison in (EVERYONE_ELSE, name)
        for name in one.rows
    ])  # fmt: skip


def _verdict(crude: float, ratio: float, ends: tuple[float, float], same: float) -> str:
    """Return what is left of a difference: it is gone where 1 is inside the interval."""
    if ends[0] <= 1 <= ends[1] or math.isnan(ends[0]) or crude <= 0 or ratio <= 0:
        return GONE if not math.isnan(ends[0]) else SAME
    if abs(ratio / crude - 1) <= same:
        return SAME
    return SMALLER if abs(math.log(ratio)) < abs(math.log(crude)) else LARGER
