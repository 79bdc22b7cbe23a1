"""Audits of a month are asked for before it ends; no more once done, moved or closed."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from evenhand.accounts.models import Role
from evenhand.audits.actions import programme, slot_tasks
from evenhand.audits.models import Audit, Slot
from evenhand.history.actions import Happening
from evenhand.work.models import Task
from tests import factories as make
from tests.audits import making

pytestmark = pytest.mark.django_db
MAY, LAST = date(2026, 5, 1), date(2026, 5, 31)


def _on(day: int) -> datetime:
    return datetime(2026, 5, day, 9, tzinfo=UTC)


def _slot() -> Slot:
    return making.slot("team-manager", MAY, files=1, due_on=LAST, team=make.team("Harbour"))


def _asked() -> list[tuple[str, str, date]]:
    return list(Task.objects.values_list("state", "role", "due_on"))


def test_it_is_asked_for_ten_days_before_and_once() -> None:
    _slot()
    slot_tasks.tend(_on(20))
    assert _asked() == []
    slot_tasks.tend(_on(21))
    slot_tasks.tend(_on(22))
    assert _asked() == [("open", "team_manager", LAST)]
    assert Task.objects.get().what == "Team manager's file audit, May 2026: 0/1 done"


def test_the_task_ends_with_the_audits() -> None:
    slot = _slot()
    slot_tasks.tend(_on(21))
    auditor = make.user(Role.TEAM_MANAGER)
    audit: Audit = making.audit(auditor, slot=slot, done_on=date(2026, 5, 22))
    slot_tasks.after_done(Happening("audit.done", audit, None, auditor, _on(22)))
    assert [state for state, _, _ in _asked()] == ["done"]
    slot_tasks.tend(_on(23))
    assert len(_asked()) == 1


def test_a_slot_that_is_moved_is_asked_for_again_in_its_new_month() -> None:
    slot, by = _slot(), make.user(Role.QUALITY_ASSURANCE)
    slot_tasks.tend(_on(21))
    june = date(2026, 6, 1)
    programme.move(slot, june, by=by, at=_on(22), version=slot.version, why="On leave")
    slot_tasks.tend(datetime(2026, 6, 25, tzinfo=UTC))
    assert [state for state, _, _ in _asked()] == ["not needed", "open"]
    programme.close(slot, by=by, at=_on(25), version=slot.version)
    assert {state for state, _, _ in _asked()} == {"not needed"}


def test_what_is_done_or_belongs_to_somebody_who_left_is_not_asked_for() -> None:
    slot = _slot()
    making.audit(make.user(Role.TEAM_MANAGER), slot=slot, done_on=date(2026, 5, 12))
    gone = make.user(Role.SERVICE_MANAGER)
    gone.is_active = False
    gone.save()
    making.slot("supervision", MAY, due_on=LAST, person=gone)
    slot_tasks.tend(_on(25))
    assert _asked() == []
