"""Reminding managers to pick the file that somebody else audits, from the day it is due."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from evenhand.audits import pack
from evenhand.audits.models import Slot
from evenhand.audits.queries.rights import PICK, about_picking, picked_of
from evenhand.audits.queries.samples import pick_outcome
from evenhand.rules.london import london_day
from evenhand.work.actions import Place, open_task
from evenhand.work.models import Task


def tend(now: datetime) -> None:
    """Open a task for each slot of which the file should be picked by today, once."""
    today = timezone.localdate(now)
    picked = [one.id for one in pack.lines().values() if one.picked_by] if pack.is_adopted() else []
    slots = Slot.objects.filter(line__in=picked, month__lte=today, due_on__gte=today)
    for slot in slots.filter(closed_at=None).select_related("team"):
        outcome = pick_outcome(slot, now)
        if outcome and outcome.due and london_day(outcome.due) <= today:
            _ask(slot, london_day(outcome.due), now)


def _ask(slot: Slot, due_on: date, at: datetime) -> None:
    about = about_picking(slot)
    if picked_of(slot) is None and not Task.objects.filter(kind=PICK, about=about).exists():
        open_task(
            by=None, at=at, kind=PICK, what=f"Pick a file of {slot.month:%B} for the data officer",
            role=pack.line_called(slot.line).picked_by, team=slot.team, about=about,
            place=Place("audits:pick", (slot.ref,)), due_on=due_on,
        )  # fmt: skip
