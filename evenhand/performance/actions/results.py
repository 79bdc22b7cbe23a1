"""Telling somebody how their work was found, and their answer."""

from __future__ import annotations

from datetime import date, datetime

from evenhand.accounts.models import User, Worker
from evenhand.accounts.references import new_reference
from evenhand.history.actions import Change, action
from evenhand.people.days import refuse_to_come
from evenhand.performance.actions.objectives import needed_words
from evenhand.performance.models import WorkResult
from evenhand.problems import Problem


@action("work_result.told")
def tell_result(
    *, by: User, at: datetime, worker: Worker, title: str, looked_on: date, words: str
) -> Change:
    """Tell somebody what an audit of their work came to. Raises Problem for a day to come."""
    refuse_to_come(looked_on, at, "Tell it once it was looked at.")
    made = WorkResult.objects.create(
        ref=new_reference(), worker=worker, title=needed_words(title), looked_on=looked_on,
        words=needed_words(words), told_by=by, told_at=at,
    )  # fmt: skip
    return Change(made, {"looked_on": (None, looked_on)})


@action("work_result.answered")
def respond(result: WorkResult, *, by: User, at: datetime, response: str) -> Change:
    """Answer a result of one's own work. Raises Problem for another's, or without words."""
    if by.worker_id is None or result.worker_id != by.worker_id:
        raise Problem("This is about somebody else's work.", "Answer what is about yours.")
    result.response, result.responded_at = needed_words(response), at
    result.save(update_fields=["response", "responded_at"])
    return Change(result, {"responded_at": (None, at)})
