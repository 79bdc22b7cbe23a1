"""The demonstration's audit programme: a year's slots, one moved, and a panel that lacks somebody.

Each part makes what is its own, once, through the actions that people use.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils import timezone

from evenhand.accounts.models import Role, User
from evenhand.audits import (
    demo_conduct,
    demo_findings,
    demo_moderation,
    demo_reports,
    demo_samples,
    pack,
)
from evenhand.audits.actions import panel, programme
from evenhand.audits.models import Slot
from evenhand.audits.queries.calendar import teams_audited
from evenhand.rules.arithmetic import add_months


def create(*, at: datetime) -> None:
    """Make them, once; nothing where no adopted pack has a programme of audits."""
    by = User.objects.filter(grants__role=Role.QUALITY_ASSURANCE).order_by("pk").first()
    if by is None or not pack.is_adopted() or Slot.objects.exists():
        return
    for make in PARTS:
        make(by, at)


def _programme(by: User, at: datetime) -> None:
    """Draw the year up; move the next audit of education plans, whose panel lacks a member."""
    year = timezone.localdate(at).year
    programme.generate(year, by=by, at=at)
    if not teams_audited(year).exists():
        return
    today = timezone.localdate(at)
    coming = Slot.objects.filter(line="education-plan", month__gte=today.replace(day=1))
    slot = coming.order_by("month").first()
    if slot is not None:
        to = add_months(slot.month, 1)
        if to.year == year:
            programme.move(slot, to, by=by, at=at, version=slot.version, why="The panel is away")
        _panel(slot, by, at)


def _panel(slot: Slot, by: User, at: datetime) -> None:
    programme.plan(
        slot, by=by, at=at, version=slot.version, coordinator=by,
        audit_on=slot.due_on - timedelta(7), since=None, until=None,
    )  # fmt: skip
    for name in ("Morgan Ferry", "Sol Lockwell"):
        panel.join(slot, by=by, at=at, name=name, part="manager")


PARTS: tuple[Callable[[User, datetime], None], ...] = (
    _programme,
    demo_samples.lists,
    demo_conduct.audits,
    demo_findings.findings,
    demo_moderation.moderation,
    demo_reports.reports,
)
"""What the demonstration has, in order: each part may rest on those before it."""
