"""Our own values beside other authorities': rank, and the gap to the best."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import QuerySet

from evenhand.accounts.models import User
from evenhand.monitoring.hiding import shown
from evenhand.monitoring.models import Benchmark, BenchmarkFile
from evenhand.monitoring.pack import Comparator, uses
from evenhand.monitoring.queries.who import hidden_below, sees_exactly
from evenhand.standards.indicators import indicators
from evenhand.standards.queries import figures_as_at, indicators_for
from evenhand.standards.queries.measuring import Measured


class Own(NamedTuple):
    """Our own value: ``part`` of ``whole``; ``value`` None where it is hidden or none yet."""

    part: str
    whole: str
    value: float | None


class Beside(NamedTuple):
    """One indicator in one period: the comparators' values and ours, best first.

    ``rank`` (1 is best) and ``gap`` (ours less the best) are None where ours is not known. Equal
    values share the better rank. ``apart``: groups of which the comparators tell values, and that
    are not in this table.
    """

    comparator: Comparator
    period: str
    own: Own
    values: list[tuple[str, float]]
    rank: int | None
    of: int
    gap: float | None
    apart: list[str]


def compared_for(viewer: User) -> list[Beside]:
    """Return each indicator that values were brought in for, newest period first.

    Ours is of the months that indicators are shown for; it stands beside the newest period.
    """
    found: list[Beside] = []
    measured = _own(viewer)
    for comparator in uses().comparators:
        rows = list(Benchmark.objects.filter(indicator=comparator.id).order_by("-period"))
        periods = list(dict.fromkeys(row.period for row in rows))
        own = measured.get(comparator.indicator, Own("", "", None))
        for place, period in enumerate(periods):
            ours = own if place == 0 else Own("", "", None)
            found.append(_beside(comparator, period, ours, [r for r in rows if r.period == period]))
    return found


def files_for() -> QuerySet[BenchmarkFile]:
    """Return the files that values came from, newest first."""
    return BenchmarkFile.objects.select_related("imported_by").order_by("-imported_at", "-pk")


def ranked(
    own: float | None, others: list[float], *, higher_is_better: bool
) -> tuple[int | None, float | None]:
    """Return the rank of a value among others, 1 being best, and its gap to the best of all."""
    if own is None or not others:
        return None, None
    sign = 1 if higher_is_better else -1
    better = sum(sign * other > sign * own for other in others)
    best = max([own, *others], key=lambda each: sign * each)
    return better + 1, round(own - best, 3)


def _beside(comparator: Comparator, period: str, own: Own, rows: list[Benchmark]) -> Beside:
    of_all = [(row.authority, float(row.value)) for row in rows if not row.group]
    sign = -1 if comparator.higher_is_better else 1
    rank, gap = ranked(
        own.value, [value for _, value in of_all], higher_is_better=comparator.higher_is_better
    )
    return Beside(
        comparator, period, own, sorted(of_all, key=lambda one: (sign * one[1], one[0])), rank,
        len(of_all) + 1, gap, sorted({row.group for row in rows if row.group}),
    )  # fmt: skip


def _own(viewer: User) -> dict[str, Own]:
    found = indicators_for(viewer, indicators(), as_at=figures_as_at())
    exact, below = sees_exactly(viewer), hidden_below()
    return {one.indicator.id: _value(one, below, exact=exact) for one in found}


def _value(one: Measured, below: int, *, exact: bool) -> Own:
    """Ours, unless one of its two parts is too small for the viewer to be told."""
    if not one.whole:
        return Own("", "", None)
    row = shown({"": [[one.part, one.whole - one.part]]}, below, exact=exact)[""]
    if row.hides:
        return Own("", row.rows[0][2], None)
    return Own(row.rows[0][0], row.rows[0][2], round(100 * one.part / one.whole, 1))
