"""What stands between a request and its page: when a session ends, and that no words are lost."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from evenhand.accounts import keeping, sessions, visitors
from evenhand.accounts.filling import filled
from evenhand.accounts.models import KeptForm, User

NEEDS_SECOND_STEP = "needs_second_step"
"""In the session of a person whose role asks for a second step that they have not set up yet."""
OPEN_WITHOUT = {"accounts:set-up-second-step", "accounts:sign-out", "accounts:recovery-codes"}
FOUND = 200
Reply = Callable[[HttpRequest], HttpResponse]


class EndedSessions:
    """End a session that was quiet too long or lasted too long; note the use of any other."""

    def __init__(self, get_response: Reply) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        now = timezone.now()
        if request.user.is_authenticated and sessions.has_ended(request.session, now):
            logout(request)
        if isinstance(request.user, User):
            sessions.note_use(request.session, now, visitors.visitor_of(request).browser)
        response = self.get_response(request)
        if isinstance(request.user, User):
            visitors.remember(request, response, request.user.ref)
        return response


class SignInFirst(LoginRequiredMiddleware):
    """Django's own: every page is behind a sign-in. What was typed meanwhile is kept."""

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase], *args: object
    ) -> HttpResponseBase | None:
        """Lead to the sign-in, or to setting up the second step that the role asks for."""
        needs = request.user.is_authenticated and request.session.get(NEEDS_SECOND_STEP)
        match = request.resolver_match
        if needs and match is not None and match.view_name not in OPEN_WITHOUT:
            return redirect("accounts:set-up-second-step")
        reply: HttpResponseBase | None = super().process_view(request, view_func, *args)
        return reply

    def handle_no_permission(
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        """Lead to the sign-in and, after it, back to the words."""
        kept = keeping.keep(request, at=timezone.now()) if request.method == "POST" else None
        if kept is not None:
            return redirect_to_login(keeping.way_back(kept), reverse(settings.LOGIN_URL))
        reply: HttpResponseBase = super().handle_no_permission(request, view_func)
        return reply


class WordsKept:
    """Draw a page that is asked for with kept words so that they stand in its form again."""

    def __init__(self, get_response: Reply) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        ref = request.GET.get(keeping.ASKED_FOR) if request.method == "GET" else None
        if not ref or not isinstance(request.user, User):
            return response
        kept = keeping.kept_for(request.user, ref, at=timezone.now())
        return response if kept is None else _with_words(request, response, kept)


def _with_words(request: HttpRequest, response: HttpResponse, kept: KeptForm) -> HttpResponse:
    """Return the page with the words in it; where it has no such form, the list of them."""
    words, files = keeping.opened(kept)
    page = None
    if response.status_code == FOUND and not response.streaming:
        notice = render_to_string("accounts/words_kept.html", {"kept": kept, "files": files})
        html = response.content.decode(response.charset)
        page = filled(html, words, path=kept.path, here=request.path, notice=notice)
    if page is None:
        return redirect("accounts:kept", ref=kept.ref)
    response.content = page.encode(response.charset)
    return response
