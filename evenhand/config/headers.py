"""The headers of every reply: page, file, static file, redirect and error alike.

Why each is there: docs/how-to/hardening.md. Django's own settings give the rest (HSTS, nosniff,
referrer, opener), and django-csp the content security policy of pages.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

Reply = Callable[[HttpRequest], HttpResponseBase]

NOT_USED = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture",
    "encrypted-media", "fullscreen", "geolocation", "gyroscope", "magnetometer", "microphone",
    "midi", "payment", "picture-in-picture", "publickey-credentials-get", "screen-wake-lock",
    "usb", "xr-spatial-tracking",
)  # fmt: skip
"""What a browser can do and Evenhand never asks for."""

ALWAYS = {
    "Permissions-Policy": ", ".join(f"{name}=()" for name in NOT_USED),
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Origin-Agent-Cluster": "?1",
    "X-Frame-Options": "DENY",
    "X-Permitted-Cross-Domain-Policies": "none",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
OF_A_FILE = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
)
"""The policy of whatever is no page: should a browser ever show it, it can do nothing."""

POLICY, KEPT = "Content-Security-Policy", "Cache-Control"


def guarded(get_response: Reply) -> Reply:
    """Django middleware, outermost: no reply leaves without the headers."""

    def reply(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        if not _is_page(response):
            response.headers[POLICY] = OF_A_FILE
        if not _is_static(request, response):
            response.headers[KEPT] = "no-store"
        return response

    return reply


def _is_page(response: HttpResponseBase) -> bool:
    of_type = response.headers.get("Content-Type", "text/html")
    return of_type.startswith("text/html") and "Content-Disposition" not in response.headers


def _is_static(request: HttpRequest, response: HttpResponseBase) -> bool:
    served = response.status_code in {200, 304}
    return served and request.path_info.startswith(settings.STATIC_URL)
