"""The demonstration's reports of audits: one that is published, and a draft."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from evenhand.accounts.models import Role, User
from evenhand.audits import pack
from evenhand.audits.actions import reports as actions
from evenhand.audits.models import Report
from evenhand.audits.queries.digest import half_year_of
from evenhand.audits.queries.reports import standing_against

WORDS = {"children": "Children say that they are asked more often than a year ago, and still not "
                     "told what became of what they said."}  # fmt: skip
RECOMMENDED = "Tell each child what was decided, and why, within a week of every review"


def reports(by: User, at: datetime) -> None:
    """Publish the report of the half-year before, and leave that of this one as a draft."""
    kind = next(iter(pack.report_kinds().values()), None)
    if kind is None:
        return
    this = half_year_of(timezone.localdate(at))
    before = half_year_of(date.fromordinal(this.since.toordinal() - 1))
    report = actions.draw_up(kind.id, before.since, before.until, by=by, at=at)
    actions.edit(report, by=by, at=at, version=1, title=report.title, words=WORDS)
    owner = User.objects.filter(grants__role=Role.SERVICE_MANAGER).order_by("pk").first()
    actions.recommend(report, by=by, at=at, words=RECOMMENDED, owner=owner or by)
    _publish(report, kind, by, at)
    actions.draw_up(kind.id, this.since, this.until, by=by, at=at)


def _publish(report: Report, kind: pack.ReportKind, by: User, at: datetime) -> None:
    if not standing_against(report, kind.needs, timezone.localdate(at)):
        actions.publish(report, by=by, at=at, version=report.version, groups=kind.needs)
