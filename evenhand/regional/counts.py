"""The table that every engine fills: counts by group, as ``GroupTally`` has them for one authority.

``of`` counts what can be judged, ``reached`` those that went on, or whom a clock kept late or not
at all; ``waiting`` of the reached are not done yet; ``unjudged`` stand beside. The last three are
sums over children of squares and products of their counts: a child met again is not separate
evidence.
"""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

STEP, CLOCK = "step", "clock"
UNJUDGED, IN_TIME, REACHED, WAITING = range(4)
"""How one event counts: not judged; judged and not reached; reached; reached and not done yet."""

KEYS: dict[str, pl.DataType] = {
    "authority": pl.String(),
    "kind": pl.String(),
    "measure": pl.String(),
    "dimension": pl.String(),
    "group": pl.String(),
    "period": pl.String(),
    "unaccompanied": pl.Boolean(),
    "since": pl.Date(),
    "until": pl.Date(),
}
NUMBERS = (
    "of", "reached", "waiting", "unjudged", "of_squared", "reached_squared", "reached_by_of",
)  # fmt: skip
SCHEMA: dict[str, pl.DataType] = {**KEYS, **dict.fromkeys(NUMBERS, pl.Int64())}


def together(parts: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """Return parts as one table in one order: counts of the same group are added."""
    whole = pl.concat([pl.DataFrame(schema=SCHEMA), *parts])
    added = whole.group_by(*KEYS).agg(pl.col(NUMBERS).sum())
    held = added.filter(pl.any_horizontal(pl.col("of", "unjudged") > 0))
    return held.select(*SCHEMA).sort(*KEYS)
