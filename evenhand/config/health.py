"""Whether all is well, and figures for a monitor: nothing here is about a child.

``/health/`` says yes or no to anybody, and why to this machine and to whoever holds the token of
``EVENHAND_METRICS_TOKEN``. ``/metrics`` answers only those two, in OpenMetrics text.
"""

from __future__ import annotations

import hmac
import shutil
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from ipaddress import ip_address

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from evenhand.config import measuring, upkeep
from evenhand.config.measuring import Check
from evenhand.history import sealing
from evenhand.history.books import BOOKS

app_name = "machine"
LEAST_ROOM = 256 * 1024 * 1024  # bytes: what an import's temporary tables and a day's log need
LONGEST_WITHOUT_UPKEEP = timedelta(minutes=15)  # it runs each minute, and a night's takes some
LONGEST_UNSEALED = timedelta(minutes=30)  # what an import writes is dated by the import's beginning
NOT_WELL = 503


def checks(now: datetime) -> list[Check]:
    """Look at everything; what cannot be looked at is not well."""
    return [_looked_at(name, look, now) for name, look in LOOKS.items()]


def _looked_at(name: str, look: Callable[[datetime], tuple[bool, str]], now: datetime) -> Check:
    try:
        return Check(name, *look(now))
    except (DatabaseError, OSError) as fault:
        return Check(name, False, f"could not be looked at ({type(fault).__name__})")


def _database(_: datetime) -> tuple[bool, str]:
    for alias in connections:
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT 1")
    return True, "answers"


def _tables(_: datetime) -> tuple[bool, str]:
    return (True, "up to date") if _are_up_to_date() else (False, "behind this version")


_known_up_to_date: list[bool] = []


def _are_up_to_date() -> bool:
    """Ask once: tables that are up to date stay so until another version is started."""
    if not _known_up_to_date:
        for alias in connections:
            executor = MigrationExecutor(connections[alias])
            if executor.migration_plan(executor.loader.graph.leaf_nodes()):
                return False
        _known_up_to_date.append(True)
    return True


def _room(_: datetime) -> tuple[bool, str]:
    free = shutil.disk_usage(settings.DATA).free
    return free >= LEAST_ROOM, f"{free // 1024**2:,} MiB free"


def _upkeep(now: datetime) -> tuple[bool, str]:
    ran = upkeep.last_ran()
    if ran is None:
        return False, "has not run yet"
    return now - ran <= LONGEST_WITHOUT_UPKEEP, f"ran at {ran.isoformat(timespec='seconds')}"


def _seals(now: datetime) -> tuple[bool, str]:
    since = [at for book in BOOKS if (at := sealing.waiting_since(book)) is not None]
    if not since:
        return True, "all is sealed"
    return now - min(since) <= LONGEST_UNSEALED, f"waiting since {min(since).isoformat()}"


LOOKS: Mapping[str, Callable[[datetime], tuple[bool, str]]] = {
    "database": _database,
    "tables": _tables,
    "disk": _room,
    "upkeep": _upkeep,
    "seals": _seals,
}


@login_not_required
@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Say whether all is well: 200 or 503; what is not, only to those who may know."""
    found = checks(timezone.now())
    is_well = all(one.is_well for one in found)
    status = 200 if is_well else NOT_WELL
    if _may_know(request):
        said = {one.name: {"well": one.is_well, "found": one.found} for one in found}
        return JsonResponse({"well": is_well, "checks": said}, status=status)
    return HttpResponse("well\n" if is_well else "not well\n", "text/plain", status)


@login_not_required
@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Give figures in OpenMetrics text to this machine or to whoever holds the token."""
    if not _may_know(request):
        raise PermissionDenied
    now = timezone.now()
    return HttpResponse(measuring.text(now, checks(now)), content_type=measuring.OPEN_METRICS)


def _may_know(request: HttpRequest) -> bool:
    token, given = settings.METRICS_TOKEN, request.headers.get("Authorization", "")
    if token and hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
        return True
    return _is_this_machine(request)


def _is_this_machine(request: HttpRequest) -> bool:
    """An address of this machine; never one that a proxy speaks for without our knowing."""
    is_passed_on = "X-Forwarded-For" in request.headers and not settings.BEHIND_PROXY
    try:
        return not is_passed_on and ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


urlpatterns = [
    path("health/", health, name="health"),
    path("metrics", metrics, name="metrics"),
]
