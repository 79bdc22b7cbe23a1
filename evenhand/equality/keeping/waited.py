"""How long each group waited: counted by days, and read again as a life table. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from evenhand.analytics.arrays import Ints
from evenhand.analytics.reasons import Reason
from evenhand.analytics.waits import LifeTable, Waits, life_table, waited
from evenhand.facts.holding import Integers

NAMES = ("group", "alone", "days", "done", "count")
SPREAD = 2**20  # more days than anybody waits
NOT_COUNTED = -1  # days of a wait whose dates contradict each other
Body = Mapping[str, Any]


def counted(waits: Waits, places: Integers, alone: Integers) -> dict[str, list[int]]:
    """Count waits by the place of the group, unaccompanied or not, days and whether done."""
    days = np.where(waits.reason == Reason.ANSWERED, waits.days, NOT_COUNTED)
    keys = ((places * 2 + alone) * SPREAD + days - NOT_COUNTED) * 2 + waits.done
    found, count = np.unique(keys, return_counts=True)
    whose, of_day = np.divmod(found, 2 * SPREAD)
    columns = (whose // 2, whose % 2, of_day // 2 + NOT_COUNTED, of_day % 2, count)
    return {name: column.tolist() for name, column in zip(NAMES, columns, strict=True)}


def allowed(days: Integers, alone: Integers) -> list[list[int]]:
    """Return days allowed, whether unaccompanied, and how many."""
    keys, count = np.unique(days * 2 + alone, return_counts=True)
    columns = (keys // 2, keys % 2, count)
    return [list(row) for row in zip(*(each.tolist() for each in columns), strict=True)]


def table_of(bodies: Sequence[Body], size: int, *, without: bool) -> LifeTable:
    """Return the life table of rows that were counted together, of the first ``size`` groups.

    ``without``: the unaccompanied are left out.
    """
    columns = [np.concatenate([_column(body, name) for body in bodies]) for name in NAMES]
    kept = columns[1] == 0 if without else np.ones(len(columns[1]), bool)
    group, _, days, done, count = (each[kept] for each in columns)
    waits = waited(np.repeat(days, count), np.repeat(done == 1, count))
    return life_table(waits, np.repeat(group, count), size)


def usually_allowed(bodies: Sequence[Body], *, without: bool) -> int:
    """Return the middle of the days allowed; 0 where there were none."""
    rows = [row for body in bodies for row in body["allowed"] if not (row[1] and without)]
    days = np.repeat([row[0] for row in rows], [row[2] for row in rows]) if rows else [0]
    return int(np.median(days))


def _column(body: Body, name: str) -> Ints:
    return np.array(body[name], np.int64)
