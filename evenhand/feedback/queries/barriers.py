"""The register of barriers, each with every time it was met, and what follows from the counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.db.models import Count, QuerySet

from evenhand.accounts.models import User
from evenhand.feedback import pack
from evenhand.feedback.models import Barrier, BarrierMet
from evenhand.people.models import Child
from evenhand.people.queries.reach import counted, of_child, readable
from evenhand.rules.periods import Span


class Line(NamedTuple):
    """One barrier of the register, and how often it was met within the viewer's reach."""

    barrier: Barrier
    count: int


class Suggestion(NamedTuple):
    """Training to think of: a service of which one barrier was told often in one quarter.

    ``cites`` are those that the viewer may read, ``count`` all that were counted.
    """

    service: str
    code: pack.Code
    count: int
    cites: tuple[BarrierMet, ...]


def register_for(viewer: User) -> list[Line]:
    """Return every barrier that was met within the viewer's reach, the most often met first."""
    counts = _by_barrier(counted(viewer, BarrierMet.objects.all()))
    found = Barrier.objects.in_bulk(counts)
    lines = [Line(found[pk], count) for pk, count in counts.items()]
    return sorted(lines, key=lambda line: (-line.count, line.barrier.code, line.barrier.service))


def _by_barrier(rows: QuerySet[BarrierMet]) -> dict[int, int]:
    return dict(rows.order_by().values_list("barrier").annotate(Count("pk")))


def barrier_for(viewer: User, ref: str) -> Line | None:
    """Return one barrier; None where it was never met within the viewer's reach."""
    rows = counted(viewer, BarrierMet.objects.filter(barrier__ref=ref))
    for pk, count in _by_barrier(rows).items():
        return Line(Barrier.objects.get(pk=pk), count)
    return None


def met_by(viewer: User, barrier: Barrier) -> QuerySet[BarrierMet]:
    """Return each time a barrier was met that the viewer may read, newest first."""
    return _whole(readable(viewer, BarrierMet.objects.filter(barrier=barrier)))


def met_of(child: Child) -> QuerySet[BarrierMet]:
    """Return a child's; the caller has found the child through ``child_for``."""
    return _whole(BarrierMet.objects.filter(of_child(child)))


def met_for(viewer: User, ref: str) -> BarrierMet | None:
    """Return one that the viewer may read, or None."""
    return _whole(readable(viewer, BarrierMet.objects.filter(ref=ref))).first()


def _whole(rows: QuerySet[BarrierMet]) -> QuerySet[BarrierMet]:
    return rows.select_related("barrier", "child", "recorded_by").order_by("-met_on", "-pk")


def contact_of(child: Child) -> BarrierMet | None:
    """Return the newest barrier that names whom the family trusts; None where none does."""
    asking = [code.id for code in pack.codes() if pack.CONTACT in code.asks_for]
    named = met_of(child).filter(barrier__code__in=asking, entered_in_error=False)
    return named.exclude(contact="").first()


def by_service(viewer: User, quarter: Span) -> Mapping[str, Mapping[str, int]]:
    """Return how often each code was told of each service in a quarter; "" is: no service said."""
    rows = counted(viewer, BarrierMet.objects.filter(met_on__range=quarter))
    found: dict[str, dict[str, int]] = defaultdict(dict)
    pairs = rows.order_by().values_list("barrier__service", "barrier__code").annotate(Count("pk"))
    for service, code, count in pairs:
        found[service][code] = count
    return found


def suggestions_for(viewer: User, quarter: Span) -> list[Suggestion]:
    """Return the training to think of after a quarter: one for each service and code."""
    least = pack.value_on("training-suggestion", quarter.until)
    codes = [code for code in pack.codes() if pack.TRAINING in code.then]
    counts = by_service(viewer, quarter)
    often = [
        (service, code, of[code.id])
        for service, of in sorted(counts.items())
        for code in codes
        if service and of.get(code.id, 0) >= least
    ]
    cites = _cited(viewer, quarter, {code.id for _, code, _ in often})
    return [Suggestion(service, code, n, cites.get((service, code.id), ()))
            for service, code, n in often]  # fmt: skip


def _cited(
    viewer: User, quarter: Span, codes: Iterable[str]
) -> dict[tuple[str, str], tuple[BarrierMet, ...]]:
    rows = BarrierMet.objects.filter(
        met_on__range=quarter, barrier__code__in=list(codes), entered_in_error=False
    )
    found: dict[tuple[str, str], tuple[BarrierMet, ...]] = {}
    for met in _whole(readable(viewer, rows)):
        key = (met.barrier.service, met.barrier.code)
        found[key] = (*found.get(key, ()), met)
    return found
