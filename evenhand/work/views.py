"""The pages of tasks: the list, one task, and each thing that can be done to it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import resolve, reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from evenhand.accounts.models import User
from evenhand.accounts.permissions import may, requires
from evenhand.accounts.scope import scope_of
from evenhand.design.paging import page_of
from evenhand.design.shell import NavItem
from evenhand.history.actions import log_view
from evenhand.people.views.overtaken import ADD, Overtaken, answer_overtaken
from evenhand.people.views.requests import viewer_of
from evenhand.problems import Problem
from evenhand.versions import Superseded
from evenhand.work import actions, forms, queries, tables, wording
from evenhand.work.models import Task
from evenhand.work.pack import kind_of

LISTS = {
    "": ("Mine", queries.mine, "No task waits for you."),
    "team": ("My people's", queries.of_my_people, "Nobody whom you manage has an open task."),
    "check": ("To check", queries.to_check, "No task waits to be checked by you."),
    "all": ("All that I may see", queries.tasks_for, "There is no task yet."),
}


@requires("tasks.view")
@require_GET
def tasks(request: HttpRequest) -> HttpResponse:
    """List tasks: those that wait for the viewer, their people's, and all that they may see."""
    viewer, today = viewer_of(request), timezone.localdate()
    whose = request.GET.get("whose", "")
    title, find, empty = LISTS.get(whose, LISTS[""])
    page = page_of(find(viewer), request.GET.get("page"))
    context = {
        "tabs": _tabs(whose if whose in LISTS else ""),
        "page": page,
        "table": tables.tasks_table(page.object_list, today, caption=title, empty=empty),
    }
    return render(request, "work/tasks.html", context)


def _tabs(whose: str) -> list[NavItem]:
    here = reverse("work:tasks")
    return [
        NavItem(title, f"{here}?whose={key}" if key else here, active=key == whose)
        for key, (title, _, _) in LISTS.items()
    ]


@requires("tasks.view")
@require_GET
def task(request: HttpRequest, ref: str) -> HttpResponse:
    """Show one task: what is asked, what came of it, and what was measured before and since."""
    viewer, found = viewer_of(request), _found(request, ref)
    readings = list(found.readings.order_by("taken_at", "pk"))
    exact = scope_of(viewer).persons.everyone
    context = {
        "task": found,
        "rows": tables.task_rows(found, timezone.localdate()),
        "place_url": _may_open(viewer, wording.place_url(found)),
        "steps": _steps(viewer, found),
        "readings": tables.readings_table(readings, exact=exact),
        "change": wording.outcome_of(readings, exact=exact),
        "trail": tables.trail(queries.trail_of(found)),
    }
    return render(request, "work/task.html", context)


class Step(NamedTuple):
    """One thing that can be done to a task: its words, its form, the action, what is said after."""

    words: str
    form: Callable[..., Any]
    do: Callable[..., Any]
    said: str


@requires("tasks.view")
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, ref: str, step: str) -> HttpResponse:
    """Do one thing to a task; who comes second sees the first's words, and keeps their own."""
    viewer, found = viewer_of(request), _found(request, ref)
    asked = STEPS.get(step)
    back = reverse("work:task", args=[found.ref])
    if asked is None or not _is_for(viewer, found, step):
        raise Http404
    if ADD in request.POST or not _is_still_to_do(found, step):
        return _overtaken(request, found, back)
    form = asked.form(request.POST or None, task=found, today=timezone.localdate())
    if form.is_valid():
        try:
            asked.do(found, by=viewer, at=timezone.now(), **form.given)
        except Superseded:
            return _overtaken(request, found, back)
        except Problem as problem:
            form.refuse(problem)
        else:
            messages.success(request, asked.said)
            return redirect(back)
    context = {"form": form, "task": found, "words": asked.words, "back": back}
    return render(request, "work/step.html", context)


def _found(request: HttpRequest, ref: str) -> Task:
    """Find a task that the viewer may see; of one about a child, the look is logged."""
    viewer = viewer_of(request)
    found = get_object_or_404(queries.tasks_for(viewer), ref=ref)
    if found.child is not None:
        kept = found.child.merged_into_id or found.child.pk
        log_view(viewer, kept, page="task", at=timezone.now())
    return found


def _may_open(viewer: User, url: str) -> str:
    """Return an address of ours if the viewer may open its page; empty otherwise."""
    if not url:
        return ""
    needed = getattr(resolve(url.partition("?")[0]).func, "permission", None)
    return url if needed is None or may(viewer, needed) else ""


def _overtaken(request: HttpRequest, task: Task, back: str) -> HttpResponse:
    latest = queries.trail_of(task).first()
    event = latest.action if latest else "task.opened"
    return answer_overtaken(request, Overtaken(task, event, back, task.child_id))


def _steps(viewer: User, task: Task) -> list[tuple[str, str]]:
    return [
        (asked.words, reverse("work:step", args=[task.ref, key]))
        for key, asked in STEPS.items()
        if _is_open_to(viewer, task, key)
    ]


def _is_open_to(viewer: User, task: Task, step: str) -> bool:
    return _is_still_to_do(task, step) and _is_for(viewer, task, step)


def _is_still_to_do(task: Task, step: str) -> bool:
    if step == "note":
        return True
    return task.state == (Task.State.TO_BE_CHECKED if step == "check" else Task.State.OPEN)


def _is_for(viewer: User, task: Task, step: str) -> bool:
    """Whether the viewer, who sees the task, may do this to it; a note anybody may add."""
    if step == "check":
        return task.done_by_id != viewer.pk
    return step == "note" or queries.may_act(viewer, task)


def _done(data: Any, *, task: Task, today: date) -> forms.DoneForm:
    return forms.DoneForm(data, task=task, kind=kind_of(task.kind))


def _reason(label: str) -> Callable[..., forms.ReasonForm]:
    def made(data: Any, *, task: Task, today: date) -> forms.ReasonForm:
        return forms.ReasonForm(data, task=task, label=label)

    return made


def _without_day(form: Any) -> Callable[..., Any]:
    def made(data: Any, *, task: Task, today: date) -> Any:
        return form(data, task=task)

    return made


def _check(task: Task, *, by: User, at: datetime, version: int, verdict: str, reason: str) -> Any:
    decide = actions.check if verdict == forms.AGREED else actions.send_back
    return decide(task, by=by, at=at, version=version, reason=reason)


def _note(task: Task, *, by: User, at: datetime, version: int, reason: str) -> Any:
    return actions.note(task, by=by, at=at, reason=reason)


STEPS = {
    "done": Step("Say that it is done", _done, actions.finish, "The task is done."),
    "check": Step(
        "Check it", _without_day(forms.CheckForm), _check, "What you found is recorded."
    ),
    "pass-on": Step(
        "Give it to somebody else", _without_day(forms.PassOnForm), actions.pass_on,
        "The task is passed on.",
    ),
    "put-off": Step(
        "Leave it until later", forms.PutOffForm, actions.put_off,
        "The task is put off. It is still due on the same day.",
    ),
    "not-needed": Step(
        "Say that it is not needed", _reason("Why need it not be done?"), actions.set_aside,
        "The task is set aside.",
    ),
    "note": Step("Add a note", _reason("What do you want to add?"), _note, "Your note is kept."),
}  # fmt: skip
