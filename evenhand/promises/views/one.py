"""One promise, and each thing that can be done to it beside its clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from evenhand.accounts.models import User
from evenhand.accounts.permissions import may, requires
from evenhand.people.views.forming import Page, taken
from evenhand.people.views.requests import viewer_of
from evenhand.promises import actions, forms, queries, tables
from evenhand.promises.models import Allowance, Explanation
from evenhand.rules import State
from evenhand.standards.queries import Promise


class Seen(NamedTuple):
    """One promise with what was added to it."""

    promise: Promise
    explanation: Explanation | None
    allowances: list[Allowance]


@requires("promises.explain")
@require_GET
def one(request: HttpRequest, of: str, ref: str, key: str) -> HttpResponse:
    """Show one promise: what, why, how it stands, and what was added to it."""
    viewer, seen = viewer_of(request), _seen(request, of, ref, key)
    row = seen.promise.row
    context = {
        "promise": seen.promise,
        "child": row.child,
        "rows": tables.promise_rows(seen.promise),
        "aside": tables.aside_rows(queries.aside_of(row)),
        "explanation": tables.explanation_rows(seen.explanation),
        "allowances": tables.allowances_table(seen.allowances, row),
        "steps": [
            (step.words, reverse("promises:step", args=[of, ref, key, slug]))
            for slug, step in STEPS.items()
            if may(viewer, step.permission) and step.is_open(seen, viewer)
        ],
    }
    return render(request, "promises/one.html", context)


@requires("promises.explain")
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, of: str, ref: str, key: str, step: str) -> HttpResponse:
    """Do one thing to a promise; its own day is never moved."""
    viewer, seen, asked = viewer_of(request), _seen(request, of, ref, key), STEPS.get(step)
    if asked is None:
        raise Http404
    if not may(viewer, asked.permission):
        raise PermissionDenied(asked.permission)
    back = reverse("promises:one", args=[of, ref, key])
    if not asked.is_open(seen, viewer):
        messages.info(request, "There is nothing to do of that kind any more.")
        return redirect(back)
    form = asked.form(
        request.POST or None, today=timezone.localdate(), explanation=seen.explanation
    )

    def act(by: User, at: datetime) -> str:
        asked.do(seen, by=by, at=at, **form.given)
        return back

    title = seen.promise.standard.title
    page = Page(asked.words, asked.words, "Back to the promise", back, caption=title)
    return taken(request, form, page, act, asked.said)


def _seen(request: HttpRequest, of: str, ref: str, key: str) -> Seen:
    promise = queries.promise_for(viewer_of(request), of, ref, key, now=timezone.now())
    row = promise.row
    return Seen(promise, queries.explanation_of(row), list(queries.allowances_of(row)))


class Step(NamedTuple):
    """One thing that can be done: its words, who may, its form, the action, what is said after."""

    words: str
    permission: str
    form: Callable[..., forms.StepForm]
    do: Callable[..., Any]
    said: str
    is_open: Callable[[Seen, User], bool]


def _is_not_kept(seen: Seen, _viewer: User) -> bool:
    return seen.promise.state in actions.NOT_KEPT


def _is_waiting(seen: Seen, _viewer: User) -> bool:
    return seen.promise.state in (State.LATE, State.OPEN)


def _may_review(seen: Seen, viewer: User) -> bool:
    found = seen.explanation
    return found is not None and found.reviewed_by_id is None and found.given_by_id != viewer.pk


def _is_let_off(seen: Seen, _viewer: User) -> bool:
    return any(one.ended_on is None for one in seen.allowances)


def _explain(seen: Seen, **given: Any) -> Any:
    return actions.explain(seen.promise.row, seen.promise.state, **given)


def _review(seen: Seen, **given: Any) -> Any:
    return actions.review(seen.explanation, **given)  # type: ignore[arg-type]


def _end(seen: Seen, **given: Any) -> Any:
    held = next(one for one in seen.allowances if one.ended_on is None)
    return actions.end_allowance(held, **given)


def _of_row(act: Callable[..., Any]) -> Callable[..., Any]:
    def do(seen: Seen, **given: Any) -> Any:
        return act(seen.promise.row, **given)

    return do


STEPS = {
    "why": Step(
        "Say why it was not kept", "promises.explain", forms.ReasonForm, _explain,
        "The reason is kept.", _is_not_kept,
    ),
    "review": Step(
        "Review the reason", "promises.review", forms.ReviewForm, _review,
        "Your review is kept.", _may_review,
    ),
    "let-off": Step(
        "Agree a pause, more time or an exemption", "promises.review", forms.AllowanceForm,
        _of_row(actions.allow), "It is kept, and stands beside the clock.", _is_waiting,
    ),
    "end-let-off": Step(
        "End what was agreed", "promises.review", forms.EndForm, _end, "It is ended.", _is_let_off,
    ),
    "put-off": Step(
        "Leave it until later", "promises.explain", forms.PutOffForm, _of_row(actions.put_off),
        "It is put off in the lists. It is still due on the same day.", _is_waiting,
    ),
    "pass-on": Step(
        "Ask somebody else to see to it", "promises.explain", forms.PassOnForm,
        _of_row(actions.pass_on), "It is passed on. It is still due on the same day.", _is_waiting,
    ),
}  # fmt: skip
