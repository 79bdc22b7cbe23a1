"""What a report of audits is made of, read once, with the report before."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.conf import settings
from django.utils.module_loading import import_string

from evenhand.audits import pack
from evenhand.audits.models import Audit, Recommendation, Report, Slot
from evenhand.audits.queries.conduct import grades_of
from evenhand.audits.queries.counting import (
    Counted,
    Mark,
    Tally,
    audits_between,
    counted,
    month_of,
)
from evenhand.audits.queries.moderation import Agreed, agreement_for
from evenhand.audits.queries.programme import Standing, standings_of
from evenhand.audits.queries.shares import Plan, plans_of, shares_of
from evenhand.rules.periods import Span, quarters_back

GroupsOf = Callable[[Sequence[Audit]], Mapping[str, Sequence[str]]]
QUARTERS = 4  # of a trend: a year, so that no season is taken for one


@dataclass(frozen=True)
class Material:
    """All that one report counts. ``drawn`` were drawn by chance, ``picked`` by somebody.

    ``trend`` are those drawn in the quarters up to the end. ``before`` is what the report before
    recommended. ``shares`` are of the tools' own questions; ``plans`` what stands beside grades,
    and ``grades`` those of each audit's sections. ``groups``: by dimension and group of the child,
    how many met the standard as a whole.
    """

    kind: pack.ReportKind
    span: Span
    slots: Sequence[tuple[Slot, Standing]]
    drawn: Counted
    picked: Counted
    trend: Mapping[Span, Counted]
    agreed: Agreed
    before: Sequence[Recommendation]
    last: Report | None
    shares: Sequence[tuple[pack.Share, Mapping[str, Tally]]] = ()
    plans: Sequence[Plan] = ()
    grades: Mapping[int, Sequence[str]] = field(default_factory=dict)
    groups: Mapping[str, Mapping[str, Tally]] = field(default_factory=dict)


def material_of(kind: pack.ReportKind, span: Span, now: datetime) -> Material:
    """Return what a report of a kind about a time counts. Few queries for any number of audits."""
    quarters = quarters_back(span.until, QUARTERS)
    first = min(span.since, quarters[0].since)
    last = max(span.until, quarters[-1].until)
    every = counted(audits_between(kind.types, first, last))
    within = every.only(lambda one: span.since <= month_of(one) <= span.until)
    drawn = every.only(lambda one: one.is_random)
    report, chosen = report_before(kind, span.until), within.only(lambda one: one.is_random)
    return Material(
        kind, span, _slots(kind, span, now), chosen,
        within.only(lambda one: not one.is_random), _by_quarter(drawn, quarters),
        agreement_for(audits_between(kind.types, span.since, span.until), span.until),
        _recommended(report), report,
        [(share, shares_of(share, chosen.audits)) for share in kind.shares],
        _plans(kind, chosen), _grades(kind, chosen), _groups(kind, chosen),
    )  # fmt: skip


def _plans(kind: pack.ReportKind, chosen: Counted) -> Sequence[Plan]:
    if not kind.beside:
        return ()
    change = next((one for one in kind.beside if one.before), None)
    choice = next((one for one in kind.beside if one.question), None)
    return plans_of(change, choice, chosen.audits)


def _grades(kind: pack.ReportKind, chosen: Counted) -> Mapping[int, Sequence[str]]:
    found: dict[int, list[str]] = {}
    for pk, _, grade in grades_of(chosen.audits) if kind.beside else ():
        found.setdefault(pk, []).append(grade)
    return found


def _groups(kind: pack.ReportKind, chosen: Counted) -> dict[str, dict[str, Tally]]:
    """Return how many met the standard by group: not where children are counted another way, too.

    Rooms above know who a child is; the settings name the one that tells it.
    """
    marks = [one for one in chosen.marks if not one.theme]
    if kind.beside or not marks:
        return {}
    tell: GroupsOf = import_string(settings.AUDITED_GROUPS)
    told = tell([one.audit for one in marks])
    return {label: _by_group(groups, marks) for label, groups in told.items()}


def _by_group(groups: Sequence[str], marks: Sequence[Mark]) -> dict[str, Tally]:
    found: dict[str, Tally] = {}
    for group, mark in zip(groups, marks, strict=True):
        n, of = found.get(group, (0, 0))
        found[group] = Tally(n + mark.is_met, of + 1)
    return dict(sorted(found.items()))


def report_before(kind: pack.ReportKind, until: date) -> Report | None:
    """Return the last published report of a kind about a time that ended earlier."""
    rows = Report.objects.filter(kind=kind.id, until__lt=until, published_at__isnull=False)
    return rows.order_by("-until", "-pk").first()


def _recommended(report: Report | None) -> list[Recommendation]:
    if report is None:
        return []
    rows = report.recommendations.select_related("team", "owner", "action", "report")
    return list(rows.order_by("pk"))


def _by_quarter(counted_: Counted, quarters: Sequence[Span]) -> dict[Span, Counted]:
    def within(quarter: Span, one: Audit) -> bool:
        return quarter.since <= month_of(one) <= quarter.until

    return {
        quarter: counted_.only(lambda one, quarter=quarter: within(quarter, one))  # type: ignore[misc]
        for quarter in quarters
    }


def _slots(kind: pack.ReportKind, span: Span, now: datetime) -> list[tuple[Slot, Standing]]:
    rows = Slot.objects.filter(type__in=kind.types, month__range=(span.since, span.until))
    slots = list(rows.select_related("team", "person").order_by("line", "month", "team__name"))
    standings = standings_of(slots, now)
    return [(slot, standings[slot.pk]) for slot in slots]
