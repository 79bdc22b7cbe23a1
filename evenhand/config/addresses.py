"""Whose machine asks: behind a proxy, the address that the proxy itself saw."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

Reply = Callable[[HttpRequest], HttpResponseBase]


def seen_by_the_proxy(get_response: Reply) -> Reply:
    """Django middleware: take the last address of X-Forwarded-For, the one our own proxy wrote.

    Earlier ones come from whoever asks and can be made up. Only where EVENHAND_BEHIND_PROXY is
    set; a last one that is no address is left.
    """

    def reply(request: HttpRequest) -> HttpResponseBase:
        if settings.BEHIND_PROXY:
            last = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
            if _is_address(last):
                request.META["REMOTE_ADDR"] = last
        return get_response(request)

    return reply


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
