"""The moment of signing in: after the password, after the second step, after the directory."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from evenhand.accounts import sessions
from evenhand.accounts.actions import sign_ins
from evenhand.accounts.middleware import NEEDS_SECOND_STEP
from evenhand.accounts.models import Attempt, User
from evenhand.accounts.queries.users import must_set_up_second_step
from evenhand.accounts.visitors import visitor_of

BY_PASSWORD = "django.contrib.auth.backends.ModelBackend"  # noqa: S105 (a dotted path)
PENDING = "second_step"
LASTS = timedelta(minutes=10)
"""So long may somebody look for their telephone between the password and the code."""


def enter(request: HttpRequest, user: User, *, at: datetime) -> None:
    """Sign a person in, under a new session key, from which the session's time counts."""
    sessions.begin_again(request.session)
    login(request, user, backend=BY_PASSWORD)
    sessions.note_use(request.session, at, visitor_of(request).browser)


def enter_by_password(
    request: HttpRequest, user: User, attempt: Attempt, onward: str, *, at: datetime
) -> HttpResponse:
    """Sign in whoever gave all that is asked; lead to what is missing of it, or onward."""
    enter(request, user, at=at)
    sign_ins.end(attempt, Attempt.Kind.SIGNED_IN)
    if must_set_up_second_step(user):
        request.session[NEEDS_SECOND_STEP] = onward
        return redirect("accounts:set-up-second-step")
    return redirect(onward)


def wait_for_code(request: HttpRequest, user: User, onward: str, *, at: datetime) -> None:
    """Keep in the session who gave the right password; nobody is signed in by that."""
    request.session.cycle_key()
    request.session[PENDING] = {"ref": user.ref, "at": at.timestamp(), "onward": onward}


def waiting(request: HttpRequest, *, at: datetime) -> tuple[User, str] | None:
    """Return who is to give a code, and where they go then; None where nobody is, any more."""
    pending: dict[str, Any] = request.session.get(PENDING) or {}
    begun = float(pending.get("at", 0))
    if at.timestamp() - begun > LASTS.total_seconds():
        return None
    user = User.objects.filter(ref=pending["ref"], is_active=True).first()
    return (user, str(pending["onward"])) if user else None


def onward_of(request: HttpRequest) -> str:
    """Return where somebody wanted to go, if that is a page of ours; else the first page."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        wanted, {request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else resolve_url(settings.LOGIN_REDIRECT_URL)
