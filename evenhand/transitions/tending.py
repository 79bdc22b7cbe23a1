"""Asking in time: the worker before a milestone falls due, the monitor once it is overdue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.design.wording import day
from evenhand.people.models import Child
from evenhand.rules.states import State
from evenhand.transitions import protocol
from evenhand.transitions.actions.planning import worker_of
from evenhand.transitions.judging import Step, steps_of
from evenhand.transitions.models import TransitionPlan
from evenhand.transitions.queries.board import monitor, watched
from evenhand.transitions.queries.plans import every_plan, partners_of
from evenhand.work.actions import Place, open_task
from evenhand.work.models import STILL_OPEN, Task

KIND = "transition-step"
WARNED = ("warned-before", "warned-again-before")


def tend(now: datetime) -> None:
    """Open a task for each milestone that falls due soon or is overdue, each once.

    Nearer the day it is asked again, where the first task was closed and the step is not done.
    What fell due before the plan was begun is on the board, and no task.
    """
    today = timezone.localdate(now)
    plans = list(watched(every_plan(), today).filter(transferred_on=None))
    if not plans:
        return
    watcher = getattr(monitor(), "user", None)
    steps = steps_of(plans, now)
    first, again = (timedelta(protocol.value_on(name, today)) for name in WARNED)
    for plan in plans:
        for step, about in _wanted(plan, steps[plan.pk], today + first):
            if step.state is State.LATE:
                _ask(plan, step, about, _reader(watcher, plan), now)
                _tell(plan, step, about, now)
            else:
                _remind(plan, step, about, today + again, now)


def _tell(plan: TransitionPlan, step: Step, about: str, at: datetime) -> None:
    """Tell the adult service's worker and their manager, where the step is theirs too."""
    for question, user in partners_of(plan) if step.who else ():
        owner = _reader(user, plan)
        if owner is not None:
            _ask(plan, step, f"{about}:{question}", owner, at)


def _wanted(plan: TransitionPlan, steps: Sequence[Step], until: date) -> Iterator[tuple[Step, str]]:
    for step in steps:
        if step.due is None or step.due < plan.begun_on or step.is_early:
            continue
        about = f"transition:{plan.ref}:{step.standard or step.words[:20]}:{step.due}"
        if step.state is State.OPEN and step.due <= until and step.standard:
            yield step, about
        elif step.state is State.LATE:
            yield step, f"{about}:late"


def _remind(plan: TransitionPlan, step: Step, about: str, again: date, at: datetime) -> None:
    """Ask the worker; what is due by ``again`` once more, where the first task was closed."""
    worker = worker_of(plan.child)
    _ask(plan, step, about, worker, at)
    waits = Task.objects.filter(kind=KIND, about=about, state__in=STILL_OPEN).exists()
    if step.due is not None and step.due <= again and not waits:
        _ask(plan, step, f"{about}:again", worker, at)


def _reader(watcher: User | None, plan: TransitionPlan) -> User | None:
    if watcher is None or not watcher.is_active:
        return None
    seen = Child.objects.visible_to(watcher).filter(pk=plan.child_id)
    return watcher if seen.exists() else None


def _ask(plan: TransitionPlan, step: Step, about: str, owner: User | None, at: datetime) -> None:
    if step.due is None or Task.objects.filter(kind=KIND, about=about).exists():
        return
    late = "overdue since" if step.state is State.LATE else "due by"
    open_task(
        by=None, at=at, kind=KIND, what=f"{step.words}: {late} {day(step.due)}", child=plan.child,
        team=plan.child.team, owner=owner, about=about,
        place=Place("transitions:plan", (plan.ref,)), due_on=max(step.due, timezone.localdate(at)),
    )  # fmt: skip
