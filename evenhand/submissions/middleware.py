"""Answers a form that was taken before as it was answered then, and does nothing twice."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone

from evenhand.submissions import once

WORDS = "The form came twice. It was recorded once."
REDIRECTS = range(300, 400)


class Once:
    """Stands after who the person is, and whether the form came from our own page, are settled."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and remember where the sender of a form that was taken is led."""
        with ExitStack() as stack:
            request.form_sent, request.form_stack = None, stack  # type: ignore[attr-defined]
            response = self.get_response(request)
            sent: once.Sent | None = request.form_sent  # type: ignore[attr-defined]
        if sent is not None and sent.is_claimed and response.status_code in REDIRECTS:
            once.led_to(sent, response["Location"])
        return response

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        """Answer for a form that was taken before; else let the view's actions claim it."""
        sent = _sent_in(request)
        if sent is None:
            return None
        if once.earlier(sent) is not None:
            return _as_before(request, sent)
        request.form_sent = request.form_stack.enter_context(once.sending(sent))  # type: ignore[attr-defined]
        return None

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """Answer for a form that another request took in the meantime."""
        sent: once.Sent | None = request.form_sent  # type: ignore[attr-defined]
        if isinstance(fault, once.TakenBefore) and sent is not None:
            return _as_before(request, sent)
        return None


def _sent_in(request: HttpRequest) -> once.Sent | None:
    if request.method != "POST" or not request.user.is_authenticated:
        return None
    token = request.POST.get(once.FIELD, "")
    if not once.has_shape(token):
        return None
    return once.Sent(token, request.user.pk, timezone.now())


def _as_before(request: HttpRequest, sent: once.Sent) -> HttpResponse:
    """Lead where the first was led; where its reply was never made, say that it was recorded."""
    found = once.earlier(sent)
    if found is None or not found.location:
        return render(request, "submissions/recorded_once.html")
    messages.info(request, WORDS)
    reply: HttpResponseRedirect = redirect(found.location)
    return reply
