"""How often one person, or one machine that is not signed in, may send, search and take files out.

A minute's requests are counted in a file of their own under EVENHAND_DATA, one byte each: bytes
are added whole whichever process adds them, no database lock is waited for, and an import that
runs keeps nobody from working. Several machines count each for itself. Where nothing can be
counted (a full disk), people go on working and the log says so.
"""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from evenhand.config.faults import TOO_MANY, fault_page

Reply = Callable[[HttpRequest], HttpResponseBase]
LOG = logging.getLogger(__name__)
WINDOW = 60  # seconds
SAFE = {"GET", "HEAD", "OPTIONS"}
SENT, TAKEN_OUT, SEARCHED = "sent", "files", "searches"
SEARCHES = {"people:search"}


def limited(get_response: Reply) -> Reply:
    """Django middleware, below sign-in: 429 with Retry-After once a minute's limit is reached."""

    def reply(request: HttpRequest) -> HttpResponseBase:
        return get_response(request)

    def process_view(request: HttpRequest, *_: object) -> HttpResponseBase | None:
        now = time.time()
        for kind, most in kinds_of(request):
            if count(_key(kind, request), now) > most:
                return too_many(request, now)
        return None

    reply.process_view = process_view  # type: ignore[attr-defined]
    return reply


def kinds_of(request: HttpRequest) -> Iterator[tuple[str, int]]:
    """Yield each kind of limit that a request counts towards, and the most in a minute."""
    route = request.resolver_match.view_name if request.resolver_match else ""
    if request.method not in SAFE:
        yield SENT, settings.LIMIT_SENT
    if route in SEARCHES and request.method not in SAFE:
        yield SEARCHED, settings.LIMIT_SEARCHES
    if "as" in request.GET:
        yield TAKEN_OUT, settings.LIMIT_FILES


def count(key: str, now: float) -> int:
    """Add one to what is counted under ``key`` in this minute, and return how many there are."""
    try:
        return _add(_place(key, now))
    except OSError:
        LOG.exception("Requests cannot be counted")
        return 0


def _add(place: Path) -> int:
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("ab", buffering=0) as file:
        file.write(b".")
        return os.fstat(file.fileno()).st_size


def _place(key: str, now: float) -> Path:
    named = hashlib.sha256(key.encode()).hexdigest()[:32]
    return Path(settings.DATA) / "limits" / str(int(now // WINDOW)) / named


def _key(kind: str, request: HttpRequest) -> str:
    viewer = getattr(request, "user", None)
    if viewer is not None and viewer.is_authenticated:
        return f"{kind} of user {viewer.pk}"
    return f"{kind} from {request.META.get('REMOTE_ADDR', '')}"


def too_many(request: HttpRequest, now: float) -> HttpResponseBase:
    """Return the page that says how long to wait."""
    seconds = WINDOW - int(now % WINDOW)
    response = fault_page(request, TOO_MANY, seconds=seconds)
    response.headers["Retry-After"] = str(seconds)
    return response


def forget(now: float) -> None:
    """Take away what was counted in minutes that have passed."""
    kept = Path(settings.DATA) / "limits"
    this_minute = int(now // WINDOW)
    for minute in kept.glob("[0-9]*"):
        if int(minute.name) < this_minute:
            shutil.rmtree(minute, ignore_errors=True)  # another process may be at it too
