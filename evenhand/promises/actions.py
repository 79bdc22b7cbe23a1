"""What is done to a promise beside its clock: explained, reviewed, let off, put off, passed on."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.accounts.references import new_reference
from evenhand.history.actions import Change, action
from evenhand.people.models import Child
from evenhand.problems import Problem
from evenhand.promises.models import Allowance, Aside, Explanation, OfPromise
from evenhand.promises.pack import allowances, allowed_until, reasons
from evenhand.rules import State
from evenhand.standards.models import Standing
from evenhand.versions import take_on

NOT_KEPT = (State.LATE, State.KEPT_LATE)


@action("promise.explained")
def explain(
    row: Standing, state: State, *, by: User, at: datetime, reason: str, words: str = ""
) -> Change:
    """Say why a promise was not kept; a later word replaces an earlier, which the history keeps.

    Raises Problem where it is neither late nor was kept late, and for a reason the packs have not.
    """
    if state not in NOT_KEPT:
        raise Problem("This promise is not late.", "There is nothing to explain.")
    if reason not in reasons():
        raise Problem("No reason was chosen.", "Choose the one that fits best.")
    given = {"reason": reason, "words": words.strip(), "given_by": by, "given_at": at}
    again = {"reviewed_by": None, "reviewed_at": None, "review": "", "done": ""}
    held = Explanation.objects.filter(**_key(row)).first()
    if held is None:
        made = Explanation.objects.create(ref=new_reference(), **_of(row), **given)
        return _told(made, "", reason=(None, reason))
    before, held.version = held.reason, held.version + 1
    for name, value in {**given, **again}.items():
        setattr(held, name, value)
    held.save()
    return _told(held, "", reason=(before, reason))


@action("promise.reviewed")
def review(
    explanation: Explanation, *, by: User, at: datetime, version: int, words: str, done: str = ""
) -> Change:
    """Say what a manager makes of a reason, and what was done. Raises Problem for one's own."""
    if explanation.given_by_id == by.pk:
        raise Problem("Nobody reviews their own reason.", "Ask another manager to.")
    if not words.strip():
        raise Problem("Nothing was written.", "Say what you make of it.")
    take_on(
        explanation, version, called="reason", reviewed_by=by, reviewed_at=at,
        review=words.strip(), done=done.strip(),
    )  # fmt: skip
    return _told(explanation, "", reviewed_by=(None, by.username))


@action("promise.let_off")
def allow(  # what an allowance is made of
    row: Standing, *, by: User, at: datetime, kind: str, starts_on: date, until: date, reason: str
) -> Change:
    """Let a promise off for a while, beside its clock, which stays as the source has it.

    Raises Problem for a kind the packs have not, no reason, and an end before the start or later
    than the packs allow.
    """
    if kind not in allowances():
        raise Problem("No kind was chosen.", "Choose one of those shown.")
    if not reason.strip():
        raise Problem("No reason was given.", "Say why.")
    if until < starts_on:
        raise Problem("It would end before it begins.", "Give a later last day.")
    latest = allowed_until(kind, starts_on)
    if until > latest:
        raise Problem(f"It may last until {latest:%d/%m/%Y} at most.", "Give an earlier last day.")
    made = Allowance.objects.create(
        ref=new_reference(), **_of(row), kind=kind, starts_on=starts_on, until=until,
        reason=reason.strip(), agreed_by=by, agreed_at=at,
    )  # fmt: skip
    return _told(made, "", kind=(None, kind), until=(None, until))


@action("promise.let_off_ended")
def end_allowance(allowance: Allowance, *, by: User, at: datetime, reason: str) -> Change:
    """End a pause, an extension or an exemption from today. Raises Problem where it was ended."""
    if not reason.strip():
        raise Problem("No reason was given.", "Say why it ends.")
    today = timezone.localdate(at)
    held = Allowance.objects.filter(pk=allowance.pk, ended_on=None)
    if not held.update(ended_on=today, ended_by=by):
        raise Problem("It was ended before.", "Nothing more is to be done.")
    allowance.refresh_from_db()
    return _told(allowance, reason.strip(), ended_on=(None, today))


@action("promise.put_off")
def put_off(row: Standing, *, by: User, at: datetime, until: date, reason: str) -> Change:
    """Leave a promise out of the lists until a day; its own due day stays.

    Raises Problem for a day that is not to come.
    """
    if until <= timezone.localdate(at):
        raise Problem("That day is not to come.", "Give a day after today.")
    aside, before = _aside(row, by, at, later_until=until, reason=reason.strip())
    return _told(aside, "", later_until=(before.get("later_until"), until))


@action("promise.passed_on")
def pass_on(row: Standing, *, by: User, at: datetime, owner: User, reason: str = "") -> Change:
    """Ask somebody else to see to a promise. Raises Problem where they may not open the record."""
    if not owner.is_active:
        raise Problem(f"{owner.name} does not sign in any more.", "Name somebody who does.")
    if row.child_id and not Child.objects.visible_to(owner).filter(pk=row.child_id).exists():
        raise Problem(f"{owner.name} may not open this record.", "Name somebody who may.")
    given = {"owner": owner, "later_until": None, "reason": reason.strip()}
    aside, before = _aside(row, by, at, **given)
    return _told(aside, "", owner=(before.get("owner"), owner.username))


def _aside(row: Standing, by: User, at: datetime, **given: Any) -> tuple[Aside, dict[str, Any]]:
    held = Aside.objects.filter(**_key(row)).first()
    if held is None:
        made = Aside.objects.create(ref=new_reference(), **_of(row), by=by, at=at, **given)
        return made, {}
    before = {"later_until": held.later_until, "owner": held.owner and held.owner.username}
    for name, value in {**given, "by": by, "at": at}.items():
        setattr(held, name, value)
    held.save()
    return held, before


def _key(row: Standing) -> dict[str, Any]:
    return {"standard": row.standard, "subject_id": row.subject_id, "cycle": row.cycle}


def _of(row: Standing) -> dict[str, Any]:
    whose = {"child_id": row.child_id, "team_id": row.team_id, "worker_id": row.worker_id}
    return {**_key(row), "subject": row.subject, **whose}


def _told(subject: OfPromise, because: str, /, **changed: tuple[Any, Any]) -> Change:
    return Change(subject, changed, child_id=subject.child_id, reason=because)
