"""How many requests came, how long they took and how many failed, by route; and their text.

Each process counts in memory and writes its counts to a file of its own now and then; whoever asks
is given the sum. Counts begin anew with ``evenhand serve``. Only names of routes are kept: no
address, no reference, no name.
"""

from __future__ import annotations

import json
import os
import shutil
import threading
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from evenhand import __version__
from evenhand.config import upkeep
from evenhand.history import sealing
from evenhand.history.books import BOOKS
from evenhand.sources.models import ImportBatch, RowFinding
from evenhand.standards.standing import tallied_as_at

Reply = Callable[[HttpRequest], HttpResponseBase]
OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8"
BOUNDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)  # seconds
SECONDS_BETWEEN_WRITES = 2.0
ERROR = 500
_lock = threading.Lock()


class Check(NamedTuple):
    """One thing that was looked at, whether it is well, and what was found."""

    name: str
    is_well: bool
    found: str


class Counts:
    """One process's counts: requests by route, method and status; times by route."""

    def __init__(self) -> None:
        self.requests: Counter[tuple[str, ...]] = Counter()
        self.times: Counter[tuple[str, ...]] = Counter()
        self.seconds: Counter[tuple[str, ...]] = Counter()
        self.written = 0.0

    def add(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count one request."""
        self.requests[route, method, str(status)] += 1
        self.times[route, str(bisect_left(BOUNDS, seconds))] += 1
        self.seconds[(route,)] += seconds  # type: ignore[assignment]

    def plain(self) -> dict[str, list[tuple[Sequence[str], float]]]:
        """Return the counts as JSON holds them."""
        return {name: list(getattr(self, name).items()) for name in KINDS}

    def take_in(self, plain: dict[str, Any]) -> None:
        """Add another process's counts."""
        for name in KINDS:
            for key, number in plain.get(name, ()):
                getattr(self, name)[tuple(key)] += number


KINDS = ("requests", "times", "seconds")
_mine = Counts()


def measured(get_response: Reply) -> Reply:
    """Django middleware, outermost: count each request and how long its reply took to make."""

    def reply(request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        response = get_response(request)
        match = request.resolver_match
        note(
            match.view_name if match else "none",
            request.method if request.method in METHODS else "other",
            response.status_code,
            time.perf_counter() - began,
        )
        return response

    return reply


METHODS = {"GET", "HEAD", "POST", "OPTIONS"}


def note(route: str, method: str | None, status: int, seconds: float) -> None:
    """Count one request, and write the counts where they were not written for a while."""
    with _lock:
        _mine.add(route, method or "other", status, seconds)
        now = time.monotonic()
        if now - _mine.written >= SECONDS_BETWEEN_WRITES:
            _mine.written = now
            _write(_mine)


def begin() -> None:
    """Begin to count anew, before any page is served."""
    shutil.rmtree(_folder(), ignore_errors=True)


def _folder() -> Path:
    return Path(settings.DATA) / "metrics"


def _write(counts: Counts) -> None:
    """Write whole or not at all. A disk that is full keeps nobody from a page."""
    place = _folder() / f"{os.getpid()}.json"
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        half = place.with_suffix(".half")
        half.write_text(json.dumps(counts.plain()), encoding="utf-8")
        half.replace(place)
    except OSError:
        return


def everybodys() -> Counts:
    """Return the counts of all processes together."""
    together = Counts()
    with _lock:
        together.take_in(_mine.plain())
    for place in _folder().glob("*.json"):
        if place.stem != str(os.getpid()):
            try:
                together.take_in(json.loads(place.read_text(encoding="utf-8")))
            except (OSError, ValueError):
                continue
    return together


def text(now: datetime, checks: Sequence[Check]) -> str:
    """Return everything that is measured as OpenMetrics text."""
    counts = everybodys()
    lines = [*_counted(counts), *_timed(counts), *_checked(checks)]
    with suppress(DatabaseError):  # which the checks above tell of
        lines += _gauges(now)
    return "\n".join([*lines, "# EOF", ""])


def _counted(counts: Counts) -> Iterator[str]:
    yield "# TYPE evenhand_requests counter"
    for (route, method, status), number in sorted(counts.requests.items()):
        labels = f'route="{route}",method="{method}",status="{status}"'
        yield f"evenhand_requests_total{{{labels}}} {number}"
    errors = sum(n for (_, _, status), n in counts.requests.items() if int(status) >= ERROR)
    yield "# TYPE evenhand_errors counter"
    yield f"evenhand_errors_total {errors}"


def _timed(counts: Counts) -> Iterator[str]:
    yield "# TYPE evenhand_request_seconds histogram"
    for route in sorted({route for route, _ in counts.times}):
        below = 0
        for place, bound in enumerate([*map(str, BOUNDS), "+Inf"]):
            below += counts.times[route, str(place)]
            yield f'evenhand_request_seconds_bucket{{route="{route}",le="{bound}"}} {below}'
        yield f'evenhand_request_seconds_count{{route="{route}"}} {below}'
        yield f'evenhand_request_seconds_sum{{route="{route}"}} {counts.seconds[(route,)]:.6f}'


def _checked(checks: Sequence[Check]) -> Iterator[str]:
    yield "# TYPE evenhand_well gauge"
    for one in checks:
        yield f'evenhand_well{{check="{one.name}"}} {int(one.is_well)}'
    yield "# TYPE evenhand_build info"
    yield f'evenhand_build_info{{version="{__version__}"}} 1'


def _gauges(now: datetime) -> Iterator[str]:
    yield "# TYPE evenhand_newest_seal_age_seconds gauge"
    for book in BOOKS:
        newest = book.seals._default_manager.order_by("-upto").values_list("at", flat=True).first()
        if newest is not None:
            age = (now - newest).total_seconds()
            yield f'evenhand_newest_seal_age_seconds{{book="{book.rows_are}"}} {age:.0f}'
    yield "# TYPE evenhand_unsealed_rows gauge"
    for book in BOOKS:
        yield f'evenhand_unsealed_rows{{book="{book.rows_are}"}} {sealing.unsealed(book)}'
    yield from _gauge("quarantine_rows", RowFinding.objects.filter(standing="open").count())
    yield from _moment("last_import", _last_import())
    yield from _moment("upkeep", upkeep.last_ran())
    day = tallied_as_at()
    at = None if day is None else datetime(day.year, day.month, day.day, tzinfo=now.tzinfo)
    yield from _moment("standings_day", at)
    yield from _gauge("disk_free_bytes", shutil.disk_usage(settings.DATA).free)


def _last_import() -> datetime | None:
    merged = ImportBatch.objects.filter(progress=ImportBatch.Progress.MERGED)
    return merged.order_by("-pk").values_list("started_at", flat=True).first()


def _moment(name: str, at: datetime | None) -> Iterator[str]:
    if at is not None:
        yield from _gauge(f"{name}_timestamp_seconds", int(at.timestamp()))


def _gauge(name: str, value: float) -> Iterator[str]:
    yield f"# TYPE evenhand_{name} gauge"
    yield f"evenhand_{name} {value}"
