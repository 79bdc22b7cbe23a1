"""Who the children are whom we work with now: open children by area and by each dimension."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import numpy as np

from evenhand.monitoring.hiding import shown
from evenhand.monitoring.queries.groups import Counted


class Part(NamedTuple):
    """The children by one way: each group's label with its count as it may be shown."""

    id: str
    label: str
    rows: list[tuple[str, str]]


class Profile(NamedTuple):
    """Open children by every way of the pack, and all of them; ``hides``: small numbers are hidden.

    ``below`` is the number under which counts are hidden from those not entitled to the records.
    """

    parts: list[Part]
    total: str
    hides: bool
    below: int
    day: date


def profile_of(counted: Counted, *, to_leave: bool = False) -> Profile:
    """Return the profile of those counted.

    ``to_leave``: as a file, in which small numbers are hidden whoever asks.
    """
    who, ways, today = counted
    everybody = [np.ones(len(who.ids), bool)]
    counts = {way.id: [row for row in way.counts(everybody) if any(row)] for way in ways}
    tables = shown(counts, who.below, exact=who.exact and not to_leave)
    parts = []
    for way in ways:
        labels = [
            label for label, row in zip(way.labels, way.counts(everybody), strict=True) if any(row)
        ]
        cells = [row[0] for row in tables[way.id].rows[:-1]] if way.id in tables else []
        parts.append(Part(way.id, way.label, list(zip(labels, cells, strict=True))))
    total = next((table.rows[-1][0] for table in tables.values()), "0")
    hides = any(table.hides for table in tables.values())
    return Profile(parts, total, hides, who.below, today)
