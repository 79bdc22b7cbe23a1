"""Drawing up the year's audits, and changing a slot of it: nobody but who manages the programme."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from evenhand.accounts.models import Team, User
from evenhand.accounts.permissions import may
from evenhand.accounts.references import new_reference
from evenhand.audits import pack
from evenhand.audits.actions import slot_tasks
from evenhand.audits.models import Slot
from evenhand.audits.queries.calendar import Due, dues_of
from evenhand.history.actions import Change, action
from evenhand.problems import Problem
from evenhand.rules.arithmetic import add_months
from evenhand.versions import take_on

Drawn = list[Slot]


@action("audits.programme_drawn_up")
def generate(year: int, *, by: User | None, at: datetime) -> Change:
    """Draw up a year's slots from the packs' lines and their standards; returns those added.

    What is there stays as it is. A year that was drawn up before gets, besides, what is due from
    this month on: a team that is new in June owes nothing for May. Raises Problem without lines.
    """
    _refuse_others(by)
    if not pack.is_adopted():
        raise Problem("No adopted pack has an audits.yaml.", "Adopt a pack that has one.")
    there = set(
        Slot.objects.filter(planned__year=year).values_list("line", "planned", "team", "person")
    )
    begins = timezone.localdate(at).replace(day=1) if there else date(year, 1, 1)
    made = [
        _slot(due) for due in dues_of(year) if due.month >= begins and _key(due) not in there
    ]  # fmt: skip
    Slot.objects.bulk_create(made)
    first = made[0] if made else Slot()
    told = {"year": (None, year), "slots": (len(there), len(there) + len(made))}
    return Change(first, told, result=made)


@action("audits.slot_moved")
def move(slot: Slot, month: date, *, by: User, at: datetime, version: int, why: str) -> Change:
    """Move a slot to another month, and keep why; it is due by that month's last day.

    The day on which it was to be held is open again.
    Raises Problem without words, for the month it stands in, and where it is closed; Superseded.
    """
    _refuse_others(by)
    _refuse_closed(slot)
    month = month.replace(day=1)
    if not why.strip():
        raise Problem("No reason was given.", "Say why these audits are moved.")
    if month == slot.month:
        raise Problem(f"It stands in {month:%B %Y} already.", "Choose another month.")
    if month < timezone.localdate(at).replace(day=1):
        raise Problem(f"{month:%B %Y} is over.", "Choose this month, or a later one.")
    slot_tasks.gone(slot, by=by, at=at, why=f"Moved to {month:%B %Y}.")
    was, last = slot.month, add_months(month, 1) - date.resolution
    take_on(slot, version, month=month, due_on=last, audit_on=None, moved_why=why.strip())
    return Change(slot, {"month": (was, month)}, reason=why.strip())


@action("audits.slot_closed")
def close(slot: Slot, *, by: User, at: datetime, version: int, why: str = "") -> Change:
    """Close a slot: nothing more is done in it. What was not done of it still shows.

    Raises Problem where it is closed already; Superseded.
    """
    _refuse_others(by)
    _refuse_closed(slot)
    slot_tasks.gone(slot, by=by, at=at, why="It is closed.")
    take_on(slot, version, closed_at=at, closed_by=by)
    return Change(slot, {"closed_at": (None, at)}, reason=why.strip())


@action("audits.slot_planned")
def plan(
    slot: Slot,
    *,
    by: User,
    at: datetime,
    version: int,
    coordinator: User | None,
    audit_on: date | None,
    since: date | None,
    until: date | None,
) -> Change:
    """Say who coordinates a slot, on which day it is held, and from which days files are taken.

    Raises Problem where it is closed, for a day outside its month's end, and for days that end
    before they begin; Superseded.
    """
    _refuse_others(by)
    _refuse_closed(slot)
    if audit_on is not None and audit_on > slot.due_on:
        raise Problem(f"That day is after {slot.due_on:%d/%m/%Y}, by which it is due.",
                      "Move it to another month first.")  # fmt: skip
    if since and until and until < since:
        raise Problem("The files are taken to a day before the first.", "Mend one of the two days.")
    was = {"coordinator_id": slot.coordinator_id, "audit_on": slot.audit_on, "since": slot.since,
           "until": slot.until}  # fmt: skip
    given = {"coordinator_id": coordinator.pk if coordinator else None, "audit_on": audit_on,
             "since": since, "until": until}  # fmt: skip
    take_on(slot, version, **given)
    return Change(slot, {name: (was[name], given[name]) for name in given})


@action("audits.slot_added")
def add(
    line: pack.Line, month: date, *, by: User, at: datetime, why: str,
    team: Team | None = None, person: User | None = None,
) -> Change:  # fmt: skip
    """Plan audits beside the year's own: a line in a month that it is not due in, with the reason.

    Raises Problem without words, for a month that is over, and where one stands there already.
    """
    _refuse_others(by)
    month = month.replace(day=1)
    if not why.strip():
        raise Problem("No reason was given.", "Say why these audits are added.")
    if month < timezone.localdate(at).replace(day=1):
        raise Problem(f"{month:%B %Y} is over.", "Choose this month, or a later one.")
    if (line.whose == pack.TEAM) is not (team is not None):
        named = "no team" if team is None else "a team"
        raise Problem(f"{line.title} was given {named}.",
                      "Name a team for audits that each team has, and for no other.")  # fmt: skip
    if Slot.objects.filter(line=line.id, planned=month, team=team, person=person).exists():
        raise Problem(f"{line.title} stands in {month:%B %Y} already.", "Go to it there.")
    made = Slot.objects.create(
        ref=new_reference(), line=line.id, type=line.type.id, planned=month, month=month,
        due_on=add_months(month, 1) - date.resolution, files=1, team=team, person=person,
        moved_why=f"Added: {why.strip()}",
    )  # fmt: skip
    return Change(made, {"line": (None, line.id), "month": (None, month)}, reason=why.strip())


def _refuse_others(by: User | None) -> None:
    if by is not None and not may(by, "audits.manage"):
        raise Problem(
            "The audit programme is quality assurance's to change.", "Ask quality assurance to."
        )


def _refuse_closed(slot: Slot) -> None:
    if slot.closed_at is not None:
        on = timezone.localdate(slot.closed_at)
        raise Problem(
            f"It was closed on {on:%d/%m/%Y}.", "Plan an extra one, if more is to be done."
        )


def _slot(due: Due) -> Slot:
    return Slot(
        ref=new_reference(), line=due.line.id, type=due.line.type.id, planned=due.month,
        month=due.month, due_on=due.due_on, files=due.files, team=due.team, person=due.person,
    )  # fmt: skip


def _key(due: Due) -> tuple[str, date, int | None, int | None]:
    return (
        due.line.id, due.month, due.team.pk if due.team else None,
        due.person.pk if due.person else None,
    )  # fmt: skip
