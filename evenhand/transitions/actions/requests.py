"""What follows from a school's request: the disability team's manager is asked to decide it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.utils import timezone

from evenhand.accounts.models import Team, User
from evenhand.history.actions import Happening
from evenhand.people.actions.access import lend
from evenhand.recording import sets
from evenhand.recording.actions import change
from evenhand.recording.answering import Answers, given_of
from evenhand.recording.models import Answer, Recording
from evenhand.transitions.protocol import DISABILITY, teams_of
from evenhand.transitions.queries.requests import FORM
from evenhand.work.actions import Place, finish, open_task
from evenhand.work.models import STILL_OPEN, Task

KIND: Final = "transition-request"
DEEMED: Final = "deemed"
CARE_ACT: Final = "care-act-assessment"
CAME_OF_IT, CONSIDERED = "care_act", "care_act_on"
ASKED: Final = "asked-to-decide"
WHAT: Final = "Decide on a school's request to attend a transition review"


def after_request(happening: Happening) -> None:
    """Open a task for the disability team's manager until the request is decided.

    The task names no child: it leads to the list, where the record can be opened for a while.
    """
    made = happening.subject
    if not isinstance(made, Recording) or made.form != FORM:
        return
    about = f"{KIND}:{made.ref}"
    task = Task.objects.filter(kind=KIND, about=about, state__in=STILL_OPEN).first()
    waits = not made.entered_in_error and not _is_decided(made)
    if waits and task is None:
        open_task(
            by=None, at=happening.at, kind=KIND, what=WHAT, team=_team() or made.team, about=about,
            place=Place("transitions:requests"),
        )  # fmt: skip
    elif not waits and task is not None:
        finish(
            task, by=happening.by, at=happening.at, version=task.version, reason="It is decided."
        )


def open_for_a_while(recording: Recording, *, by: User, at: datetime, why: str) -> None:
    """Open the record of a request's child to whoever has to decide it. Raises Problem as lend."""
    if recording.child is not None:
        lend(recording.child, by=by, at=at, reason=ASKED, because=why)


def after_task(happening: Happening) -> None:
    """Write what came of a Care Act assessment on the form whose task it was: asked only once."""
    task = happening.subject
    if not isinstance(task, Task) or task.kind != CARE_ACT:
        return
    ref = task.about.split(":")[1] if task.about.startswith("recording:") else ""
    made = Recording.objects.filter(ref=ref, entered_in_error=False).first()
    asked = sets.edition_of(made.form, made.edition) if made else None
    if made is None or asked is None:
        return
    given = given_of(asked, made.answers.order_by("row", "pk"))
    answered = {CAME_OF_IT: task.outcome, CONSIDERED: timezone.localdate(happening.at)}
    form = Answers({**given.form, **answered}, given.rows)
    change(made, form, by=happening.by, at=happening.at, version=made.version)


def _is_decided(made: Recording) -> bool:
    return Answer.objects.filter(recording=made, question=DEEMED, yes__isnull=False).exists()


def _team() -> Team | None:
    return Team.objects.filter(pk__in=teams_of(DISABILITY)).order_by("pk").first()
