"""Your account: your password, your second step, where you are signed in."""

from __future__ import annotations

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from evenhand.accounts import actions, entering, keeping, second_steps
from evenhand.accounts.forms import ChangePasswordForm, CodeForm
from evenhand.accounts.middleware import NEEDS_SECOND_STEP
from evenhand.accounts.models import SecondStep, User
from evenhand.accounts.queries.sign_ins import sign_ins
from evenhand.accounts.queries.users import second_step_of, sessions_of
from evenhand.accounts.tables import log_table, sessions_table
from evenhand.accounts.views.requests import ask, viewer_of
from evenhand.design.components import SummaryRow
from evenhand.problems import Problem

SERVICE = "Evenhand"
LATEST = 10
ASK_CODE = "Give a code of your app, so that we know it is you."


@require_GET
def account(request: HttpRequest) -> HttpResponse:
    """Show a person what is theirs: how they sign in, from where, and what ends it."""
    viewer, now = viewer_of(request), timezone.now()
    mine = list(sessions_of(viewer, now=now))
    context = {
        "rows": _rows(viewer, second_step_of(viewer)),
        "sessions": sessions_table(mine, request.session.session_key or ""),
        "others": len(mine) > 1,
        "log": log_table(list(sign_ins().filter(user=viewer)[:LATEST]), whose=False),
    }
    return render(request, "accounts/account.html", context)


def _rows(viewer: User, step: SecondStep | None) -> list[SummaryRow]:
    left = step.codes.filter(used_at=None).count() if step else 0
    rows = [SummaryRow("Username", viewer.username)]
    if viewer.has_usable_password():
        url = reverse("accounts:change-password")
        rows.append(SummaryRow("Password", "Yours alone", action_url=url))
    url = reverse("accounts:set-up-second-step" if step is None else "accounts:recovery-codes")
    words = "Set up" if step is None else "Replace recovery codes"
    told = "Not set up" if step is None else f"Set up, with {left} recovery codes left"
    return [*rows, SummaryRow("Second step", told, action_url=url, action_words=words)]


@require_http_methods(["GET", "POST"])
def change_password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; every other session of one's own ends."""
    viewer, now = viewer_of(request), timezone.now()
    if not viewer.has_usable_password():
        raise Http404("This person signs in by the directory alone.")
    form = ChangePasswordForm(request.POST or None, user=viewer)
    if form.is_valid():
        password = form.cleaned_data["new_password"]
        actions.change_password(viewer, by=viewer, at=now, password=password)
        request.session.create()
        entering.enter(request, viewer, at=now)
        messages.success(request, "Your password is changed. Everywhere else you are signed out.")
        return redirect("accounts:account")
    return ask(
        request, form, "Change your password", "Change it",
        "Wherever else you are signed in, you will be signed out.",
        back=reverse("accounts:account"), back_words="Your account",
    )  # fmt: skip


@never_cache
@require_http_methods(["GET", "POST"])
def set_up_second_step(request: HttpRequest) -> HttpResponse:
    """Show the picture and the key for an authenticator app, and take its first code."""
    viewer, now = viewer_of(request), timezone.now()
    step = actions.begin_second_step(viewer)
    if step.confirmed_at is not None:
        return redirect("accounts:account")
    form = CodeForm(request.POST or None)
    if form.is_valid():
        try:
            codes = actions.confirm_second_step(
                step, by=viewer, at=now, code=form.cleaned_data["code"]
            )
        except Problem as problem:
            form.add_error("code", str(problem))
        else:
            onward = request.session.pop(NEEDS_SECOND_STEP, None)
            return _show_codes(request, codes, onward or resolve_url("accounts:account"))
    return _show_key(request, step, form)


def _show_key(request: HttpRequest, step: SecondStep, form: BaseForm) -> HttpResponse:
    address = second_steps.address(step.key, person=step.user.username, service=SERVICE)
    context = {
        "form": form,
        "key": second_steps.in_groups(step.key),
        "picture": SafeString(second_steps.picture(address)),  # drawn by us from our own words
        "needed": NEEDS_SECOND_STEP in request.session,
    }
    return render(request, "accounts/set_up_second_step.html", context)


def _show_codes(request: HttpRequest, codes: list[str], onward: str) -> HttpResponse:
    context = {"codes": codes, "onward": onward}
    return render(request, "accounts/recovery_codes.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Replace the recovery codes, against a code of the app."""
    viewer = viewer_of(request)
    step = second_step_of(viewer)
    if step is None:
        return redirect("accounts:set-up-second-step")
    form = CodeForm(request.POST or None)
    if form.is_valid():
        try:
            codes = actions.replace_recovery_codes(
                step, by=viewer, at=timezone.now(), code=form.cleaned_data["code"]
            )
        except Problem as problem:
            form.add_error("code", str(problem))
        else:
            return _show_codes(request, codes, reverse("accounts:account"))
    return ask(
        request, form, "Replace your recovery codes", "Make new ones", ASK_CODE,
        "The codes you have now will no longer open anything.",
        back=reverse("accounts:account"), back_words="Your account",
    )  # fmt: skip


@require_POST
def end_sessions(request: HttpRequest) -> HttpResponse:
    """Sign a person out everywhere, here too."""
    sessions_of(viewer_of(request), now=timezone.now()).delete()
    request.session.flush()
    return redirect("accounts:sign-in")


@never_cache
@require_GET
def kept(request: HttpRequest, ref: str) -> HttpResponse:
    """List what somebody had typed when their session ended: theirs alone."""
    found = keeping.kept_for(viewer_of(request), ref, at=timezone.now())
    if found is None:
        raise Http404("Nothing is kept under this reference.")
    words, files = keeping.opened(found)
    rows = [
        SummaryRow(name.replace("_", " ").capitalize(), "\n".join(values))
        for name, values in words.items()
        if name != "once" and any(values)
    ]
    return render(request, "accounts/kept.html", {"kept": found, "rows": rows, "files": files})
