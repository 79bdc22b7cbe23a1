"""Beginning a plan, and the tasks that follow from one."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.accounts.references import new_reference
from evenhand.history.actions import Change, Happening, action
from evenhand.people.models import Child
from evenhand.people.queries.reach import of_child
from evenhand.problems import Problem
from evenhand.recording.models import Answer, Recording
from evenhand.standards import standing
from evenhand.transitions import keeping
from evenhand.transitions.facts import SUBJECT
from evenhand.transitions.models import TransitionPlan
from evenhand.transitions.protocol import beginning, route_called, routes
from evenhand.work.actions import Place, finish, open_task
from evenhand.work.models import STILL_OPEN, Task

ASK_LEAVING = "transition-leaving-date"


@action("transition.begun")
def begin_plan(child: Child, route: str, *, by: User, at: datetime) -> Change:
    """Begin a plan for a young person to one adult service.

    What was written down before counts for it. Raises Problem for a route that the packs have not,
    a child whose day of birth is not recorded, and where there is one already.
    """
    found = route_called(route)
    if child.born_on is None:
        raise Problem("Their day of birth is not recorded.", "Put it in the case system first.")
    if TransitionPlan.objects.filter(of_child(child), route=route).exists():
        raise Problem(f"There is a plan for {found.name} already.", "Open that one.")
    made = TransitionPlan.objects.create(
        ref=new_reference(), child=child, route=route, begun_on=timezone.localdate(at),
        begun_by=by, begun_at=at,
    )  # fmt: skip
    keeping.keep([made], at=at)
    standing.restate_subjects(SUBJECT, [made.pk], at)
    ask_when_they_leave(child, by=by, at=at)
    return Change(made, {"route": (None, route)}, child_id=child.pk)


def after_recording(happening: Happening) -> None:
    """Bring plans up to date, ask what is still to ask, and begin what a yes begins."""
    made = happening.subject
    if not isinstance(made, Recording) or made.child is None:
        return
    if made.subject == SUBJECT or made.form in keeping.OF_CHILD:
        _begin_others(made, by=happening.by, at=happening.at)
        keeping.after_recording(happening)
        ask_when_they_leave(made.child, by=happening.by, at=happening.at)


def ask_when_they_leave(child: Child, *, by: User, at: datetime) -> None:
    """Ask for the day of leaving education once a review was held; it is done when it is known."""
    plans = TransitionPlan.objects.filter(of_child(child))
    asked = plans.filter(reviewed_on__isnull=False, leaving_on=None).exists()
    about = f"transition-leaving:{child.ref}"
    task = Task.objects.filter(kind=ASK_LEAVING, about=about, state__in=STILL_OPEN).first()
    if asked and task is None:
        open_task(
            by=None, at=at, kind=ASK_LEAVING, what="Ask when the young person leaves education",
            child=child, team=child.team, owner=worker_of(child), about=about,
            place=Place("recording:new-of-child", (child.ref, keeping.LEAVING)),
        )  # fmt: skip
    elif not asked and task is not None:
        finish(task, by=by, at=at, version=task.version, reason="It is written down.")


def worker_of(child: Child) -> User | None:
    """Return the child's worker where they sign in and may open the record."""
    user: User | None = getattr(child.worker, "user", None)
    if user is None or not user.is_active:
        return None
    return user if Child.objects.visible_to(user).filter(pk=child.pk).exists() else None


def _begin_others(made: Recording, *, by: User, at: datetime) -> None:
    also = beginning()
    yes = Answer.objects.filter(recording=made, question__in=also, yes=True)
    for question in yes.values_list("question", flat=True):
        route = also[question]
        there = TransitionPlan.objects.filter(of_child(made.child), route=route)  # type: ignore[arg-type]
        if route in routes() and made.child is not None and not there.exists():
            begin_plan(made.child, route, by=by, at=at)
