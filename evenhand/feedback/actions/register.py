"""Recording feedback, and what came of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from evenhand.accounts.models import Team, User
from evenhand.accounts.references import new_reference
from evenhand.feedback import checking, pack
from evenhand.feedback.models import Feedback
from evenhand.history.actions import Change, action
from evenhand.people.days import refuse_to_come
from evenhand.people.models import Child
from evenhand.problems import Problem
from evenhand.versions import take_on


def team_of(child: Child | None, by: User) -> Team | None:
    """Return under whose team something counts: the child's, else that of whoever wrote it down."""
    if child is not None:
        return child.team
    return by.worker.team if by.worker is not None else None


@action("feedback.recorded")
def record_feedback(  # noqa: PLR0913 (what feedback is made of)
    *,
    by: User,
    at: datetime,
    received_on: date,
    respondent: str,
    words: str = "",
    child: Child | None = None,
    service: str = "",
    theme: str = "",
    confidence: str = "",
) -> Change:
    """Record what somebody said. The caller has found the child through ``child_for``.

    Raises Problem for a key that the pack's lists have not, a day to come, or nothing said at all.
    """
    checking.among("respondents", respondent, optional=False)
    checking.among("services", service)
    checking.among("themes", theme)
    refuse_to_come(received_on, at)
    if confidence not in {"", *(each.id for each in pack.answers())}:
        raise Problem(f"No answer is called {confidence!r}.", "Choose one of the list.")
    if not words.strip() and not confidence:
        raise Problem("Nothing was said.", "Write what they said, or answer the question on trust.")
    made = Feedback.objects.create(
        ref=new_reference(), child=child, team=team_of(child, by), received_on=received_on,
        respondent=respondent, service=service, theme=theme, words=words.strip(),
        confidence=confidence, recorded_by=by, recorded_at=at,
    )  # fmt: skip
    told = {"respondent": (None, respondent), "service": (None, service), "theme": (None, theme)}
    return Change(made, told, child_id=child.pk if child else None)


@action("feedback.followed")
def follow_feedback(  # noqa: PLR0913 (the steps of an answer)
    feedback: Feedback,
    *,
    by: User,
    at: datetime,
    version: int,
    considered_on: date | None = None,
    action_on: date | None = None,
    action_words: str = "",
    answered_on: date | None = None,
    told_how: str = "",
) -> Change:
    """Say what came of feedback: considered, acted on, and how who gave it was told.

    Raises Problem for a day to come or before it was received, and for an answer without how they
    were told; Superseded where somebody followed it meanwhile.
    """
    checking.among("ways-told", told_how)
    if bool(answered_on) != bool(told_how):
        raise Problem(
            "An answer needs its day and how they were told.", "Give both, or leave both empty."
        )
    given: dict[str, Any] = {
        "considered_on": considered_on, "action_on": action_on,
        "action_words": action_words.strip(), "answered_on": answered_on, "told_how": told_how,
    }  # fmt: skip
    for day in (considered_on, action_on, answered_on):
        refuse_to_come(day, at)
        checking.in_order(feedback.received_on, day, "That day lies")
    was = {name: getattr(feedback, name) for name in given}
    take_on(feedback, version, **given)
    told = {name: (was[name], value) for name, value in given.items() if was[name] != value}
    return Change(feedback, told, child_id=feedback.child_id)
