"""What is written down of those who work with children: supervision, absences, posts and plans."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from evenhand.accounts.models import User, Worker
from evenhand.accounts.references import new_reference
from evenhand.design.wording import day as in_words
from evenhand.history.actions import Change, action
from evenhand.people.days import refuse_to_come
from evenhand.problems import Problem
from evenhand.workforce.models import Absence, DevelopmentPlan, Post, Supervision

SEALED = "words, sealed"


@action("supervision.recorded")
def record_supervision(
    worker: Worker, *, by: User, at: datetime, held_on: date, supervisor: Worker | None,
    supervisor_name: str = "", notes: str = "",
) -> Change:  # fmt: skip
    """Write down that somebody was supervised. Raises Problem for a day to come, and where nobody
    supervised them, or they themselves did."""
    refuse_to_come(held_on, at, "Write it down when it was held.")
    if supervisor is None and not supervisor_name.strip():
        raise Problem("It is not said who supervised them.", "Write the supervisor's name.")
    if supervisor == worker:
        raise Problem(f"{worker} cannot supervise themselves.", "Write who supervised them.")
    made = Supervision.objects.create(
        ref=new_reference(), worker=worker, supervisor=supervisor,
        supervisor_name="" if supervisor else supervisor_name.strip(), held_on=held_on,
        notes=notes.strip(), recorded_by=by, recorded_at=at,
    )  # fmt: skip
    told = {"worker": (None, worker), "held_on": (None, held_on)}
    return Change(made, told | ({"notes": (None, SEALED)} if made.notes else {}))


@action("absence.recorded")
def record_absence(
    worker: Worker, *, by: User, at: datetime, since: date, until: date | None
) -> Change:
    """Write down when somebody is away, and until when where that is known. Both may be to come:
    leave is agreed before it begins. Raises Problem where it ends before it begins."""
    _refuse_backwards(since, until)
    made = Absence.objects.create(
        ref=new_reference(), worker=worker, since=since, until=until, recorded_by=by, recorded_at=at
    )
    told = {"worker": (None, worker), "since": (None, since), "until": (None, until)}
    return Change(made, told)


@action("absence.ended")
def end_absence(absence: Absence, *, by: User, at: datetime, until: date | None) -> Change:
    """Say until when somebody is or was away. Raises Problem for a day before they were."""
    held = Absence.objects.select_for_update().get(pk=absence.pk)
    _refuse_backwards(held.since, until)
    before, held.until = held.until, until
    held.save(update_fields=["until"])
    return Change(held, {"until": (before, until)})


@action("post.recorded")
def record_post(
    worker: Worker, *, by: User, at: datetime, started_on: date | None, left_on: date | None
) -> Change:
    """Write down when somebody began and left. Raises Problem where they left before they began."""
    if started_on and left_on and left_on < started_on:
        raise Problem(
            f"{in_words(left_on)} is before they began, on {in_words(started_on)}.",
            "Check the days.",
        )
    held, _ = Post.objects.select_for_update().get_or_create(worker=worker)
    told = {
        "started_on": (held.started_on, started_on), "left_on": (held.left_on, left_on),
    }  # fmt: skip
    held.started_on, held.left_on = started_on, left_on
    held.save()
    return Change(held, told)


@action("development_plan.recorded")
def record_plan(
    worker: Worker, *, by: User, at: datetime, agreed_on: date, needs: Sequence[str]
) -> Change:
    """Write down a personal development plan and what it says they need to learn. A plan without
    any need saves: it is a plan, and their needs stay unknown. Raises Problem for a day to come."""
    refuse_to_come(agreed_on, at, "Write it down when it was agreed.")
    kept = [one.strip() for one in needs if one.strip()]
    made = DevelopmentPlan.objects.create(
        ref=new_reference(), worker=worker, agreed_on=agreed_on, needs=kept, recorded_by=by,
        recorded_at=at,
    )  # fmt: skip
    told = {"worker": (None, worker), "agreed_on": (None, agreed_on), "needs": (None, len(kept))}
    return Change(made, told)


@action("workforce.entered_in_error")
def enter_in_error(
    row: Supervision | Absence | DevelopmentPlan, *, by: User, at: datetime, reason: str
) -> Change:
    """Take back what was written down by mistake: it stays, and counts no more. Raises Problem
    without a reason, and where it was taken back already."""
    if not reason.strip():
        raise Problem("No reason was given.", "Say in a few words what was wrong.")
    held = type(row)._default_manager.select_for_update().get(pk=row.pk)
    if held.entered_in_error:
        raise Problem("This was taken back already.", "There is nothing more to do.")
    held.entered_in_error = True
    held.save(update_fields=["entered_in_error"])
    return Change(held, {"entered_in_error": (False, True)}, reason=reason.strip())


def _refuse_backwards(since: date, until: date | None) -> None:
    if until is not None and until < since:
        raise Problem(
            f"{in_words(until)} is before the first day away, {in_words(since)}.", "Check the days."
        )
