"""Tasks that follow from what was recorded: opened while their condition holds, then set aside."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.people.models import Child
from evenhand.recording.answering import day_of, person_called
from evenhand.recording.models import Recording
from evenhand.rules.form_results import filled
from evenhand.rules.question_sets import MANAGER, RECORDER, WORKER, Step
from evenhand.rules.values import Case
from evenhand.work.actions import Place, open_task, set_aside
from evenhand.work.models import STILL_OPEN, Task
from evenhand.work.pack import due_day, kind_called, kinds

DONE_WITH = "What was recorded since asks for it no more."


def follow(
    recording: Recording,
    steps: Sequence[Step],
    *,
    by: User | None,
    at: datetime,
    case: Case | None = None,
) -> None:
    """Open the tasks of these steps that are not open, and set aside those that no step opens."""
    about = {f"recording:{recording.ref}:{step.id}": step for step in steps}
    mine = Task.objects.filter(about__startswith=f"recording:{recording.ref}:")
    for task in mine.filter(state__in=STILL_OPEN).exclude(about__in=about):
        set_aside(task, by=by, at=at, version=task.version, reason=DONE_WITH)
    gone = {"state": Task.State.NOT_NEEDED, "evidence": DONE_WITH}
    known = set(mine.exclude(**gone).values_list("about", flat=True))
    for key, step in about.items():
        if key not in known:
            _open(recording, step, key, case or {}, at=at)


def set_aside_reallocated(recording: Recording, *, by: User, at: datetime) -> None:
    """Set aside what a new worker was asked to fill in of a child, now that they have."""
    mine = Task.objects.filter(
        about__startswith=f"reallocated:{recording.form}:", child=recording.child,
        state__in=STILL_OPEN,
    )  # fmt: skip
    for task in mine if recording.child_id is not None else ():
        set_aside(task, by=by, at=at, version=task.version, reason="It was written down since.")


def _open(recording: Recording, step: Step, about: str, case: Case, *, at: datetime) -> None:
    if step.task not in kinds():  # `policy check` says so; a true record is not refused for it
        return
    from_ = day_of(case.get(step.from_)) if step.from_ else None
    kind = kind_called(step.task)
    owner = _owner(recording, step, case)
    open_task(
        by=None, at=at, kind=step.task, what=filled(step.what, case), child=recording.child,
        team=recording.team, owner=owner, about=about,
        place=Place("recording:one", (recording.ref,)),
        due_on=due_day(kind, from_ or timezone.localdate(at)),
    )  # fmt: skip


def _owner(recording: Recording, step: Step, case: Case) -> User | None:
    """Who is asked: None where it is the kind's own role over the team."""
    if step.owner == RECORDER:
        found: User | None = recording.recorded_by
    elif step.owner in (WORKER, MANAGER):
        worker = recording.worker
        chosen = worker.manager if worker and step.owner == MANAGER else worker
        found = getattr(chosen, "user", None)
    else:
        found = person_called(str(case.get(step.owner) or ""))
    return found if found and found.is_active and _may_open(recording, found) else None


def _may_open(recording: Recording, user: User) -> bool:
    child = recording.child
    return child is None or Child.objects.visible_to(user).filter(pk=child.pk).exists()
