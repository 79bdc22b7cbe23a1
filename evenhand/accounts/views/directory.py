"""Leave for the authority's directory, and come back signed in or with a sentence."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from evenhand.accounts import entering, openid
from evenhand.accounts.actions import directory, sign_ins
from evenhand.accounts.models import Attempt
from evenhand.accounts.visitors import visitor_of
from evenhand.problems import Problem

BEGUN = "directory"
FORBIDDEN = 403


@login_not_required
@never_cache
@require_GET
def leave(request: HttpRequest) -> HttpResponse:
    """Send the person to the directory; what must come back with them is kept in the session."""
    provider = _provider()
    try:
        address, begun = openid.begin(provider, back=_back(request))
    except Problem as problem:
        return _refused(request, problem)
    request.session[BEGUN] = [*begun, entering.onward_of(request)]
    return redirect(address)


@login_not_required
@never_cache
@require_GET
def back(request: HttpRequest) -> HttpResponse:
    """Take the directory's answer, once, and sign in whom it names."""
    provider, now = _provider(), timezone.now()
    *begun, onward = request.session.pop(BEGUN, None) or ["", "", "", ""]
    try:
        if not all(begun):
            raise openid.Refused("No sign-in was begun here, or it was finished.", openid.AGAIN)
        answer = openid.Begun(*begun)
        claims = openid.finish(provider, answer, request.GET.dict(), back=_back(request))
        user = directory.admit(claims, issuer=provider.issuer, at=now)
    except Problem as problem:
        sign_ins.note_refused(visitor_of(request), at=now)
        return _refused(request, problem)
    entering.enter(request, user, at=now)
    sign_ins.note(user, Attempt.Kind.SIGNED_IN, visitor_of(request), at=now)
    return redirect(onward)


def _provider() -> openid.Provider:
    provider = openid.provider()
    if provider is None:
        raise Http404("There is no directory to sign in with.")
    return provider


def _back(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("accounts:directory-back"))


def _refused(request: HttpRequest, problem: Problem) -> HttpResponse:
    return render(request, "accounts/refused.html", {"problem": problem}, status=FORBIDDEN)
