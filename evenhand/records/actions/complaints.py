"""A complaint about how personal data was handled: received, acknowledged, told of, and answered.

Source: Data Protection Act 2018, section 164A.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from evenhand.accounts.models import User
from evenhand.accounts.references import new_reference
from evenhand.history.actions import Change, action
from evenhand.problems import Problem
from evenhand.records.actions.days import refuse_day
from evenhand.records.models import DataComplaint, Progress, RecordsRequest
from evenhand.standards import standing

STANDARD = "england/data-complaint-acknowledged"


@action("data_complaint.received")
def record_complaint(
    *,
    by: User,
    at: datetime,
    received_on: date,
    came_by: str,
    about: str,
    from_name: str = "",
    request: RecordsRequest | None = None,
) -> Change:
    """Record a complaint; ``request`` where it is about a request to see records."""
    refuse_day(received_on, at)
    complaint = DataComplaint.objects.create(
        ref=new_reference(), request=request, child_id=request.child_id if request else None,
        received_on=received_on, came_by=came_by, from_name=from_name, about=about,
        recorded_by=by, recorded_at=at,
    )  # fmt: skip
    return _changed(complaint, at, also={"received_on": (None, received_on)})


@action("data_complaint.acknowledged")
def acknowledge(
    complaint: DataComplaint, *, by: User, at: datetime, acknowledged_on: date
) -> Change:
    """Record that who complained was told that it has arrived."""
    if complaint.acknowledged_on is not None:
        raise Problem("It was acknowledged already.", "Go back to the complaint.")
    _refuse(complaint, acknowledged_on, at)
    return _changed(complaint, at, acknowledged_on=acknowledged_on)


@action("data_complaint.progress_told")
def tell_progress(
    complaint: DataComplaint, *, by: User, at: datetime, told_on: date, words: str
) -> Change:
    """Record that who complained was told how far it is."""
    _refuse(complaint, told_on, at)
    Progress.objects.create(complaint=complaint, told_on=told_on, words=words, told_by=by)
    return _changed(complaint, at, also={"progress_told_on": (None, told_on)})


@action("data_complaint.outcome_told")
def tell_outcome(
    complaint: DataComplaint, *, by: User, at: datetime, outcome_told_on: date, outcome: str
) -> Change:
    """Record the outcome and when it was told. It acknowledges too what nobody acknowledged."""
    if complaint.outcome_told_on is not None:
        raise Problem("The outcome was told already.", "Go back to the complaint.")
    _refuse(complaint, outcome_told_on, at)
    values: dict[str, Any] = {"outcome_told_on": outcome_told_on, "outcome": outcome}
    if complaint.acknowledged_on is None:
        values["acknowledged_on"] = outcome_told_on
    return _changed(complaint, at, **values)


def _refuse(complaint: DataComplaint, day: date, at: datetime) -> None:
    refuse_day(day, at, since=complaint.received_on, what="the complaint came")


def _changed(
    complaint: DataComplaint,
    at: datetime,
    *,
    also: dict[str, tuple[Any, Any]] | None = None,
    **values: Any,
) -> Change:
    changes = dict(also or {})
    for name, value in values.items():
        changes[name] = (getattr(complaint, name), value)
        setattr(complaint, name, value)
    complaint.save()
    _restate(complaint, at)
    return Change(complaint, changes, child_id=complaint.child_id)


def _restate(complaint: DataComplaint, at: datetime) -> None:
    """One about no child stands under none: the whole standard is run again, and it is small."""
    if complaint.child_id is not None:
        standing.restate([complaint.child_id], at)
    else:
        standing.rebuild([STANDARD], now=at)
