"""Several people who tell of one child at one moment are all heard, and wait for one another."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import connections, transaction
from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.people.actions import answer, rebuild_lists
from evenhand.people.models import Child, IdentityStanding, IdentityStatement, IdentityTally
from tests import factories as make

TODAY = date(2026, 11, 20)
AT_ONCE = 4
pytestmark = pytest.mark.both_databases


def tallies() -> set[tuple[object, ...]]:
    """Return what is counted, wherever it is more than nothing."""
    rows = IdentityTally.objects.exclude(count=0)
    return set(rows.values_list("team", "person", "characteristic", "state", "count"))


def told(child: Child, by: User, ready: threading.Barrier, faults: list[BaseException]) -> None:
    """Record one answer once everybody is ready to."""
    try:
        ready.wait()
        answer(
            child, by=by, at=timezone.now(), characteristic="ethnicity", status="answered",
            answer="WBRI", said_by="child", asked_on=TODAY,
        )  # fmt: skip
    except BaseException as fault:  # noqa: BLE001 (the test says which)
        faults.append(fault)
    finally:
        connections.close_all()


def listed(ready: threading.Barrier, faults: list[BaseException]) -> None:
    """Make every list anew at the same moment, as an import does at its end."""
    try:
        ready.wait()
        with transaction.atomic():
            rebuild_lists(today=timezone.localdate())
    except BaseException as fault:  # noqa: BLE001 (the test says which)
        faults.append(fault)
    finally:
        connections.close_all()


def test_all_are_heard_and_counted_once(transactional_db: None) -> None:
    """Nobody meets an error, one statement leads, and counts are what counting anew gives."""
    team = make.team()
    child = make.child(born_on=date(2012, 3, 1), team=team, worker=make.worker(team=team))
    by = make.user("social_worker", worker=child.worker)
    rebuild_lists(today=timezone.localdate())
    faults: list[BaseException] = []
    for _ in range(3):
        ready = threading.Barrier(AT_ONCE + 1)
        threads = [
            threading.Thread(target=told, args=(child, by, ready, faults)) for _ in range(AT_ONCE)
        ]
        threads.append(threading.Thread(target=listed, args=(ready, faults)))
        [one.start() for one in threads]
        [one.join() for one in threads]
    assert faults == []
    assert IdentityStatement.objects.count() == 3 * AT_ONCE
    assert IdentityStanding.objects.count() == 1
    counted = tallies()
    rebuild_lists(today=timezone.localdate())
    assert tallies() == counted
