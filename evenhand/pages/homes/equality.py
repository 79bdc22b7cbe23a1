"""The equality lead's first page: what is known, who fares worse, what is being done about it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet, Value
from django.urls import reverse
from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.accounts.permissions import may
from evenhand.design.components import Cell, Column, Table
from evenhand.design.wording import month, number, percent
from evenhand.equality.dimensions import dimensions
from evenhand.equality.looked_into import looked_into
from evenhand.equality.queries import (
    Asked,
    concerns_for,
    counted_on,
    everything_for,
    releases_for,
)
from evenhand.equality.tables.concerns import concerns_table
from evenhand.equality.tables.fares import findings
from evenhand.monitoring.queries.access import accepted_less_often
from evenhand.monitoring.tables.access import alerts
from evenhand.pages.figures import Figure
from evenhand.pages.homes.counts import asked_table
from evenhand.people.queries import campaigns_for, completeness_for, measures_for
from evenhand.people.queries.campaigns import with_progress
from evenhand.people.queries.completeness import Report
from evenhand.people.tables.campaigns import campaigns_table
from evenhand.rules.periods import months_before
from evenhand.standards.counts import Counts
from evenhand.standards.queries.counting import added, shown

FIRST_FEW = 5


def equality_lead(viewer: User, now: datetime) -> Mapping[str, Any]:
    """Completeness, the strongest findings, campaigns, concerns, and what changed."""
    today, report = timezone.localdate(now), completeness_for(viewer)
    compared = everything_for(viewer)
    found = findings(compared)
    concerns = concerns_for(viewer)
    return {
        "template": "pages/home_equality_lead.html",
        "figures": _figures(report, len(found)),
        "findings": looked_into(viewer, Asked(dimensions()[0]), found[:FIRST_FEW]),
        "may_look_into": may(viewer, "findings.look_into"),
        "more": max(len(found) - FIRST_FEW, 0),
        "compared": sum(one.compared for one in {id(o.dimension): o for o in compared}.values()),
        "is_suppressed": any(one.is_suppressed for one in compared),
        "alerts": alerts(accepted_less_often(compared)),
        "counted_on": counted_on(),
        "asked": asked_table(report),
        "measures": measures_for(viewer, today),
        "campaigns": campaigns_table(with_progress(viewer, campaigns_for(viewer)[:FIRST_FEW])),
        "concerns": concerns_table(concerns[:FIRST_FEW]),
        "changed": _changed(viewer, today),
    }


def _figures(report: Report, found: int) -> list[Figure]:
    whole, page = report.whole, reverse("people:completeness")
    words = "difference" if found == 1 else "differences"
    return [
        Figure(percent(whole.asked, whole.counted), "of questions about identity asked", page),
        Figure(percent(whole.known, whole.counted), "of the answers known", page),
        Figure(number(whole.never_asked), "answers nobody has a record of asking for", page),
        Figure(
            found,
            f"{words} between groups, more than chance would explain",
            reverse("equality:fares"),
        ),
    ]


def _changed(viewer: User, today: date) -> Table:
    """Count this month so far beside the two before it, newest first."""
    months = [months_before(today, back) for back in range(3)]
    counted = _counts(
        months,
        (concerns_for(viewer), "received_on"),
        (campaigns_for(viewer), "starts_on"),
        (releases_for(viewer), "as_at"),
    )
    rows = [
        ["Fairness concerns raised", *counted[0]],
        ["Campaigns to ask started", *counted[1]],
        ["Tables of figures released", *counted[2]],
        ["Promises that fell due, kept in time", *_kept(viewer, months)],
    ]
    so_far, *before = (month(each) for each in months)
    columns = [Column(words, numeric=True) for words in (f"{so_far} so far", *before)]
    return Table("What changed since last month", [Column("What"), *columns], rows)


def _counts(months: list[date], *asked: tuple[QuerySet[Any], str]) -> list[list[Cell]]:
    """Count each queryset's rows by the month of its field, in one query for all of them."""
    parts = [_by_month(place, found, field, months) for place, (found, field) in enumerate(asked)]
    counted = {place: months for place, *months in parts[0].union(*parts[1:], all=True)}
    nothing = [0] * len(months)
    return [
        [Cell(count, numeric=True) for count in counted.get(place, nothing)]
        for place in range(len(asked))
    ]


def _by_month(place: int, found: QuerySet[Any], field: str, months: list[date]) -> QuerySet[Any]:
    parts = {
        f"month{number}": Count(
            "pk", filter=Q(**{f"{field}__gte": first, f"{field}__lt": months_before(first, -1)})
        )
        for number, first in enumerate(months)
    }
    return (
        found.order_by().values(place=Value(place)).annotate(**parts).values_list("place", *parts)
    )


def _kept(viewer: User, months: list[date]) -> list[Cell]:
    found = added(
        (due, due, counts)
        for _, due, counts in shown(viewer, (None,), counted_on())
        if due in months
    )
    return [_kept_in(found.get(each, Counts())) for each in months]


def _kept_in(counts: Counts) -> Cell:
    if not counts.due:
        return Cell("none yet", numeric=True)
    note = f"{number(counts.kept)} of {number(counts.due)}"
    return Cell(percent(counts.kept, counts.due), note=note, numeric=True)
