"""Spells of time that put a child in a group, and which of them held on a day."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from evenhand.facts.holding import NOTHING, Integers

SPREAD = 2**20  # more days than any two lie apart: a child and a day in one whole number
LONG = 2**18  # days before and after any day on record
NONE = -1


class Spells(NamedTuple):
    """Spells in order of child and first day; each has its last day and its group's place."""

    keys: Integers
    whose: Integers
    ends: Integers
    groups: Integers

    def on(self, whose: Integers, days: Integers) -> Integers:
        """Return the group of the latest spell that held on each day, both ends included.

        ``NONE`` where none did. A spell that ended hides none that still runs.
        """
        found = np.full(len(whose), NONE, np.int64)
        open_ = np.flatnonzero((days != NOTHING) & (whose > 0)) if len(self.keys) else _NOBODY
        at = np.searchsorted(self.keys, whose[open_] * SPREAD + days[open_], side="right") - 1
        while len(open_):
            there = (at >= 0) & (self.whose[at] == whose[open_])
            open_, at = open_[there], at[there]
            holds = self.ends[at] >= days[open_]
            found[open_[holds]] = self.groups[at[holds]]
            open_, at = open_[~holds], at[~holds] - 1
        return found


_NOBODY = np.zeros(0, np.int64)


def spells(whose: Integers, starts: Integers, ends: Integers, groups: Integers) -> Spells:
    """Lay out spells; no first day is from ever, no last day is until now and on."""
    first = np.where(starts == NOTHING, -LONG, starts)
    last = np.where(ends == NOTHING, LONG, ends)
    keys = whose * SPREAD + first
    order = np.argsort(keys, kind="stable")
    return Spells(keys[order], whose[order], last[order], groups[order])
