"""A request to see records, from the day it came to the day it was answered."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from evenhand.accounts.models import User
from evenhand.accounts.references import new_reference
from evenhand.history.actions import Change, action
from evenhand.people.models import Child
from evenhand.problems import Problem
from evenhand.records.actions.days import refuse_day
from evenhand.records.clock import set_clock
from evenhand.records.models import ChildsWish, Clarification, RecordsRequest, Withholding
from evenhand.records.pack import askers, exemptions
from evenhand.standards import standing

Decision = RecordsRequest.Decision


@action("records.requested")
def receive(
    child: Child,
    *,
    by: User,
    at: datetime,
    received_on: date,
    came_by: str,
    asked_by: str,
    wanted: str,
    asker_name: str = "",
) -> Change:
    """Record that somebody asked to see what is held about a child; the clock starts.

    Raises Problem for a day to come, or an asker whom no pack names.
    """
    refuse_day(received_on, at)
    if asked_by not in askers():
        raise Problem(f"No pack says that {asked_by!r} may ask.", "Choose one of the list.")
    request = RecordsRequest(
        ref=new_reference(), child=child, received_on=received_on, came_by=came_by,
        asked_by=asked_by, asker_name=asker_name, wanted=wanted, recorded_by=by, recorded_at=at,
    )  # fmt: skip
    request.save()
    set_clock(request)
    request.save()
    standing.restate([child.pk], at)
    said = {"received_on": received_on, "asked_by": asked_by, "came_by": came_by}
    changes = {name: (None, value) for name, value in said.items()}
    return Change(request, {**changes, "due_on": (None, request.due_on)}, child_id=child.pk)


@action("records.authority_shown")
def show_authority(
    request: RecordsRequest, *, by: User, at: datetime, authority: str, authority_on: date
) -> Change:
    """Record what shows that who asked may ask for the child; the document itself is not kept."""
    _refuse_answered(request)
    refuse_day(authority_on, at)
    return _changed(request, at, authority=authority, authority_on=authority_on)


@action("records.identity_asked")
def ask_for_identity(request: RecordsRequest, *, by: User, at: datetime, asked_on: date) -> Change:
    """Record that proof of identity was asked for: the time begins when it is shown."""
    _refuse_answered(request)
    _refuse_day(request, asked_on, at)
    if request.identity_shown_on is not None:
        raise Problem("Identity was checked already.", "Go back to the request.")
    return _changed(request, at, identity_asked_on=asked_on)


@action("records.identity_checked")
def record_identity(
    request: RecordsRequest, *, by: User, at: datetime, shown_on: date, identity_by: str
) -> Change:
    """Record when and how identity was checked. What was shown is given back, never kept."""
    _refuse_answered(request)
    asked_on = request.identity_asked_on
    since, what = (asked_on, "it was asked for") if asked_on else (None, "")
    refuse_day(shown_on, at, since=since, what=what)
    return _changed(request, at, identity_shown_on=shown_on, identity_by=identity_by)


@action("records.detail_asked")
def ask_for_detail(
    request: RecordsRequest, *, by: User, at: datetime, asked_on: date, asked: str
) -> Change:
    """Record that more detail was asked for: the clock stands still until the answer."""
    _refuse_answered(request)
    _refuse_day(request, asked_on, at)
    if request.clarifications.filter(answered_on=None).exists():
        raise Problem("A question is open already.", "Record its answer first.")
    Clarification.objects.create(request=request, asked_on=asked_on, asked=asked)
    return _changed(request, at, also={"detail_asked_on": (None, asked_on)})


@action("records.detail_given")
def record_detail(
    request: RecordsRequest, *, by: User, at: datetime, answered_on: date, answer: str
) -> Change:
    """Record the answer to what was asked: the clock runs again."""
    _refuse_answered(request)
    open_one = request.clarifications.filter(answered_on=None).first()
    if open_one is None:
        raise Problem("No question is open.", "Ask for more detail first.")
    refuse_day(answered_on, at, since=open_one.asked_on, what="it was asked")
    open_one.answered_on, open_one.answer = answered_on, answer
    open_one.save(update_fields=["answered_on", "answer"])
    return _changed(request, at, also={"detail_given_on": (None, answered_on)})


@action("records.extended")
def extend(
    request: RecordsRequest, *, by: User, at: datetime, extension_told_on: date, extension_why: str
) -> Change:
    """Record that the person was told that more time is needed, and why.

    Told after the month it is recorded all the same, and gives no more time.
    """
    _refuse_answered(request)
    _refuse_day(request, extension_told_on, at)
    return _changed(request, at, extension_told_on=extension_told_on, extension_why=extension_why)


@action("records.wish_recorded")
def record_wish(
    request: RecordsRequest,
    *,
    by: User,
    at: datetime,
    asked_on: date,
    understands: bool | None,
    wish: str,
    words: str = "",
    own_answers: bool = False,
) -> Change:
    """Record the child's own view of somebody else's request, and whether they understand it."""
    _refuse_answered(request)
    refuse_day(asked_on, at)
    ChildsWish.objects.create(
        request=request, asked_on=asked_on, understands=understands, wish=wish, words=words,
        own_answers=own_answers, asked_by=by, recorded_at=at,
    )  # fmt: skip
    said = {"wish": (None, wish), "understands": (None, understands)}
    return Change(request, {**said, "own_answers": (None, own_answers)}, child_id=_child(request))


@action("records.withheld")
def withhold(
    request: RecordsRequest,
    *,
    by: User,
    at: datetime,
    exemption: str,
    what: str,
    why: str,
    opinion_of: str = "",
    opinion_on: date | None = None,
) -> Change:
    """Record a named person's decision not to give something, under an exemption of the pack."""
    _refuse_answered(request)
    found = exemptions().get(exemption)
    if found is None:
        raise Problem(f"No exemption is called {exemption!r}.", "Choose one of the list.")
    if opinion_on is not None:
        refuse_day(opinion_on, at)
    Withholding.objects.create(
        request=request, exemption=exemption, what=what, why=why, opinion_of=opinion_of,
        opinion_on=opinion_on, tell=found.tell, decided_by=by, decided_at=at,
    )  # fmt: skip
    return Change(request, {"withheld": (None, exemption)}, child_id=_child(request), reason=why)


@action("records.answered")
def answer(
    request: RecordsRequest,
    *,
    by: User,
    at: datetime,
    decision: str,
    answered_on: date,
    given_by: str = "",
    decision_why: str = "",
) -> Change:
    """Record what was decided and when the person had the answer: the clock stops.

    Raises Problem for a refusal, or what is given in part, without a reason.
    """
    _refuse_answered(request)
    _refuse_day(request, answered_on, at)
    if decision in (Decision.PART, Decision.REFUSED) and not decision_why.strip():
        raise Problem("No reason was given.", "Say why in words that the person can follow.")
    return _changed(
        request, at, decision=decision, answered_on=answered_on, given_by=given_by,
        decision_why=decision_why, decided_by=by,
    )  # fmt: skip


def _refuse_answered(request: RecordsRequest) -> None:
    if request.answered_on is not None:
        raise Problem("This request was answered already.", "Record a new one if they ask again.")


def _refuse_day(request: RecordsRequest, day: date, at: datetime) -> None:
    refuse_day(day, at, since=request.received_on, what="the request came")


def _child(request: RecordsRequest) -> int:
    return request.child.merged_into_id or request.child_id


def _changed(
    request: RecordsRequest,
    at: datetime,
    *,
    also: dict[str, tuple[Any, Any]] | None = None,
    **values: Any,
) -> Change:
    """Set values, work out the clock anew, save, and bring standings up to it."""
    changes = dict(also or {})
    for name, value in values.items():
        changes[name] = (getattr(request, name), value)
        setattr(request, name, value)
    changes |= set_clock(request)
    request.save()
    standing.restate([_child(request)], at)
    return Change(request, changes, child_id=_child(request))
