"""Move what is sealed from older keys to the current one, while everybody works on.

Whatever stops it, nothing is lost: every value is under one key or another, and the next run goes
on with what is left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from evenhand.secrecy import checking, keys
from evenhand.secrecy.columns import Column, Row, change, count_by_key


class Rotated(NamedTuple):
    """What a rotation did: values moved, how many are left under each key, and what did not open.

    ``unopened`` names columns and rows, never what they hold.
    """

    moved: int
    left: dict[str, int]
    unopened: tuple[str, ...]


def counts(columns: Sequence[Column]) -> dict[str, int]:
    """Return how many values are sealed under each key: those in use, and any other found."""
    found = Counter(dict.fromkeys(keys.ring().names, 0))
    for column in columns:
        found.update(count_by_key(column))
    return dict(found)


def rotate(columns: Sequence[Column]) -> Rotated:
    """Seal again under the current key what is under the others, the oldest key first.

    What does not open is left as it is and named. A key under which nothing is left is forgotten:
    it may be taken out of use.
    """
    ring = keys.ring()
    older = [name for name in reversed(ring.names) if name != ring.current]
    unopened: list[str] = []
    moved = sum(_move(ring, column, name, unopened) for name in older for column in columns)
    left = counts(columns)
    for name in older:
        if not left[name]:
            checking.forget(name)
    return Rotated(moved, left, tuple(unopened))


def _move(ring: keys.KeyRing, column: Column, name: str, unopened: list[str]) -> int:
    def again(row: Row) -> str:
        try:
            context = column.bound(row.ref)
            return ring.seal(ring.unseal(row.stored, context), context)
        except keys.WrongKey:
            unopened.append(f"{column.table}.{column.name}, row {row.pk}")
            return row.stored

    return change(column, "{c} LIKE %s", [f"{keys.MARK}:{name}:%"], again)
