"""Asking for a slot's audits before its month ends: one task, which ends with them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.audits import pack
from evenhand.audits.models import Audit, Slot
from evenhand.audits.queries.programme import standings_of
from evenhand.history.actions import Happening
from evenhand.rules.states import State
from evenhand.work.actions import Place, finish, open_task, set_aside
from evenhand.work.models import STILL_OPEN, Task
from evenhand.work.pack import kind_called, opens_on

KIND = "audit-slot"


def tend(now: datetime) -> None:
    """Open a task for each slot whose month ends soon and that is not done, once."""
    today = timezone.localdate(now)
    if not pack.is_adopted():
        return
    begun = Slot.objects.filter(month__lte=today, due_on__gte=today, closed_at=None)
    slots = [one for one in begun.select_related("team", "person", "coordinator")
             if opens_on(kind_called(KIND), one.due_on) <= today]  # fmt: skip
    asked = set(Task.objects.filter(kind=KIND).values_list("about", flat=True)) if slots else ()
    standings = standings_of(slots, now) if slots else {}
    for slot in slots:
        if standings[slot.pk].state is State.OPEN and about(slot) not in asked:
            _ask(slot, standings[slot.pk].words, now)


def _ask(slot: Slot, done: str, at: datetime) -> None:
    line = pack.lines().get(slot.line)
    owner = slot.person or slot.coordinator
    if line is None or (owner is not None and not owner.is_active):
        return
    open_task(
        by=None, at=at, kind=KIND, what=f"{line.title}, {slot.month:%B %Y}: {done} done",
        owner=owner, role=line.owner, team=slot.team, about=about(slot),
        place=Place("audits:slot", (slot.ref,)), due_on=slot.due_on,
    )  # fmt: skip


def about(slot: Slot) -> str:
    """Return what a task of a slot is about: the slot, in the month that it stands in."""
    return f"{KIND}:{slot.ref}:{slot.month}"


def after_done(happening: Happening) -> None:
    """Finish the tasks of the slots that an audit completed."""
    audit = happening.subject
    if not isinstance(audit, Audit) or audit.slot is None or happening.by is None:
        return
    slots = list(_counted_in(audit.slot))
    standings = standings_of(slots, happening.at)
    for slot in slots:
        if standings[slot.pk].done >= standings[slot.pk].needed:
            for task in _open_of(slot):
                finish(task, by=happening.by, at=happening.at, version=task.version,
                       reason="The audits are done.")  # fmt: skip


def _counted_in(slot: Slot) -> Iterable[Slot]:
    """Yield the slot, and the one toward which its audits count, too."""
    yield slot
    line = pack.lines().get(slot.line)
    if line is not None and line.counts:
        yield from Slot.objects.filter(line=line.counts, planned=slot.planned, team=slot.team)


def gone(slot: Slot, *, by: User, at: datetime, why: str) -> None:
    """Set aside what is asked for a slot that is moved or closed. Call it before it changes."""
    for task in _open_of(slot):
        set_aside(task, by=by, at=at, version=task.version, reason=why)


def _open_of(slot: Slot) -> Iterable[Task]:
    return Task.objects.filter(kind=KIND, about=about(slot), state__in=STILL_OPEN)
