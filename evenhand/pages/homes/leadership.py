"""First pages of those who answer for everybody: promises kept, for whom, and the data beneath."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.accounts.permissions import may
from evenhand.design.charts import StackedBars, stacked_bars
from evenhand.design.components import Cell, Column, Table
from evenhand.design.wording import month, percent
from evenhand.equality.queries import concerns_for
from evenhand.imports.arrivals import queries as arrivals
from evenhand.pages.figures import Figure
from evenhand.pages.homes.audits import audits_table
from evenhand.pages.homes.counts import (
    Counted,
    asked_table,
    charted,
    kept_by_authority,
    kept_in_words,
    most_missed_first,
    standards_table,
    teams_table,
)
from evenhand.people.queries import completeness_for, measures_for
from evenhand.sources import queries as sources
from evenhand.standards.queries import counts_by_standard, figures_as_at, totals_by_team

STANDARDS_CHARTED = 10


def director(viewer: User, now: datetime) -> Mapping[str, Any]:
    """The promises kept, and to whom, on one page."""
    counts = counts_by_standard(viewer)
    return {
        "template": "pages/home_director.html",
        "figures": _figures(counts),
        "chart": _promises_chart(counts),
        "standards": standards_table(counts),
        "asked": asked_table(completeness_for(viewer)),
        "measures": measures_for(viewer, timezone.localdate(now)),
        "audits": audits_table(viewer, now),
        "sees_audit_dashboard": may(viewer, "audits.report"),
    }


def quality_assurance(viewer: User, now: datetime) -> Mapping[str, Any]:
    """Where practice falls short of the policy: which promise, in which team, in whose eyes."""
    counts, today = counts_by_standard(viewer), timezone.localdate(now)
    since = date(today.year - 1, today.month, 1)
    concerns = concerns_for(viewer).filter(received_on__gte=since).count()
    return {
        "template": "pages/home_quality_assurance.html",
        "figures": [
            *_figures(counts),
            Figure(
                concerns,
                f"fairness concern{'' if concerns == 1 else 's'} since {month(since)}",
                reverse("equality:report"),
            ),
        ],
        "chart": _promises_chart(counts),
        "standards": standards_table(counts),
        "teams": teams_table(totals_by_team(viewer, as_at=figures_as_at())),
        "asked": asked_table(completeness_for(viewer)),
        "audits": audits_table(viewer, now),
        "sees_audit_dashboard": may(viewer, "audits.report"),
        "manages_audits": may(viewer, "audits.manage"),
    }


def _promises_chart(counts: Counted) -> StackedBars:
    return stacked_bars(
        "promises",
        kept_in_words(counts),
        charted(most_missed_first(counts)[:STANDARDS_CHARTED]),
        first_column="Standard",
    )


def _figures(counts: Counted) -> list[Figure]:
    overview = reverse("standards:overview")
    law, promise = kept_by_authority(counts, law=True), kept_by_authority(counts, law=False)
    return [
        Figure(percent(law.kept, law.due), "of the law's limits kept in time", overview),
        Figure(percent(promise.kept, promise.due), "of our own promises kept in time", overview),
        Figure(law.late, "past the law's limit now", overview, kind="late"),
        Figure(promise.late, "past our own promise now", overview, kind="late"),
    ]


def data_officer(_viewer: User, _now: datetime) -> Mapping[str, Any]:
    """What came in, what was refused, and until which day each fact is known."""
    batches = sources.latest_batches()
    return {
        "template": "pages/home_data_officer.html",
        "figures": [
            Figure(
                sources.open_quarantine(),
                "rows to mend or leave out",
                reverse("imports:quarantine"),
                kind="late",
            ),
            Figure(
                sources.open_differences(),
                "differences between sources",
                reverse("imports:differences"),
                kind="late",
            ),
            Figure(len(batches), "latest imports", reverse("imports:batches")),
        ],
        "arrivals": arrivals.notes(),
        "batches": _batches_table(batches),
        "coverage": _coverage_table(),
    }


def _batches_table(batches: list[sources.BatchLine]) -> Table:
    return Table(
        "Latest imports",
        [
            Column("What came"),
            Column("When"),
            Column("True for"),
            Column("Rows", numeric=True),
            Column("Quarantined", numeric=True),
            Column("What became of it"),
        ],
        [
            [
                Cell(one.batch.label, url=reverse("imports:batch", args=[one.batch.ref])),
                Cell(one.batch.started_at),
                Cell(one.batch.as_at),
                Cell(one.rows, numeric=True),
                Cell(one.quarantined, numeric=True),
                Cell(PROGRESS[one.batch.progress]),
            ]
            for one in batches
        ],
        empty="Nothing has been imported yet.",
    )


PROGRESS: Mapping[str, str] = {
    "reading": "Being read",
    "merged": "Merged",
    "refused": "Refused whole",
    "stopped": "Stopped half way; nothing of it was kept",
}


def _coverage_table() -> Table:
    return Table(
        "Until which day each kind of record is known",
        ["Record", "From", "To"],
        [
            [Cell(one.subject), Cell(one.complete_from), Cell(one.complete_to)]
            for one in sources.coverage_by_subject()
        ],
        empty="Nothing has been imported yet.",
    )
