"""What is done without being asked: the day's counts are brought up to date, history is sealed.

``evenhand serve`` runs it in a thread of its own; a larger deployment runs ``evenhand upkeep``
from its own scheduler.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from django.conf import settings
from django.db import connections, transaction
from django.utils import timezone

from evenhand.accounts import keeping
from evenhand.accounts.sessions import SessionStore
from evenhand.audits import chasing, picking
from evenhand.audits.actions import reminding, slot_tasks, stranded
from evenhand.config import limits
from evenhand.equality import findings, tallying
from evenhand.history import disposing, sealing
from evenhand.imports.actions import take_up
from evenhand.imports.arrivals import actions as arrivals
from evenhand.leaving_care import actions as leaving_care
from evenhand.monitoring import alerting, counting, overdue
from evenhand.people.actions.importing import rebuild_lists
from evenhand.promises import mailing
from evenhand.recording import reckoning
from evenhand.retention import dates, scrubbing
from evenhand.standards import standing
from evenhand.submissions import once
from evenhand.transitions import tending
from evenhand.work import reviewing

SECONDS_BETWEEN = 60
SECONDS_BETWEEN_SEALS = 5  # until then only a row's own code and the triggers hold it
DAILY = (tending.tend, reminding.remind, picking.tend, slot_tasks.tend, stranded.tend, chasing.tend)
log = logging.getLogger(__name__)
_last: dict[Callable[[datetime], None], date] = {}


def tend(now: datetime) -> None:
    """Bring standings, every count and list up to ``now``'s day where they are older, and seal.

    What an import left that was stopped after it merged is taken up first.
    """
    take_up(at=now)
    arrivals.note(now)
    if standing.is_stale(now):
        with transaction.atomic():  # the lists first: stopped in between, both are done again
            rebuild_lists(today=timezone.localdate(now))
        reckoning.tend(now)
        standing.refresh_if_stale(now)
    if tallying.refresh_if_stale():
        findings.open_reviews(now)
        alerting.open_alerts(now)
    counting.refresh_if_stale()
    overdue.open_overdue(now)
    leaving_care.tend(now)
    mailing.tend(now)
    reviewing.tend(now)
    tend_daily(now)
    disposing.finish()
    dates.refresh_if_stale(now)
    scrubbing.tend(now)
    sealing.seal_all(at=now)
    once.forget(now)
    limits.forget(now.timestamp())
    SessionStore.clear_expired()
    keeping.clear_away(at=now)
    note_that_it_ran(now)


def tend_daily(now: datetime) -> None:
    """Ask for what is due or past its day: of each kind once a day in each process."""
    today = timezone.localdate(now)
    for asked in DAILY:
        if _last.get(asked) != today:
            asked(now)
            _last[asked] = today


def last_ran() -> datetime | None:
    """Return when upkeep last finished on this machine; None where it has not."""
    try:
        return datetime.fromtimestamp(_mark().stat().st_mtime, tz=UTC)
    except FileNotFoundError:
        return None


def note_that_it_ran(now: datetime) -> None:
    """Leave a mark for whoever asks whether all is well."""
    _mark().parent.mkdir(parents=True, exist_ok=True)
    _mark().touch()
    os.utime(_mark(), (now.timestamp(), now.timestamp()))


def _mark() -> Path:
    return Path(settings.DATA) / "upkeep-ran"


def in_background(stop: threading.Event) -> threading.Thread:
    """Tend now and then until ``stop`` is set; a failure is logged and tried again."""
    thread = threading.Thread(target=_loop, args=(stop,), name="upkeep", daemon=True)
    thread.start()
    return thread


def _loop(stop: threading.Event) -> None:
    next_at = time.monotonic()
    while not stop.is_set():
        try:
            if time.monotonic() >= next_at:
                next_at = time.monotonic() + SECONDS_BETWEEN
                tend(timezone.now())
            sealing.seal_all(at=timezone.now())
        except Exception:
            log.exception("Upkeep did not finish; it will be tried again.")
        finally:
            connections.close_all()
        stop.wait(SECONDS_BETWEEN_SEALS)
