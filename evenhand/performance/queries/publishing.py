"""Figures of standards for the public: what may be shown of a quarter, and what was let out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from evenhand.accounts.models import User
from evenhand.design.wording import percent
from evenhand.facts.adopted import policy
from evenhand.performance import pack
from evenhand.performance.models import PublishedQuarter
from evenhand.rules.periods import Span
from evenhand.standards.counts import Counts
from evenhand.standards.queries.quarters import counts_by_quarter, whole_quarters
from evenhand.standards.targets import target_of

SMALLEST = "published-from"


def proposable(as_at: date) -> list[Span]:
    """Return the quarters that could be proposed now, the newest first."""
    held = PublishedQuarter.objects.filter(withdrawn_at=None).values_list("starts_on", flat=True)
    return [one for one in whole_quarters(as_at) if one.since not in set(held)]


def lines_of(viewer: User, quarter: Span, *, as_at: date) -> list[dict[str, Any]]:
    """Return each standard that fell due in a quarter, small numbers hidden; the packs' order."""
    counted = counts_by_quarter(viewer, as_at=as_at)
    smallest = pack.limit(SMALLEST, quarter.until)
    return list(_lines(counted, quarter, smallest))


def _lines(
    counted: Mapping[str, Mapping[Span, Counts]], quarter: Span, smallest: int
) -> Iterator[dict[str, Any]]:
    for standard in policy().standards.values():
        counts = counted.get(standard.id, {}).get(quarter, Counts())
        if not counts.due:
            continue
        target = target_of(standard.id, quarter.until)
        told = {"standard": standard.id, "words": standard.words, "title": standard.title,
                "target": target, "hidden": smallest}  # fmt: skip
        if not is_small(counts, smallest):
            share = percent(counts.kept, counts.due)
            told |= {"kept": counts.kept, "due": counts.due, "share": share, "hidden": 0}
        yield told


def is_small(counts: Counts, smallest: int) -> bool:
    """Whether those in time, those not, or all of them are some, and fewer than may be shown."""
    parts = (counts.kept, counts.due - counts.kept, counts.due)
    return any(0 < part < smallest for part in parts)


def let_out() -> list[PublishedQuarter]:
    """Return what the public may read, the newest first."""
    shown = PublishedQuarter.objects.filter(withdrawn_at=None).exclude(let_out_at=None)
    return list(shown.order_by("-starts_on"))


def let_out_for(quarter: Span) -> PublishedQuarter | None:
    """Return what the public may read of a quarter, or None."""
    return next((one for one in let_out() if one.starts_on == quarter.since), None)


def still_hidden(quarter: PublishedQuarter) -> bool:
    """Whether any number of it is hidden."""
    return any(line["hidden"] for line in quarter.lines)
