"""The demonstration's audit programme: a year's slots, some moved, and a panel that lacks somebody.

Each part makes what is its own, once, through the actions that people use.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.utils import timezone

from evenhand.accounts.models import Role, User
from evenhand.audits import (
    demo_conduct,
    demo_findings,
    demo_moderation,
    demo_reports,
    demo_samples,
    demo_year,
    pack,
)
from evenhand.audits.actions import panel, programme
from evenhand.audits.demo_written import noon
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


BEGUN, DECIDED = 5, 8  # days of a month: of January, and of that in which a slot was moved
MOVED = (
    ("child-protection", 4, "The police can send nobody in April"),
    ("senior", 7, "Both service managers are on leave"),
)


def _programme(by: User, at: datetime) -> None:
    """Draw the year up in January, and move some slots in their months."""
    year = timezone.localdate(at).year
    programme.generate(year, by=by, at=min(noon(date(year, 1, BEGUN)), at))
    for line, month, why in MOVED:
        _moved(Slot.objects.filter(line=line, month=date(year, month, 1)).first(), why, by, at)
    if teams_audited(year).exists():
        _education(by, at)


def _moved(slot: Slot | None, why: str, by: User, at: datetime) -> None:
    """Move a slot to the next month, as was decided in its own."""
    if slot is not None and (when := noon(slot.month.replace(day=DECIDED))) <= at:
        to = add_months(slot.month, 1)
        programme.move(slot, to, by=by, at=when, version=slot.version, why=why)


def _education(by: User, at: datetime) -> None:
    """Move the next audit of education plans, whose panel lacks a member."""
    today = timezone.localdate(at)
    coming = Slot.objects.filter(line="education-plan", month__gte=today.replace(day=1))
    slot = coming.order_by("month").first()
    if slot is not None:
        to = add_months(slot.month, 1)
        if to.year == today.year:
            programme.move(slot, to, by=by, at=at, version=slot.version, why="The panel is away")
        _panel(slot, by, at)


def _panel(slot: Slot, by: User, at: datetime) -> None:
    programme.plan(
        slot, by=by, at=at, version=slot.version, coordinator=by,
        audit_on=slot.due_on - timedelta(14), since=None, until=None,
    )  # fmt: skip
    for name in ("Morgan Ferry", "Sol Lockwell"):
        panel.join(slot, by=by, at=at, name=name, part="manager")


PARTS: tuple[Callable[[User, datetime], None], ...] = (
    demo_year.managers,
    _programme,
    demo_samples.lists,
    demo_conduct.audits,
    demo_year.behind,
    demo_findings.findings,
    demo_moderation.moderation,
    demo_reports.reports,
)
"""What the demonstration has, in order: each part may rest on those before it."""
