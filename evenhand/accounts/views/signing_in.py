"""Sign in with a password and a second step, and sign out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from evenhand.accounts import entering, openid
from evenhand.accounts.actions import sign_ins
from evenhand.accounts.actions.second_steps import use_code, use_recovery_code
from evenhand.accounts.demo import sign_ins as demo_sign_ins
from evenhand.accounts.forms import CodeForm, RecoveryForm, SignInForm
from evenhand.accounts.keeping import ASKED_FOR
from evenhand.accounts.models import Attempt, SecondStep, User
from evenhand.accounts.queries.users import second_step_of
from evenhand.accounts.views.requests import ask, viewer_of
from evenhand.accounts.visitors import LAST_PERSON, visitor_of

TOO_MANY_REQUESTS = 429
Kind = Attempt.Kind


class SignIn(LoginView):
    """The sign-in page. In the demonstration it offers one sign-in for each role."""

    authentication_form = SignInForm
    template_name = "accounts/sign_in.html"
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Write that somebody tries, and look at the password only where they may try now."""
        now = timezone.now()
        username = request.POST.get("username", "")
        self.attempt, until = sign_ins.begin(username, visitor_of(request), at=now)
        if until is not None:
            return paused(request, until)
        return super().post(request, *args, **kwargs)  # type: ignore[no-any-return]

    def form_invalid(self, form: SignInForm) -> HttpResponse:
        """Say that they do not match, in the same words whether there is such a user or not."""
        sign_ins.end(self.attempt, Kind.FAILED)
        return super().form_invalid(form)  # type: ignore[no-any-return]

    def form_valid(self, form: SignInForm) -> HttpResponse:
        """Ask for the second step where there is one, else sign in."""
        now, user = timezone.now(), form.get_user()
        onward = entering.onward_of(self.request)
        if second_step_of(user) is None:
            return entering.enter_by_password(self.request, user, self.attempt, onward, at=now)
        sign_ins.end(self.attempt, Kind.PASSWORD)
        entering.wait_for_code(self.request, user, onward, at=now)
        return redirect("accounts:second-step")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the form, the directory where there is one, and the demonstration's offers."""
        onward = entering.onward_of(self.request)
        return super().get_context_data(  # type: ignore[no-any-return]
            demo_sign_ins=demo_sign_ins() if settings.DEMO else [],
            directory=_directory(onward),
            words_kept=f"{ASKED_FOR}=" in onward,
            **kwargs,
        )


def _directory(onward: str) -> dict[str, str] | None:
    provider = openid.provider()
    if provider is None:
        return None
    url = f"{reverse('accounts:directory')}?{urlencode({'next': onward})}"
    return {"words": f"Sign in with {provider.name}", "url": url}


class SignOut(LogoutView):
    """Signs out on POST, and forgets whose browser it was."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Write it to the log, and end the session."""
        if isinstance(request.user, User):
            now = timezone.now()
            sign_ins.note(viewer_of(request), Kind.SIGNED_OUT, visitor_of(request), at=now)
        response: HttpResponseBase = super().post(request, *args, **kwargs)
        response.delete_cookie(LAST_PERSON, samesite="Lax")  # type: ignore[attr-defined]
        return response


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def second_step(request: HttpRequest) -> HttpResponse:
    """Ask for the code of the authenticator app, or for a recovery code (``?recovery``)."""
    now = timezone.now()
    found = entering.waiting(request, at=now)
    step = second_step_of(found[0]) if found else None
    if found is None or step is None:
        return redirect("accounts:sign-in")
    user, onward = found
    by_recovery = "recovery" in request.GET
    form = (RecoveryForm if by_recovery else CodeForm)(request.POST or None)
    if form.is_valid():
        attempt, until = sign_ins.begin(
            user.username, visitor_of(request), at=now, kind=Kind.STEP_TRIED
        )
        if until is not None:
            return paused(request, until)
        if _opens(step, form.cleaned_data["code"], by_recovery, now):
            request.session.pop(entering.PENDING)
            return entering.enter_by_password(request, user, attempt, onward, at=now)
        sign_ins.end(attempt, Kind.STEP_FAILED)
        form.add_error("code", "That code is not right, or was used already. Try the next one.")
    return _ask_for_code(request, form, by_recovery)


def _opens(step: SecondStep, code: str, by_recovery: bool, now: datetime) -> bool:
    return (use_recovery_code if by_recovery else use_code)(step, code, at=now)


def _ask_for_code(
    request: HttpRequest, form: CodeForm | RecoveryForm, by_recovery: bool
) -> HttpResponse:
    here = reverse("accounts:second-step")
    other, words = (
        (here, "Use the authenticator app instead")
        if by_recovery
        else (f"{here}?recovery", "You cannot use the app: give a recovery code")
    )
    heading = "Give a recovery code" if by_recovery else "Give the code of your app"
    return ask(request, form, heading, "Sign in", other=other, other_words=words)


def paused(request: HttpRequest, until: datetime) -> HttpResponse:
    """Say that too many wrong tries were made, and when to try again."""
    response = render(
        request, "accounts/locked_out.html", {"until": until}, status=TOO_MANY_REQUESTS
    )
    response.headers["Retry-After"] = str(max(1, int((until - timezone.now()).total_seconds())))
    return response
