"""Internal management reviews: asking for one, what it found and what is learnt, and closing it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.accounts.references import new_reference
from evenhand.audits.models import Audit, ManagementReview
from evenhand.history.actions import Change, action
from evenhand.problems import Problem
from evenhand.versions import take_on
from evenhand.work.actions import Place, finish, open_task
from evenhand.work.models import STILL_OPEN, Task

REVIEW, ACTION = "audit-review", "audit-review-action"
SEALED = "words, sealed"


@action("audits.review_asked_for")
def ask_for(
    audit: Audit, *, by: User, at: datetime, why: str, reviewer: User, due_on: date | None = None
) -> Change:
    """Ask somebody to review what went wrong; they get a task.

    A reviewer of the audited team is never refused: the review says that they are not independent.
    Raises Problem without words, and for somebody who does not sign in.
    """
    if not why.strip():
        raise Problem("No reason was given.", "Say what is to be looked into.")
    made = ManagementReview.objects.create(
        ref=new_reference(), audit=audit, why=why.strip(), reviewer=reviewer, asked_by=by,
        asked_on=timezone.localdate(at), is_outside=is_outside(reviewer, audit, at),
    )  # fmt: skip
    open_task(
        by=by, at=at, kind=REVIEW, what="Review what went wrong, and what we learn from it",
        owner=reviewer, team=audit.team, about=f"{REVIEW}:{made.ref}",
        place=Place("audits:review", (made.ref,)), due_on=due_on,
    )  # fmt: skip
    told = {"reviewer": (None, reviewer.username), "is_outside": (None, made.is_outside)}
    return Change(made, told, child_id=audit.child_id)


@action("audits.review_written")
def write(
    review: ManagementReview, *, by: User, at: datetime, version: int, findings: str, learning: str
) -> Change:
    """Write what the review found and what is learnt; either may wait. Raises Problem if closed."""
    _refuse_closed(review)
    take_on(review, version, findings=findings.strip(), learning=learning.strip())
    return _told(review, findings=(None, SEALED), learning=(None, SEALED))


@action("audits.review_acted_on")
def act_on(
    review: ManagementReview, *, by: User, at: datetime, version: int, what: str, owner: User,
    due_on: date,
) -> Change:  # fmt: skip
    """Say who does what the review asks for, and by when. Raises Problem where that is said."""
    _refuse_closed(review)
    if review.action is not None and review.action.state != Task.State.NOT_NEEDED:
        raise Problem("Somebody does this already.", "Go to that task, and add what you know.")
    take_on(review, version)
    task = open_task(
        by=by, at=at, kind=ACTION, what=what, owner=owner, team=review.audit.team, due_on=due_on,
        about=f"{ACTION}:{review.ref}", place=Place("audits:review", (review.ref,)),
    )  # fmt: skip
    review.action = task
    review.save(update_fields=["action"])
    return _told(review, action=(None, task.ref), due_on=(None, due_on))


@action("audits.review_closed")
def close(review: ManagementReview, *, by: User, at: datetime, version: int) -> Change:
    """Close a review, never without what is learnt and what is done. Raises Problem for these."""
    _refuse_closed(review)
    lacking = missing(review)
    if lacking:
        raise Problem(f"The review has no {' and no '.join(lacking)} yet.", "Add it, then close.")
    on = timezone.localdate(at)
    take_on(review, version, closed_on=on)
    for task in Task.objects.filter(about=f"{REVIEW}:{review.ref}", state__in=STILL_OPEN):
        finish(task, by=by, at=at, version=task.version, reason="The review is closed.")
    return _told(review, closed_on=(None, on))


def missing(review: ManagementReview) -> list[str]:
    """Return what a review lacks to be closed, in words."""
    acted = review.action is not None and review.action.state != Task.State.NOT_NEEDED
    return [words for words, there in (("learning", review.learning), ("action", acted))
            if not there]  # fmt: skip


def is_outside(reviewer: User, audit: Audit, at: datetime) -> bool:
    """Whether somebody neither works in the audited team nor has a role over that very team."""
    if audit.team_id is None:
        return True
    works = reviewer.worker is not None and reviewer.worker.team_id == audit.team_id
    today = timezone.localdate(at)
    held = reviewer.grants.filter(team=audit.team_id, starts_on__lte=today)
    lasting = held.exclude(ends_on__lt=today)
    return not works and not lasting.exists() and reviewer.pk != audit.auditor_id


def _refuse_closed(review: ManagementReview) -> None:
    if review.closed_on is not None:
        raise Problem("This review is closed.", "Ask for another, if there is more to look into.")


def _told(review: ManagementReview, **changes: Any) -> Change:
    return Change(review, changes, child_id=review.audit.child_id)
