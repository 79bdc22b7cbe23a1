"""The pages of what went wrong: plain words, a reference that the log has too, no echo of input."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone

from evenhand.accounts import keeping
from evenhand.config.logs import reference_of
from evenhand.design.shell import Shell

Reply = Callable[[HttpRequest], HttpResponseBase]
BAD_REQUEST, FORBIDDEN, NOT_FOUND, NO_SUCH_METHOD = 400, 403, 404, 405
TOO_LARGE, TOO_MANY, OUR_FAULT = 413, 429, 500
METHODS = ("GET", "POST")


def fault_page(request: HttpRequest, status: int, page: str = "", **said: Any) -> HttpResponse:
    """Return the page of a status, with the reference under which the log has it."""
    context = {"reference": reference_of(request), **said}
    return render(request, page or f"{status}.html", context, status=status)


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: not a request that we understand; 413 for one that is too large."""
    status = TOO_LARGE if isinstance(exception, RequestDataTooBig) else BAD_REQUEST
    return _bare_page(request, status)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: not open to this person; a refusal's own sentence is shown where it has one."""
    words = str(exception)
    return fault_page(request, FORBIDDEN, exception=words if " " in words else "")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """404: the same whether it is another's or was never there."""
    return fault_page(request, NOT_FOUND)


def our_fault(request: HttpRequest) -> HttpResponse:
    """500: asks nothing of the database, which may be what failed."""
    return _bare_page(request, OUR_FAULT)


def wrong_token(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """403 of a form that was not sent from its own page; what our own page sent is given back."""
    way_back = keeping.way_back_from_old_page(request, at=timezone.now())
    if way_back:
        return redirect(way_back)
    return fault_page(request, FORBIDDEN, "403_csrf.html")


def spoken(get_response: Reply) -> Reply:
    """Django middleware: a method that an address does not take gets a page, not an empty reply.

    Pages are opened (GET) and sent (POST); every other method is refused before any view.
    """

    def reply(request: HttpRequest) -> HttpResponseBase:
        known = request.method in METHODS
        response = get_response(request) if known else HttpResponseNotAllowed(METHODS)
        if response.status_code != NO_SUCH_METHOD or getattr(response, "content", b"x"):
            return response
        page = fault_page(request, NO_SUCH_METHOD)
        page.headers["Allow"] = response.headers.get("Allow", "")
        return page

    return reply


def _bare_page(request: HttpRequest, status: int) -> HttpResponse:
    said = {
        "shell": Shell(authority=settings.AUTHORITY, demo=settings.DEMO),
        "reference": reference_of(request),
        "most_millions": settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024**2,
    }
    return HttpResponse(render_to_string(f"{status}.html", said), status=status)
