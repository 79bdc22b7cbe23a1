"""Reads of tasks. Each takes the viewer: one's own, one's people's, and those of one's rooms."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import Case, CharField, Count, Prefetch, Q, QuerySet, Value, When

from evenhand.accounts.models import User
from evenhand.accounts.permissions import may
from evenhand.accounts.roles import roles
from evenhand.accounts.scope import Scope, scope_of
from evenhand.history.models import Entry
from evenhand.people.models import Child
from evenhand.people.queries.reach import of_child
from evenhand.work.models import STILL_OPEN, Reading, Task
from evenhand.work.pack import action_kinds, kinds

NOTHING = Q(pk__in=())
NAMED = 3
"""How many tasks of today a first page names; the list has all."""


class Summary(NamedTuple):
    """How many open tasks wait for a viewer, how many are late, and of their people how many;
    and the first few that are due this very day."""

    mine: int
    late: int
    team_late: int
    today: tuple[Task, ...] = ()


def tasks_for(viewer: User) -> QuerySet[Task]:
    """Return every task the viewer may see, those due first coming first.

    One's own, those one opened, those of the people one manages, and those of a kind that one's
    permissions let one see, of teams within reach; never one about a child closed to the viewer.
    """
    found = Task.objects.filter(_own(viewer) | _of_people(viewer) | _of_rooms(viewer))
    named = ("owner", "team", "child", "opened_by", "done_by", "checked_by")
    return found.filter(_of_children(viewer)).select_related(*named).order_by("due_on", "pk")


def mine(viewer: User) -> QuerySet[Task]:
    """Return the open tasks that wait for the viewer: named, or by a role they hold."""
    return tasks_for(viewer).filter(_to_do(viewer), state=Task.State.OPEN)


def of_my_people(viewer: User) -> QuerySet[Task]:
    """Return the open tasks of those whom the viewer manages."""
    own = Q(owner=viewer)
    return tasks_for(viewer).filter(_of_people(viewer), ~own, state__in=STILL_OPEN)


def to_check(viewer: User) -> QuerySet[Task]:
    """Return the tasks that somebody else has done and the viewer may check."""
    waiting = tasks_for(viewer).filter(state=Task.State.TO_BE_CHECKED)
    return waiting.exclude(done_by=viewer)


def everything_of(viewer: User) -> QuerySet[Task]:
    """Return the open tasks that wait for the viewer, to be done or checked, or for others who
    were asked by the viewer. Each says so as ``is_mine``: to be done by the viewer. One query."""
    to_do = Q(state=Task.State.OPEN) & _to_do(viewer)
    concerned = to_do | Q(opened_by=viewer) | Q(done_by=viewer) | Q(state=Task.State.TO_BE_CHECKED)
    is_mine = Case(When(to_do, then=Value(True)), default=Value(False))
    return tasks_for(viewer).filter(concerned, state__in=STILL_OPEN).annotate(is_mine=is_mine)


def open_about(viewer: User, child: Child) -> QuerySet[Task]:
    """Return the tasks about one child, or a record merged into theirs, that are not done yet.

    Those alone that the viewer may see at all: what is asked of others is not told to everybody.
    """
    about = of_child(child)
    return tasks_for(viewer).filter(about, state__in=STILL_OPEN)


def about_it(viewer: User, about: Iterable[str]) -> dict[str, Task]:
    """Return the open task of each of these things that has one the viewer may see."""
    found = tasks_for(viewer).filter(about__in=list(about), state__in=STILL_OPEN)
    return {task.about: task for task in found}


def improvements_for(viewer: User) -> QuerySet[Task]:
    """Return what is being done, with a baseline: each with its readings, the newest task first."""
    acting = tasks_for(viewer).filter(kind__in=action_kinds()).exclude(measure="")
    in_order = Prefetch("readings", Reading.objects.order_by("taken_at", "pk"))
    return acting.prefetch_related(in_order).order_by("-opened_at", "-pk")


def readings_of(tasks: QuerySet[Task]) -> list[tuple[Task, list[Reading]]]:
    """Return the tasks that have any readings, each with these in order. One query."""
    rows = Reading.objects.filter(task__in=tasks.prefetch_related(None).values("pk"))
    in_order = rows.order_by("-task__opened_at", "-task_id", "taken_at", "pk")
    by_task = groupby(in_order.select_related("task"), key=lambda one: one.task)
    return [(task, list(readings)) for task, readings in by_task]


def summary_for(viewer: User, *, today: date) -> Summary:
    """Return what a first page says of tasks. One query; a second where one is due today."""
    own = mine(viewer).filter(Q(later_until=None) | Q(later_until__lte=today))
    others = of_my_people(viewer).filter(due_on__lt=today)
    told = {
        whose: numbers
        for whose, *numbers in _counted(own, "own", today).union(_counted(others, "others", today))
    }
    every, late, now = told.get("own", (0, 0, 0))
    late_of_others, *_ = told.get("others", (0,))
    due_now = own.filter(due_on=today).order_by("-opened_at", "-pk")[:NAMED]
    return Summary(every, late, late_of_others, tuple(due_now) if now else ())


def _counted(tasks: QuerySet[Task], whose: str, today: date) -> QuerySet[Any, Any]:
    """Count tasks: all, late, due today."""
    return (
        tasks.order_by()
        .values(whose=Value(whose, output_field=CharField()))
        .annotate(
            all=Count("pk"), late=Count("pk", Q(due_on__lt=today)), now=Count("pk", Q(due_on=today))
        )
        .values_list("whose", "all", "late", "now")
    )


def may_act(viewer: User, task: Task) -> bool:
    """Whether the viewer may do, pass on or put off a task they see: theirs, or their people's."""
    theirs = _to_do(viewer) | Q(opened_by=viewer) | _of_people(viewer)
    return Task.objects.filter(theirs, _of_children(viewer), pk=task.pk).exists()


def trail_of(task: Task) -> QuerySet[Entry]:
    """Return what was done to a task the caller found, and said of it, the newest first."""
    told = Entry.objects.filter(subject=Task._meta.label_lower, subject_id=task.pk)
    return told.select_related("actor").order_by("-at", "-pk")


def _to_do(viewer: User) -> Q:
    return Q(owner=viewer) | _by_role(viewer)


def _own(viewer: User) -> Q:
    return _to_do(viewer) | Q(opened_by=viewer)


def _by_role(viewer: User) -> Q:
    scope = scope_of(viewer)
    if not scope.roles:
        return NOTHING
    return Q(owner=None, role__in=scope.roles) & _within(scope)


def _within(scope: Scope) -> Q:
    """Whose team is within reach: of persons or of counts, or the viewer's own."""
    if scope.persons.everyone or scope.aggregates.everyone:
        return ~NOTHING
    teams = scope.persons.teams | scope.aggregates.teams
    if scope.works_in is not None:
        teams |= {scope.works_in}
    return Q(team=None) | Q(team__in=teams)


def _of_people(viewer: User) -> Q:
    """Of those whom one manages: in one's line, or in the teams whose records one opens."""
    found = NOTHING
    if viewer.worker_id is not None:
        found |= Q(owner__worker__manager=viewer.worker_id)
    teams = scope_of(viewer).persons.teams
    return found | Q(owner__worker__team__in=teams) if teams else found


def _of_rooms(viewer: User) -> Q:
    known = [one for one in kinds().values() if one.seen_with in roles().permissions]
    seen = [one.id for one in known if may(viewer, one.seen_with)]
    reach = scope_of(viewer).aggregates
    return Q(kind__in=seen) & (~NOTHING if reach.everyone else Q(team__in=reach.teams))


def _of_children(viewer: User) -> Q:
    visible = Child.objects.visible_to(viewer).order_by().values("pk")
    kept = Q(child__in=visible) | Q(child__merged_into__in=visible)
    return Q(child=None) | kept
