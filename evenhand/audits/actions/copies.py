"""The copy of a finished audit: handed over in supervision, read, and signed on to assurance."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.audits.models import Audit
from evenhand.audits.queries import posts
from evenhand.history.actions import Change, action
from evenhand.problems import Problem
from evenhand.versions import take_on


@action("audits.passed_on")
def pass_on(audit: Audit, *, by: User, at: datetime, version: int, supervision: Any) -> Change:
    """Say in which supervision the copy was handed over (a row of ``workforce.Supervision``).

    Raises Problem for a supervision before the audit was done, or entered in error.
    """
    _refuse_not_done(audit)
    if audit.done_on is not None and supervision.held_on < audit.done_on:
        raise Problem("That supervision was before the audit was done.", "Choose a later one.")
    if supervision.entered_in_error:
        raise Problem("That supervision was recorded by mistake.", "Choose another.")
    was = audit.passed_in_id
    take_on(audit, version, passed_in=supervision)
    return _told(audit, passed_in=(was, supervision.pk), passed_on=(None, supervision.held_on))


@action("audits.signed")
def sign(audit: Audit, *, by: User, at: datetime, version: int) -> Change:
    """Sign a copy that was read; with that it is forwarded to quality assurance.

    Raises Problem for anybody but the service manager over the team, and where it is signed.
    """
    _refuse_not_done(audit)
    if not posts.is_post(by, posts.SERVICE, audit.team):
        raise Problem(f"Only the {posts.title(posts.SERVICE)} signs it.", "Ask them to.")
    if audit.signed_at is not None:
        raise Problem("It is signed already.", "Nothing more is to be done.")
    take_on(audit, version, signed_at=at, signed_by=by)
    audit.copies.filter(to=by, read_at=None).update(read_at=at)
    return _told(audit, signed_on=(None, timezone.localdate(at)))


def _refuse_not_done(audit: Audit) -> None:
    if audit.state != Audit.State.DONE:
        raise Problem("The audit is not done yet.", "Finish it first.")


def _told(audit: Audit, **changes: Any) -> Change:
    return Change(audit, changes, child_id=audit.child_id)
