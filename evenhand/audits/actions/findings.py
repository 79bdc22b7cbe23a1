"""What an audit found: raising it, saying who puts it right, and closing it with evidence."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from evenhand.accounts.models import Team, User
from evenhand.accounts.references import new_reference
from evenhand.audits import pack
from evenhand.audits.actions import telling
from evenhand.audits.models import Audit, Finding, Told
from evenhand.audits.queries.findings import is_elsewhere
from evenhand.audits.queries.reopened import is_opened_again
from evenhand.history.actions import Change, action
from evenhand.people.days import refuse_to_come
from evenhand.problems import Problem
from evenhand.versions import take_on
from evenhand.work.actions import Place, check, finish, open_task, set_aside
from evenhand.work.models import Task

ACTION = "audit-action"
SEALED = "words, sealed"


@action("audits.finding_raised")
def raise_finding(
    audit: Audit,
    *,
    by: User,
    at: datetime,
    kind: str,
    words: str,
    team: Team | None = None,
    theme: str = "",
) -> Change:
    """Raise what an audit found; whoever answers for it is told at once.

    ``team`` is whose practice it is, where not the audited one's. Raises Problem without words,
    for a kind that the packs have not, and for an audit that was set aside.
    """
    if kind not in pack.findings():
        raise Problem("The packs have no such kind of finding.", "Choose one of the list.")
    if audit.state == Audit.State.NOT_NEEDED:
        raise Problem("This audit was set aside.", "Raise it on an audit of the same file.")
    made = Finding.objects.create(
        ref=new_reference(), audit=audit, kind=kind, theme=theme, team=team or audit.team,
        words=_needed(words, "Write what was found."), raised_by=by, raised_at=at,
    )  # fmt: skip
    telling.tell(made, by=by, at=at)
    told = {"kind": (None, kind), "team": (None, made.team), "words": (None, SEALED)}
    return Change(made, told, child_id=audit.child_id)


@action("audits.finding_read")
def note_read(finding: Finding, *, by: User, at: datetime) -> Change:
    """Keep that somebody who was told has read it; a second time changes nothing."""
    Told.objects.filter(finding=finding, to=by, read_at=None).update(read_at=at)
    return Change(finding, {"read by": (None, by.username)}, child_id=finding.audit.child_id)


@action("audits.finding_acted_on")
def act_on(
    finding: Finding, *, by: User, at: datetime, version: int, what: str, owner: User, due_on: date
) -> Change:
    """Say who puts a finding right, how and by when: their task, which somebody else checks.

    Raises Problem without words, where an action is open or done, and where it is closed.
    """
    _refuse_closed(finding)
    if finding.action is not None and finding.action.state != Task.State.NOT_NEEDED:
        raise Problem(
            "Somebody puts this right already.", "Go to that task, and add what you know."
        )
    take_on(finding, version)
    task = open_task(
        by=by, at=at, kind=ACTION, what=what, owner=owner, team=finding.team, due_on=due_on,
        child=telling.child_for(finding, [owner]), about=f"{ACTION}:{finding.ref}",
        place=Place("audits:finding", (finding.ref,)),
    )  # fmt: skip
    finding.action = task
    finding.save(update_fields=["action"])
    kind = pack.findings().get(finding.kind)
    if kind is not None and not kind.now:
        told = {kind.task, kind.copy}
        telling.finish_told(finding, told, by=by, at=at, reason=f"{owner.name} puts it right.")
    return _told(finding, action=(None, task.ref), due_on=(None, due_on))


@action("audits.plan_agreed")
def agree_plan(finding: Finding, *, by: User, at: datetime, version: int, on: date) -> Change:
    """Say on which day it was agreed with another team how to put its practice right.

    Raises Problem for the audited team's own practice, a day to come or before it was raised.
    """
    if not is_elsewhere(finding):
        raise Problem("This is the audited team's own practice.", "Say who puts it right.")
    refuse_to_come(on, at)
    if on < timezone.localdate(finding.raised_at):
        raise Problem("That day is before the finding was raised.", "Check the day.")
    was = finding.plan_agreed_on
    take_on(finding, version, plan_agreed_on=on)
    kind = pack.findings().get(finding.kind)
    told = {kind.elsewhere if kind else "", telling.PLAN_LATE}
    telling.finish_told(finding, told, by=by, at=at, reason="A plan was agreed.")
    return _told(finding, plan_agreed_on=(was, on))


@action("audits.finding_closed")
def close(finding: Finding, *, by: User, at: datetime, version: int, evidence: str) -> Change:
    """Close a finding with what shows that it is put right; never without.

    Where somebody was to put it right, that task is done by it, and another looks at it before the
    finding closes. Raises Problem without evidence, and where an action is needed and missing.
    """
    _refuse_closed(finding)
    words = _needed(evidence, "Write what shows that it is put right. It is not closed without.")
    kind = pack.findings().get(finding.kind)
    if kind is not None and kind.needs_action:
        _finish_action(finding, words, by=by, at=at)
        finding.refresh_from_db()
        return _told(finding, evidence=(None, SEALED))
    if kind is not None and kind.reopens and is_opened_again(finding):
        words = f"{words} The case system shows it open, with a new assessment."
    take_on(finding, version, evidence=words, closed_at=at, closed_by=by)
    telling.finish_told(finding, by=by, at=at, reason="The finding is closed.")
    return _told(finding, evidence=(None, SEALED), closed_at=(None, at))


@action("audits.finding_taken_back")
def take_back(finding: Finding, *, by: User, at: datetime, version: int, reason: str) -> Change:
    """Take back what was raised by mistake: it stays to be read, and nobody answers for it."""
    words = _needed(reason, "Say in a few words what was wrong.")
    _refuse_closed(finding)
    take_on(finding, version, entered_in_error=True)
    open_ = [one for one in telling.open_of(finding) if one.state == Task.State.OPEN]
    if finding.action is not None and finding.action.state == Task.State.OPEN:
        open_.append(finding.action)
    for task in open_:
        set_aside(task, by=by, at=at, version=task.version, reason="It was raised by mistake.")
    return _told(finding, words, entered_in_error=(False, True))


def close_by(task: Task, finding: Finding, *, by: User, at: datetime) -> None:
    """Close a finding whose action somebody has checked, with the evidence that was given."""
    if finding.closed_at is None and not finding.entered_in_error:
        closer = task.checked_by or task.done_by
        take_on(finding, finding.version, evidence=task.evidence, closed_at=at, closed_by=closer)
        telling.finish_told(finding, by=by, at=at, reason="It is put right.")


def _finish_action(finding: Finding, words: str, *, by: User, at: datetime) -> None:
    task = finding.action
    if task is None or task.state == Task.State.NOT_NEEDED:
        raise Problem("Nobody is named who puts this right.", "Say who, how and by when first.")
    done = {"by": by, "at": at, "version": task.version}
    if task.state == Task.State.TO_BE_CHECKED:
        check(task, **done, reason=words)
    else:
        finish(task, **done, reason=words)


def _needed(words: str, remedy: str) -> str:
    if not words.strip():
        raise Problem("Nothing was written.", remedy)
    return words.strip()


def _refuse_closed(finding: Finding) -> None:
    if finding.closed_at is not None or finding.entered_in_error:
        raise Problem("This finding is closed.", "Raise another, if there is more to say.")


def _told(finding: Finding, reason: str = "", **changes: Any) -> Change:
    return Change(finding, changes, child_id=finding.audit.child_id, reason=reason)
