"""Which rows' words were disposed of, as the history itself tells."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from evenhand.history.models import Entry

FORGOTTEN = "history.forgotten"
Ranges = list[list[int]]  # [first, last], both included, in order


class Forgotten(NamedTuple):
    """Ids in ranges, of one book."""

    ranges: Sequence[tuple[int, int]]

    def __contains__(self, id_: object) -> bool:
        at = bisect_right(self.ranges, (id_, float("inf"))) - 1  # type: ignore[type-var]
        return at >= 0 and self.ranges[at][0] <= id_ <= self.ranges[at][1]  # type: ignore[operator]


def ranges_of(ids: Iterable[int]) -> Ranges:
    """Return ids, in order and without gaps where there are none, as first and last of each run."""
    ranges: Ranges = []
    for one in sorted(ids):
        if ranges and one <= ranges[-1][1] + 1:
            ranges[-1][1] = one
        else:
            ranges.append([one, one])
    return ranges


def told_by(changes: Iterable[Mapping[str, object]], rows_are: str) -> Forgotten:
    """Return what disposals' entries tell of one book, named by its rows."""
    merged: list[tuple[int, int]] = []
    for first, last in sorted(_told(changes, rows_are)):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return Forgotten(merged)


def _told(changes: Iterable[Mapping[str, object]], rows_are: str) -> Iterator[tuple[int, int]]:
    for one in changes:
        _, ranges = one.get(rows_are) or (None, [])  # type: ignore[misc]
        yield from ((first, last) for first, last in ranges)


def disposals(*, latest: int | None = None) -> list[Mapping[str, object]]:
    """Return what each disposal's entry says, the newest first; ``latest`` for so many."""
    told = Entry.objects.filter(action=FORGOTTEN).order_by("-id")
    return list(told.values_list("changes", flat=True)[:latest])
