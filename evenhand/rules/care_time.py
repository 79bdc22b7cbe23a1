"""Time in care as stretches: parted from short breaks, joined, and counted in nights."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from evenhand.rules.care_leavers import Period


def parted(period: Period, breaks: Iterable[tuple[date | None, date | None]]) -> Iterator[Period]:
    """Yield a period as time in care and short breaks, in order.

    A break that has no first day begins with the period; one that has no last day ends with it.
    """
    start = period.started_on
    for first, last in sorted(breaks, key=lambda one: one[0] or date.min):
        if first is not None and (start is None or first > start):
            yield Period(start, first)
            start = first
        yield Period(start, last or period.ended_on, is_short_break=True)
        if last is None or last == period.ended_on:
            return
        start = last
    yield Period(start, period.ended_on)


def nights(stretches: Iterable[tuple[date, date]]) -> int:
    """Return how many nights stretches have together, none overlapping another."""
    return sum((end - start).days for start, end in stretches)


def joined(stretches: Iterable[tuple[date, date]]) -> list[tuple[date, date]]:
    """Stretches in order, none of which overlaps another; empty ones are left out."""
    found: list[tuple[date, date]] = []
    for start, end in sorted(one for one in stretches if one[0] < one[1]):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found
