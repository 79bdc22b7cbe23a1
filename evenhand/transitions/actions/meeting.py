"""The monitoring meeting: holding one, a note on each case, and closing it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.accounts.references import new_reference
from evenhand.history.actions import Change, action
from evenhand.people.days import refuse_to_come
from evenhand.problems import Problem
from evenhand.transitions.models import AgendaCase, MonitoringMeeting, TransitionPlan
from evenhand.work.actions import Place, open_task
from evenhand.work.models import Task

DIFFICULTY = "transition-difficulty"
Posts = Mapping[str, Sequence[str]]


@action("transition.meeting_held")
def hold_meeting(
    *, by: User, at: datetime, held_on: date, posts: Posts, plans: Sequence[TransitionPlan]
) -> Change:
    """Record a monitoring meeting, with these plans on its agenda and who of the posts came.

    ``posts`` is {post: [presence, deputy]}. Plans that the last meeting did not discuss are marked
    as carried on. Raises Problem for a day to come.
    """
    refuse_to_come(held_on, at, "Record the meeting when it is held.")
    made = MonitoringMeeting.objects.create(
        ref=new_reference(), held_on=held_on, posts={key: list(one) for key, one in posts.items()},
        recorded_by=by, recorded_at=at,
    )  # fmt: skip
    carried = _not_discussed(held_on)
    AgendaCase.objects.bulk_create(
        AgendaCase(ref=new_reference(), meeting=made, plan=plan, is_carried_on=plan.pk in carried)
        for plan in plans
    )
    return Change(made, {"held_on": (None, held_on), "cases": (None, len(plans))})


@action("transition.pack_written")
def write_pack(plans: Sequence[TransitionPlan], *, by: User, at: datetime) -> Change:
    """Note in the history that a pack of these plans was written into a file, for a meeting."""
    return Change(by, {"plans": (None, len(plans))})


@action("transition.case_noted")
def note_case(case: AgendaCase, *, by: User, at: datetime, note: str, difficulty: str) -> Change:
    """Note what was said of one plan. A difficulty opens a task, once.

    Raises Problem without a note, and once the meeting is closed.
    """
    _refuse_closed(case.meeting)
    if not note.strip():
        raise Problem("Nothing is noted.", "Write how they are getting on, in a few words.")
    case.note, case.difficulty, case.is_discussed = note.strip(), difficulty.strip(), True
    if case.difficulty and not case.task:
        case.task = _ask(case, by=by, at=at).ref
    case.save(update_fields=["note", "difficulty", "is_discussed", "task"])
    told = {"note": (None, "words, sealed"), "task": (None, case.task)}
    return Change(case, told, child_id=case.plan.child_id)


@action("transition.meeting_closed")
def close_meeting(meeting: MonitoringMeeting, *, by: User, at: datetime) -> Change:
    """Close a meeting: what has no note is carried on. Raises Problem where it is closed."""
    held = MonitoringMeeting.objects.select_for_update().get(pk=meeting.pk)
    _refuse_closed(held)
    held.closed_at = at
    held.save(update_fields=["closed_at"])
    return Change(held, {"closed_at": (None, at)})


def _ask(case: AgendaCase, *, by: User, at: datetime) -> Task:
    child = case.plan.child
    task: Task = open_task(
        by=by, at=at, kind=DIFFICULTY, what="Look into a difficulty that the meeting found",
        child=child, team=child.team, about=f"transition-case:{case.ref}",
        place=Place("transitions:plan", (case.plan.ref,)),
    )  # fmt: skip
    return task


def _refuse_closed(meeting: MonitoringMeeting) -> None:
    if meeting.closed_at is not None:
        on = timezone.localdate(meeting.closed_at)
        raise Problem(f"The meeting was closed on {on:%d/%m/%Y}.", "Note it at the next one.")


def _not_discussed(before: date) -> frozenset[int]:
    """Return the plans that the meeting before left without a note."""
    closed = MonitoringMeeting.objects.filter(held_on__lte=before, closed_at__isnull=False)
    last = closed.order_by("held_on", "pk").last()
    left = AgendaCase.objects.filter(meeting=last, is_discussed=False) if last else []
    return frozenset(one.plan_id for one in left)
