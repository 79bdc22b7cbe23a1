"""Giving files to auditors, giving them to somebody else, and leaving an audit undone."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from evenhand.accounts import keeping
from evenhand.accounts.models import User
from evenhand.accounts.references import new_reference
from evenhand.audits import pack
from evenhand.audits.models import Audit, SampledFile, Slot
from evenhand.audits.queries.fitting import unfit, unfit_for
from evenhand.audits.queries.rights import may_draw, may_draw_like
from evenhand.history.actions import Change, action
from evenhand.people.models import Child
from evenhand.problems import Problem
from evenhand.recording.sets import form_called
from evenhand.versions import take_on
from evenhand.work.actions import Place, finish, open_task, set_aside
from evenhand.work.models import STILL_OPEN, Task

TASK, GIVE_ON = "audit-to-do", "audit-to-give-on"
DAYS = "days-to-audit"
OPEN = {"state": Audit.State.OPEN}


@action("audit.given")
def give(
    file: SampledFile, auditor: User, *, by: User, at: datetime, due_on: date | None = None
) -> Change:
    """Give a file of a list to an auditor, with the tool as it is on that day.

    A child who was merged since the list was drawn is audited under the record that is kept.
    Raises Problem where it is not theirs to audit, was left out, or is audited by them already;
    PermissionDenied for anybody but who may draw for what the list was drawn for.
    """
    if not may_draw_like(file.sample, by):
        raise PermissionDenied("audits.draw")
    slot, child = file.sample.slot, _kept(file.child)
    if file.left_out_why:
        raise Problem(f"This file is left out: {file.left_out_why}", "Give another one.")
    worker = file.worker or (child.worker if child else None)
    team = file.team or (child.team if child else None)
    about: dict[str, Any] = {"subject": file.subject, "about_id": file.about_id}
    made = _audit(
        file.sample.type, slot, auditor, by, at, due_on or file.sample.due_on, file=file,
        child=child, worker=worker, team=team, is_random=file.is_random, **about,
    )  # fmt: skip
    return _given(made, by=by, at=at)


@action("audit.given")
def give_of_slot(
    slot: Slot, auditor: User, *, by: User, at: datetime, due_on: date | None = None
) -> Change:
    """Give an audit that is of no file, as that of training needs.

    Raises Problem as ``give`` and for a slot that is closed; PermissionDenied for anybody but who
    may draw for the slot.
    """
    if not may_draw(slot, by):
        raise PermissionDenied("audits.draw")
    if slot.closed_at is not None:
        raise Problem("These audits are closed.", "Give those of the next slot.")
    made = _audit(
        slot.type, slot, auditor, by, at, due_on, file=None, child=None, worker=None,
        team=slot.team, is_random=False, subject="authority", about_id=None,
    )  # fmt: skip
    return _given(made, by=by, at=at)


@action("audit.given_to_another")
def reallocate(
    audit: Audit, auditor: User, *, by: User, at: datetime, version: int, why: str
) -> Change:
    """Give an open audit to somebody else; what is written of it stays, and goes to them.

    So does what the first auditor typed and did not save. Raises Problem as ``give``, and without
    a reason; Superseded.
    """
    if not why.strip():
        raise Problem("No reason was given.", "Say why somebody else audits it.")
    _refuse_unfit(unfit_for(audit, auditor), auditor)
    before = audit.auditor
    _take_on_by(auditor, audit, version)
    keeping.pass_on(before, auditor, reverse("audits:write", args=[audit.ref]))
    _close_task(audit, by=by, at=at, why="Somebody else audits it.")
    _finish_asking(audit, by=by, at=at)
    _open_task(audit, at=at)
    told = {"auditor": (before.username, auditor.username)}
    return Change(audit, told, child_id=audit.child_id, reason=why.strip())


@action("audit.not_needed")
def leave(audit: Audit, *, by: User, at: datetime, version: int, why: str) -> Change:
    """Say that an open audit is not to be done, and why. What is written of it stays."""
    if not why.strip():
        raise Problem("No reason was given.", "Say why it is not to be done.")
    gone = {"state": Audit.State.NOT_NEEDED, "not_needed_why": why.strip()[:500]}
    take_on(audit, version, still=OPEN, **gone)
    _close_task(audit, by=by, at=at, why=why)
    _finish_asking(audit, by=by, at=at)
    told = {"state": ("open", "not needed")}
    return Change(audit, told, child_id=audit.child_id, reason=why.strip())


def done_with(audit: Audit, *, by: User, at: datetime) -> None:
    """Finish the task of whoever was asked to do an audit: it is done."""
    for task in _tasks(audit):
        finish(task, by=by, at=at, version=task.version, reason="The audit is done.")


def _audit(
    type_: str, slot: Slot | None, auditor: User, by: User, at: datetime, due_on: date | None,
    **of: Any,
) -> Audit:  # fmt: skip
    held, today = pack.type_called(type_), timezone.localdate(at)
    made = Audit(
        ref=new_reference(), slot=slot, type=type_, tool=held.tool, auditor=auditor, given_by=by,
        edition=form_called(held.tool, today).from_, given_at=at,
        due_on=due_on or _due(slot, today), **of,
    )  # fmt: skip
    of: Any = {"child": made.child, "worker": made.worker, "team": made.team}
    _refuse_unfit(unfit(auditor, type_, slot, **of), auditor)
    return made


def _due(slot: Slot | None, today: date) -> date:
    """Return the slot's day; of one that is past, or without a slot, so many days from today."""
    if slot is not None and slot.due_on >= today:
        return slot.due_on
    return today + timedelta(pack.limit(DAYS, today))


def _given(made: Audit, *, by: User, at: datetime) -> Change:
    if _updated_new(made) is None:
        raise Problem(
            f"{made.auditor.name} audits this file already.", "Open that audit, or name another."
        )
    _open_task(made, at=at)
    told = {"auditor": (None, made.auditor.username), "due_on": (None, made.due_on)}
    told |= {"type": (None, made.type), "edition": (None, made.edition)}
    return Change(made, told, child_id=made.child_id)


def _updated_new(made: Audit) -> Audit | None:
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        return None
    return made


def _take_on_by(auditor: User, audit: Audit, version: int) -> None:
    try:
        with transaction.atomic():
            take_on(audit, version, still=OPEN, auditor=auditor)
    except IntegrityError:
        remedy = "Name somebody else."
        raise Problem(f"{auditor.name} audits this file already.", remedy) from None


def _refuse_unfit(why: str, auditor: User) -> None:
    if why:
        raise Problem(f"{auditor.name} cannot audit this: {why}", "Name somebody else.")


def _kept(child: Child | None) -> Child | None:
    return child if child is None or child.merged_into is None else child.merged_into


def _open_task(audit: Audit, *, at: datetime) -> None:
    title = pack.type_called(audit.type).title
    what, place = f"Do an audit: {title}", Place("audits:audit", (audit.ref,))
    open_task(
        by=None, at=at, kind=TASK, what=what, owner=audit.auditor, about=about(audit),
        place=place, due_on=audit.due_on,
    )  # fmt: skip


def _close_task(audit: Audit, *, by: User, at: datetime, why: str) -> None:
    for task in _tasks(audit):
        set_aside(task, by=by, at=at, version=task.version, reason=why)


def _finish_asking(audit: Audit, *, by: User, at: datetime) -> None:
    for task in _tasks(audit, kind=GIVE_ON):
        finish(task, by=by, at=at, version=task.version, reason="It was seen to.")


def _tasks(audit: Audit, *, kind: str = TASK) -> list[Task]:
    return list(Task.objects.filter(kind=kind, about=about(audit), state__in=STILL_OPEN))


def about(audit: Audit) -> str:
    """Return what the tasks of an audit are about."""
    return f"audit:{audit.ref}"
