"""Disclosure control of one table: what must be hidden so that no small count can be worked out.

Where zeros are published, whoever reads the table knows that a hidden count is at least 1: two
hidden counts that come to 2 are both 1. Totals are published too unless they must be hidden.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from evenhand.analytics.arrays import Floats, Ints, Mask, floats, ints
from evenhand.analytics.flows import Flows


class Suppressed(NamedTuple):
    """A table with its totals, rows by columns: the last row and the last column are totals.

    `primary` is where the count itself is small, `hidden` that and what must be hidden with it,
    and `shown` the counts, rounded if so asked, nan where hidden.
    """

    primary: Mask
    hidden: Mask
    shown: Floats


def primary(counts: ArrayLike, threshold: int, least: int = 1) -> Mask:
    """Where a count is from `least` to `threshold` less 1, and so too small to publish."""
    numbers = ints(counts)
    small: Mask = (numbers >= least) & (numbers < threshold)
    return small


def with_totals(counts: ArrayLike) -> Ints:
    """A two-way table with its row totals as a last column and column totals as a last row."""
    inside = ints(counts)
    table = np.zeros((inside.shape[0] + 1, inside.shape[1] + 1), np.int64)
    table[:-1, :-1] = inside
    table[:-1, -1] = inside.sum(axis=1)
    table[-1] = table[:-1].sum(axis=0)
    return table


def suppress(counts: ArrayLike, threshold: int, base: int = 1, least: int = 1) -> Suppressed:
    """Hide the small counts of a two-way table, and as much more as keeps each from being known.

    `counts` has no totals: they are added. What is hidden besides is chosen for being small, a
    count in the table before a total. With `base` over 1 what is shown is rounded to it, halves
    up. `least` 0 hides zeros too. Cox (1995), J. Am. Stat. Assoc. 90:1453-1462; Gusfield (1988),
    SIAM J. Comput. 17:552-571.
    """
    table = with_totals(counts)
    small = primary(table, threshold, least)
    hidden = Flows(table, small, least).protect()
    return Suppressed(small, hidden, shown(table, hidden, base))


def shown(counts: ArrayLike, hidden: ArrayLike, base: int = 1) -> Floats:
    """The counts as they may be published: rounded to `base`, halves up, and nan where hidden."""
    return floats(np.where(np.asarray(hidden, bool), np.nan, rounded(counts, base)))


def rounded(counts: ArrayLike, base: int) -> Floats:
    """The counts to the nearest `base`, halves up, in whole numbers."""
    numbers = ints(counts)
    return floats((2 * numbers + base) // (2 * base) * base)


def exposed(table: ArrayLike, mask: ArrayLike, least: int = 1) -> Mask:
    """The hidden cells of a table with totals that can be worked out to a single number.

    Both have the totals as last row and column. What is assumed known: all that is not hidden,
    that cells add up to their totals, and that a hidden count is a whole number of `least` or more.
    """
    return Flows(ints(table), np.asarray(mask, bool), least).exposed()
