"""What follows from a school's request: the disability team's manager is asked to decide it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from evenhand.accounts.models import Team, User
from evenhand.history.actions import Happening
from evenhand.people.actions.access import lend
from evenhand.recording.models import Answer, Recording
from evenhand.transitions.protocol import DISABILITY, teams_of
from evenhand.transitions.queries.requests import FORM
from evenhand.work.actions import Place, finish, open_task
from evenhand.work.models import STILL_OPEN, Task

KIND: Final = "transition-request"
DEEMED: Final = "deemed"
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


def _is_decided(made: Recording) -> bool:
    return Answer.objects.filter(recording=made, question=DEEMED, yes__isnull=False).exists()


def _team() -> Team | None:
    return Team.objects.filter(pk__in=teams_of(DISABILITY)).order_by("pk").first()
