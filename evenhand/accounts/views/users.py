"""Everybody's account, for an administrator."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from evenhand.accounts import actions
from evenhand.accounts.forms import (
    ChangeUserForm,
    EndRoleForm,
    GiveRoleForm,
    UserForm,
    UsersFilter,
    WhyForm,
)
from evenhand.accounts.models import User
from evenhand.accounts.permissions import requires
from evenhand.accounts.queries import sign_ins as log
from evenhand.accounts.queries import users as reads
from evenhand.accounts.tables import (
    grants_table,
    history_table,
    log_table,
    user_rows,
    users_table,
)
from evenhand.accounts.views.requests import ask, viewer_of
from evenhand.design.paging import page_of
from evenhand.problems import Problem

MAY = "users.manage"
LATEST = 10
LINK = "link to choose a password"
"""In an administrator's session, between making a link and showing it."""
Act = Callable[..., Any]


@requires(MAY)
@require_GET
def users(request: HttpRequest) -> HttpResponse:
    """List everybody who signs in."""
    asked, today = UsersFilter(request.GET or None), timezone.localdate()
    found = reads.users()
    chosen = asked.cleaned_data if asked.is_valid() else {}
    if chosen.get("role"):
        held = reads.in_force(today, role=chosen["role"])
        found = found.filter(grants__in=held).distinct()
    if chosen.get("account"):
        found = found.filter(is_active=chosen["account"] == "open")
    page = page_of(found.prefetch_related("grants__team"), request.GET.get("page"))
    context = {"filter": asked, "page": page, "table": users_table(page.object_list, today)}
    return render(request, "accounts/users.html", context)


@requires(MAY)
@require_http_methods(["GET", "POST"])
def new_user(request: HttpRequest) -> HttpResponse:
    """Make a user, who signs in once they have a link and sees nothing until they have a role."""
    form = UserForm(request.POST or None)
    if form.is_valid():
        try:
            made = actions.create_user(
                by=viewer_of(request), at=timezone.now(), **form.cleaned_data
            )
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, f"{made.name} is a user. Give a role, then make a link.")
            return redirect("accounts:user", ref=made.ref)
    return ask(request, form, "Make a user", "Make the user",
               back=reverse("accounts:users"), back_words="Users")  # fmt: skip


@requires(MAY)
@never_cache
@require_GET
def user(request: HttpRequest, ref: str) -> HttpResponse:
    """Show one user: roles, how they sign in, what was changed; and a link just made, once."""
    found = found_user(ref)
    log_of = log.sign_ins().filter(user=found)[:LATEST]
    context = {
        "user_shown": found,
        "own": found == viewer_of(request),
        "rows": user_rows(found),
        "links": _links(found),
        "paused_until": log.paused_until(found, now=timezone.now()),
        "grants": grants_table(reads.grants_of(found)),
        "log": log_table(list(log_of), whose=False),
        "history": history_table(reads.changes_of(found)[:LATEST]),
    }
    return render(request, "accounts/user.html", context | _link_just_made(request, found))


def _link_just_made(request: HttpRequest, found: User) -> dict[str, Any]:
    made = request.session.pop(LINK, None)
    if made is None or made["ref"] != found.ref:
        return {}
    until = timezone.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    return {**made, "link_until": until}


def _links(found: User) -> list[tuple[str, str]]:
    named = [("change-user", "Change name, e-mail address or worker"), ("give-role", "Give a role")]
    if reads.grants_in_force(found, timezone.localdate()).exists():
        named.append(("end-role", "End a role"))
    if reads.second_step_of(found) is not None:
        named.append(("reset-second-step", "Reset the second step"))
    named.append(
        ("close-account", "Close the account")
        if found.is_active
        else ("reopen-account", "Reopen the account")
    )
    return [(reverse(f"accounts:{name}", args=[found.ref]), words) for name, words in named]


def found_user(ref: str) -> User:
    return get_object_or_404(reads.users(), ref=ref)


@requires(MAY)
@require_http_methods(["GET", "POST"])
def change_user(request: HttpRequest, ref: str) -> HttpResponse:
    """Change a user's name, e-mail address, or whom of the workers they are."""
    found = found_user(ref)
    worker = found.worker.ref if found.worker else ""
    now_held = {"name": found.name, "email": found.email, "worker": worker}
    form = ChangeUserForm(request.POST or None, initial=now_held, user=found)
    return _done_or_asked(
        request, form, found, lambda **k: actions.change_user(found, **k, **form.cleaned_data),
        "Change a user", "Save",
    )  # fmt: skip


@requires(MAY)
@require_http_methods(["GET", "POST"])
def give_role(request: HttpRequest, ref: str) -> HttpResponse:
    """Give a role over a team or the authority, from a day and to a day."""
    found = found_user(ref)
    form = GiveRoleForm(request.POST or None, initial={"starts_on": timezone.localdate()})
    return _done_or_asked(
        request, form, found, lambda **k: actions.grant(found, **k, **form.cleaned_data),
        "Give a role", "Give it",
    )  # fmt: skip


@requires(MAY)
@require_http_methods(["GET", "POST"])
def end_role(request: HttpRequest, ref: str) -> HttpResponse:
    """End one of a user's roles at once."""
    found, today = found_user(ref), timezone.localdate()
    held = list(reads.grants_in_force(found, today))
    form = EndRoleForm(request.POST or None, grants=held)

    def act(**k: Any) -> None:
        chosen = next(each for each in held if str(each.pk) == form.cleaned_data["role"])
        actions.end_grant(chosen, **k)

    return _done_or_asked(request, form, found, act, "End a role", "End it now")


@requires(MAY)
@require_http_methods(["GET", "POST"])
def close_account(request: HttpRequest, ref: str) -> HttpResponse:
    """Close an account: every session ends, and nobody signs in with it."""
    return _with_reason(request, ref, actions.close_account, "Close the account", "Close it")


@requires(MAY)
@require_http_methods(["GET", "POST"])
def reopen_account(request: HttpRequest, ref: str) -> HttpResponse:
    """Reopen a closed account."""
    return _with_reason(request, ref, actions.reopen_account, "Reopen the account", "Reopen it")


@requires(MAY)
@require_http_methods(["GET", "POST"])
def reset_second_step(request: HttpRequest, ref: str) -> HttpResponse:
    """Forget a person's app and codes, so that they set up another."""
    return _with_reason(
        request, ref, actions.reset_second_step, "Reset the second step", "Reset it"
    )


def _with_reason(
    request: HttpRequest, ref: str, act: Act, heading: str, words: str
) -> HttpResponse:
    found, form = found_user(ref), WhyForm(request.POST or None)
    return _done_or_asked(
        request, form, found, lambda **k: act(found, **k, **form.cleaned_data), heading, words
    )


def _done_or_asked(
    request: HttpRequest, form: Any, found: User, act: Act, heading: str, words: str
) -> HttpResponse:
    """Do it and return to the user's page; or ask, saying what is wrong."""
    if form.is_valid():
        try:
            act(by=viewer_of(request), at=timezone.now())
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "Done, and written to the history.")
            return redirect("accounts:user", ref=found.ref)
    return ask(request, form, heading, words, back=reverse("accounts:user", args=[found.ref]),
               back_words=found.name)  # fmt: skip
