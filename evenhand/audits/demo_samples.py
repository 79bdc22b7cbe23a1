"""The demonstration's lists of files: drawn, published, picked, and of every referral."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, timedelta

from django.utils import timezone

from evenhand.accounts.models import Role, User
from evenhand.accounts.queries.users import in_force
from evenhand.audits.actions import programme
from evenhand.audits.actions.samples import draw, pick, publish
from evenhand.audits.actions.themed import Theme, draw_themed
from evenhand.audits.models import Sample, Slot
from evenhand.audits.queries.drawing import Choice, auditors_for, auditors_of_type, files_of
from evenhand.audits.queries.populations import Filters
from evenhand.people.models import Child
from evenhand.problems import Problem
from evenhand.rules.arithmetic import add_months

WEEK = timedelta(7)
SEED, THEMED = "Islehaven", 8


def lists(by: User, at: datetime) -> None:
    """Pick a file, draw the next senior list, and put a month of referrals on another."""
    today = timezone.localdate(at)
    month = today.replace(day=1)
    _picked(today, at)
    _senior(month, by, at)
    _of_referrals(month, by, at)
    _themed(by, at)


def _picked(today: date, at: datetime) -> None:
    """Let a manager pick this month's file for the data officer."""
    grant = in_force(today, role=Role.TEAM_MANAGER).select_related("user", "team").first()
    slots = Slot.objects.filter(month=today.replace(day=1), line="data-officer", closed_at=None)
    slot = slots.filter(team=grant.team).first() if grant and grant.team else None
    if grant is None or slot is None:
        return
    child = Child.objects.filter(team=slot.team, is_open=True).order_by("pk").first()
    if child is not None:
        with suppress(Problem):  # restricted, or the manager's own: nobody picks it
            pick(slot, child, by=grant.user, at=at, why="A long story, and a new worker")


def _senior(month: date, by: User, at: datetime) -> None:
    """Draw and publish the next list of the senior managers, well before the day."""
    slot = Slot.objects.filter(line="senior", month__gte=month, closed_at=None).first()
    if slot is None or slot.due_on - 3 * WEEK < timezone.localdate(at):
        return
    programme.plan(
        slot, by=by, at=at, version=slot.version, coordinator=by, audit_on=slot.due_on - 2 * WEEK,
        since=None, until=None,
    )  # fmt: skip
    slot.refresh_from_db()
    made = _draw(slot, Choice("weighted", files_of(slot, timezone.localdate(at))), by, at)
    if made is not None:
        publish(made, by=by, at=at)


def _of_referrals(month: date, by: User, at: datetime) -> None:
    """Put every referral of the month before the last threshold audit on its list."""
    slots = Slot.objects.filter(line="threshold", month__lte=month, closed_at=None)
    slot = slots.order_by("-month").first()
    if slot is not None:
        since = add_months(slot.month, -1)
        days = Filters(since=since, until=slot.month - date.resolution)
        _draw(slot, Choice("whole", filters=days), by, at)


def _themed(by: User, at: datetime) -> None:
    """Draw files for a themed audit that the director asked for, beside the year."""
    due = timezone.localdate(at) + 3 * WEEK
    theme = Theme("Do we hear children?", "The director asked, after two complaints", "senior", due)
    auditors = tuple(auditors_of_type(theme.type, timezone.localdate(at)))
    choice = Choice("stratified", THEMED, by="team", seed=SEED, auditors=auditors)
    with suppress(Problem):  # no file fits
        draw_themed(theme, choice, by=by, at=at)


def _draw(slot: Slot, choice: Choice, by: User, at: datetime) -> Sample | None:
    """Draw, unless no file fits: a small demonstration need not have any."""
    auditors = tuple(auditors_for(slot, timezone.localdate(at)))
    try:
        made: Sample = draw(slot, choice._replace(seed=SEED, auditors=auditors), by=by, at=at)
    except Problem:
        return None
    return made
