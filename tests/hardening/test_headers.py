"""Every header of every kind of reply, each pinned."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client, override_settings

from evenhand.accounts.models import Role
from evenhand.config.headers import NOT_USED, OF_A_FILE, POLICY
from tests import factories as make

pytestmark = pytest.mark.django_db
PAGE = (
    "base-uri 'none'; connect-src 'self'; default-src 'none'; font-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; img-src 'self' data:; manifest-src 'self'; "
    "script-src 'self'; style-src 'self'"
)
ALL = {
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Origin-Agent-Cluster": "?1",
    "Permissions-Policy": ", ".join(f"{name}=()" for name in NOT_USED),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Permitted-Cross-Domain-Policies": "none",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
OF_ITSELF = {"Content-Type", "Content-Length", "Vary", "Last-Modified", "ETag"}
SURE = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload"}


def page(client: Client) -> HttpResponseBase:
    """Return a page of counts."""
    return client.get("/standards/")


def file(client: Client) -> HttpResponseBase:
    """Return the same as a file."""
    return client.get("/standards/?as=csv")


def static(client: Client) -> HttpResponseBase:
    """Return a style sheet."""
    served = client.get("/static/design/evenhand.css")
    served.close()
    return served


def redirect(client: Client) -> HttpResponseBase:
    """Return what sends somebody to sign in."""
    return Client().get("/children/")


def unreadable(client: Client) -> HttpResponseBase:
    """Return the reply to a host that nobody uses."""
    return client.get("/", headers={"host": "elsewhere.example"})


def refused(client: Client) -> HttpResponseBase:
    """Return the reply to one whose role does not reach a page."""
    return client.get("/imports/")


def not_found(client: Client) -> HttpResponseBase:
    """Return the reply to an address that leads nowhere."""
    return client.get("/children/nobody9/")


def no_such_file(client: Client) -> HttpResponseBase:
    """Return the reply to a static file that is not there."""
    return client.get("/static/design/nothing.css")


def no_such_method(client: Client) -> HttpResponseBase:
    """Return the reply to a page that is sent something."""
    return client.post("/standards/")


def wrong_token(client: Client) -> HttpResponseBase:
    """Return the reply to a form of another site."""
    stranger = Client(enforce_csrf_checks=True)
    stranger.force_login(make.user(Role.DIRECTOR))
    return stranger.post("/children/search/", {"words": "Harbourlight"})


def too_large(client: Client) -> HttpResponseBase:
    """Return the reply to more than is read."""
    with override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=100):
        return client.post("/children/search/", {"words": "Harbourlight" * 10})


def too_many(client: Client) -> HttpResponseBase:
    """Return the reply to one who sends without end."""
    with override_settings(LIMIT_SENT=0):
        return client.post("/children/search/", {"words": "Harbourlight"})


def our_fault(client: Client) -> HttpResponseBase:
    """Return the reply when a part of ours does not work."""
    with override_settings(DESIGN_SHELL="evenhand.pages.nothing.at_all"):
        return client.get("/standards/")


KINDS: list[tuple[Callable[[Client], HttpResponseBase], int, dict[str, str]]] = [
    (page, 200, {"Content-Security-Policy": PAGE, "Cache-Control": "no-store"}),
    (file, 200, {"Content-Security-Policy": OF_A_FILE, "Cache-Control": "no-store"}),
    (static, 200, {"Content-Security-Policy": OF_A_FILE, "Cache-Control": "max-age=60, public"}),
    (redirect, 302, {"Content-Security-Policy": PAGE, "Cache-Control": "no-store"}),
    (unreadable, 400, {"Content-Security-Policy": PAGE, "Cache-Control": "no-store"}),
    (refused, 403, {"Content-Security-Policy": PAGE, "Cache-Control": "no-store"}),
    (wrong_token, 403, {"Content-Security-Policy": PAGE, "Cache-Control": "no-store"}),
    (not_found, 404, {"Content-Security-Policy": PAGE, "Cache-Control": "no-store"}),
    (no_such_file, 404, {"Content-Security-Policy": PAGE, "Cache-Control": "no-store"}),
    (no_such_method, 405, {"Content-Security-Policy": PAGE, "Cache-Control": "no-store"}),
    (too_large, 413, {"Content-Security-Policy": PAGE, "Cache-Control": "no-store"}),
    (too_many, 429, {"Content-Security-Policy": PAGE, "Cache-Control": "no-store"}),
    (our_fault, 500, {"Content-Security-Policy": PAGE, "Cache-Control": "no-store"}),
]
ADDED = {"Location", "Content-Disposition", "Allow", "Retry-After", "Access-Control-Allow-Origin"}


@pytest.fixture
def director() -> Client:
    """Return a browser with a director signed in, who meets errors as people do."""
    client = Client(raise_request_exception=False)
    client.force_login(make.user(Role.DIRECTOR))
    return client


@pytest.mark.parametrize(("ask", "status", "own"), KINDS, ids=[k[0].__name__ for k in KINDS])
def test_a_reply_has_these_headers_and_no_others(
    ask: Callable[[Client], HttpResponseBase], status: int, own: dict[str, str], director: Client
) -> None:
    """Pages may run our own scripts and nothing else; files and static files nothing at all."""
    response = ask(director)
    assert response.status_code == status
    own_part = OF_ITSELF | ADDED
    said = {name: value for name, value in response.headers.items() if name not in own_part}
    said[POLICY], own[POLICY] = in_order(said[POLICY]), in_order(own[POLICY])
    assert said == {**ALL, **own}


def in_order(policy: str) -> str:
    """Return a policy with its parts in order."""
    return "; ".join(sorted(policy.split("; ")))


@pytest.mark.parametrize(
    "ask", [k[0] for k in KINDS if k[1] >= 400], ids=[k[0].__name__ for k in KINDS if k[1] >= 400]
)
def test_an_error_is_a_page_of_ours_with_a_reference_and_no_echo(
    ask: Callable[[Client], HttpResponse], director: Client
) -> None:
    """The reference is in the log too; what was typed or asked for is not on the page."""
    said = ask(director).content.decode()
    assert said.count("<h1") == 1
    assert "give this reference" in said
    for typed in ("Harbourlight", "nobody9", "elsewhere.example", "Traceback", "nothing.at_all"):
        assert typed not in said


def test_a_browser_that_was_here_over_https_comes_back_over_https(director: Client) -> None:
    """For a year, its subdomains too; and a page over plain HTTP is sent on, with the header."""
    with override_settings(
        SECURE_HSTS_SECONDS=31_536_000, SECURE_HSTS_INCLUDE_SUBDOMAINS=True,
        SECURE_HSTS_PRELOAD=True, SECURE_SSL_REDIRECT=True,
    ):  # fmt: skip
        sure = Client()
        assert sure.get("/sign-in/", secure=True).headers.items() >= SURE.items()
        assert sure.get("/sign-in/").headers["Location"] == "https://testserver/sign-in/"


def test_cookies_are_for_this_site_and_no_script() -> None:
    """Sent over HTTPS only in production, as `check --deploy` holds."""
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == "Lax"
