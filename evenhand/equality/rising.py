"""Concerns that rise quarter after quarter: said on the report, and given to somebody to review."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils import timezone

from evenhand.equality.grounds import grounds
from evenhand.equality.models import Concern
from evenhand.equality.pack import value
from evenhand.equality.thresholds import limit
from evenhand.history.actions import Happening
from evenhand.rules.periods import Span, quarters_to
from evenhand.work.actions import Place
from evenhand.work.opening import open_once
from evenhand.work.pack import kinds

KIND = "rising-concerns"


class Quarterly(NamedTuple):
    """Counts by quarter, the oldest first and the running one last, by what was counted."""

    quarters: Sequence[Span]
    counts: Mapping[object, list[int]]


def quarters_shown(today: date) -> tuple[Span, ...]:
    """Return the packs' whole quarters before a day, and the one that runs."""
    return quarters_to(today, int(value("quarters-counted", today)))


def by_quarter(concerns: QuerySet[Concern], field: str, today: date) -> Quarterly:
    """Count concerns by a field and the quarter in which they were raised. One query."""
    quarters = quarters_shown(today)
    raised = concerns.order_by().filter(received_on__gte=quarters[0].since)
    found: dict[object, Counter[int]] = {}
    for key, on in raised.values_list(field, "received_on"):
        place = next((i for i, each in enumerate(quarters) if on <= each.until), None)
        if place is not None:
            found.setdefault(key, Counter())[place] += 1
    width = range(len(quarters))
    return Quarterly(quarters, {key: [one[i] for i in width] for key, one in found.items()})


def rises(counts: Sequence[int], least: int) -> bool:
    """Whether the newest ``least`` counts rise from each to the next, or did until this quarter.

    The last is of a quarter that runs: less than the one before says nothing yet.
    """
    return _rise(counts[-least:], least) or _rise(counts[:-1][-least:], least)


def _rise(counts: Sequence[int], least: int) -> bool:
    return len(counts) == least and all(one < two for one, two in pairwise(counts))


def rising(found: Quarterly, today: date) -> set[object]:
    """Return what rises, by the packs' number of quarters; nothing where no pack gives one."""
    least = limit("rising", "at_least", today)
    if least is None:
        return set()
    return {key for key, counts in found.counts.items() if rises(counts, int(least))}


def about_ground(ground: str) -> str:
    """Return what a review of one ground's concerns is known by."""
    return f"rising:{ground}"


def after_concern(happening: Happening) -> None:
    """Ask for a review of the ground of a concern, where that ground's concerns rise."""
    today = timezone.localdate(happening.at)
    ground = Concern.objects.get(pk=happening.subject.pk).ground
    found = by_quarter(Concern.objects.filter(ground=ground), "ground", today)
    if ground not in rising(found, today) or KIND not in kinds():
        return
    label = next((each.label for each in grounds() if each.id == ground), ground)
    open_once(
        kind=KIND, about=about_ground(ground), at=happening.at, by=None,
        what=f"Concerns rise quarter after quarter: {label}",
        why="Read the concerns, and say what they have in common.",
        place=Place("equality:report"),
    )  # fmt: skip
