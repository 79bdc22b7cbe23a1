"""When the next report of each kind is due: by the standards that its kind names in the packs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Min
from django.utils import timezone

from evenhand.audits import pack
from evenhand.audits.models import Report, Slot
from evenhand.facts.adopted import policy
from evenhand.rules.outcomes import Outcome
from evenhand.rules.reference import evaluate
from evenhand.rules.standards import PerPeriod, Recurrence, Standard
from evenhand.rules.states import Horizon, State

TO_COME = frozenset({State.OPEN, State.LATE})


class Next(NamedTuple):
    """The next report of a kind: by when, how it stands, and the ``last`` one."""

    kind: pack.ReportKind
    due: date | None
    state: State
    last: Report | None


def next_reports(now: datetime) -> list[Next]:
    """Return the next report of each kind of the packs, in their order."""
    return [next_of(kind, now) for kind in pack.report_kinds().values()]


def next_of(kind: pack.ReportKind, now: datetime) -> Next:
    """Return when the next report of a kind is due: the earliest that its standards ask for.

    The day of the last one drives the next; before there is one, the day the programme begins.
    What fell due before the last one was published cannot be made good any more.
    """
    held = Report.objects.filter(kind=kind.id, published_at__isnull=False)
    reports = list(held.order_by("published_at", "pk"))
    days = tuple(timezone.localdate(one.published_at) for one in reports if one.published_at)
    last = max(days, default=date.min)
    waiting = [
        (due, outcome.state)
        for standard in _standards(kind)
        for outcome in _outcomes(standard, days, now)
        if outcome.state in TO_COME and (due := _day(outcome.due)) is not None and due > last
    ]
    due, state = min(waiting, default=(None, State.NO_RULE))
    return Next(kind, due, state, reports[-1] if reports else None)


def _standards(kind: pack.ReportKind) -> list[Standard]:
    known = policy().standards
    return [known[name] for name in kind.standards if name in known]


def _outcomes(standard: Standard, days: Sequence[date], now: datetime) -> Sequence[Outcome]:
    begins = Slot.objects.aggregate(first=Min("planned"))["first"] or min(days, default=None)
    if begins is None or not isinstance(standard, Recurrence | PerPeriod):
        return ()
    counted = standard.held if isinstance(standard, Recurrence) else standard.counted
    case = {counted: tuple(days), **({standard.starts: begins} if standard.starts else {})}
    known = dict.fromkeys(standard.facts(), Horizon(None, None))
    return evaluate(standard, case, policy().calendar, now, known)


def _day(value: date | datetime | None) -> date | None:
    return timezone.localdate(value) if isinstance(value, datetime) else value
