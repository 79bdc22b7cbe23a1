"""Who asks, as far as a request tells: the address, the browser, and whose browser it last was."""

from __future__ import annotations

from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

LAST_PERSON = "evenhand_person"
SALT = "evenhand.last_person"
BROWSER_WORDS = 300


class Visitor(NamedTuple):
    """Where a request comes from, for the log of sign-ins."""

    address: str
    browser: str


def visitor_of(request: HttpRequest) -> Visitor:
    """Return the address of a request, as ``config.addresses`` settles it, and the browser."""
    address = request.META.get("REMOTE_ADDR", "")
    return Visitor(address[:45], request.headers.get("User-Agent", "")[:BROWSER_WORDS])


def name_digest(username: str) -> str:
    """Return the keyed digest of a username as typed."""
    typed = username.strip().casefold()
    return salted_hmac("evenhand.username", typed, algorithm="sha256").hexdigest()


def remember(request: HttpRequest, response: HttpResponse, ref: str) -> None:
    """Leave in the browser whose it is, so that words typed after the end are kept for them.

    It opens nothing. It goes when the browser is closed, or the person signs out.
    """
    if last_person(request) != ref:
        response.set_signed_cookie(
            LAST_PERSON, ref, salt=SALT, httponly=True, samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )  # fmt: skip


def last_person(request: HttpRequest) -> str:
    """Return the reference of who was last signed in with this browser, or nothing."""
    return str(request.get_signed_cookie(LAST_PERSON, default="", salt=SALT))
