"""Is it more than chance? Fisher's exact test, one against the rest, corrected for how many."""

from __future__ import annotations

from collections.abc import Mapping
from math import comb

LEVEL = 0.05
Counted = Mapping[str, tuple[int, int]]
"""For each group, how many were so, of how many."""


def beyond_chance(counted: Counted) -> set[str]:
    """Return the groups with more than chance would bring (Fisher, Bonferroni, one-sided)."""
    return {group for group in counted if tail(counted, group) < LEVEL / len(counted)}


def tail(counted: Counted, group: str) -> float:
    """Return how likely a group has this many or more, were it like the rest."""
    so, of = counted[group]
    all_so, everyone = (sum(column) for column in zip(*counted.values(), strict=True))
    ways = sum(
        comb(all_so, k) * comb(everyone - all_so, of - k)
        for k in range(so, min(of, all_so) + 1)
        if of - k <= everyone - all_so
    )
    return ways / comb(everyone, of)
