"""Sign in and out."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from evenhand.accounts.demo import sign_ins
from evenhand.accounts.forms import SignInForm

TOO_MANY_REQUESTS = 429


class SignIn(LoginView):
    """The sign-in page. In the demonstration it offers one sign-in for each role."""

    authentication_form = SignInForm
    template_name = "accounts/sign_in.html"
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        offered = sign_ins() if settings.DEMO else []
        return super().get_context_data(demo_sign_ins=offered, **kwargs)


class SignOut(LogoutView):
    """Signs out on POST."""


def locked_out(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """Say that too many wrong passwords were tried, and when to try again."""
    return render(request, "accounts/locked_out.html", status=TOO_MANY_REQUESTS)
