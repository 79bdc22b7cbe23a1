"""Upkeep brings counts to today and seals the history; a failure is logged and tried again."""

from __future__ import annotations

import threading
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from evenhand.accounts.actions import create_user
from evenhand.accounts.models import Role
from evenhand.config import upkeep
from evenhand.history.models import Seal
from evenhand.sources.models import ImportBatch
from evenhand.standards import standing
from evenhand.standards.queries import counts_by_standard
from tests import factories as make

STANDARD = "england/single-assessment"


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, settings: Settings) -> None:
    settings.DATA = tmp_path


@pytest.mark.django_db
def test_what_fell_due_since_is_counted_late() -> None:
    make.coverage("assessment.authorised", "assessment.started", complete_to=None)
    make.assessment(make.child(), make.TODAY - timedelta(days=40))
    standing.refresh(make.NOW)
    director = make.user(Role.DIRECTOR)
    assert counts_by_standard(director)[STANDARD].open == 1

    upkeep.tend(make.NOW + timedelta(days=60))

    counts = counts_by_standard(director)[STANDARD]
    assert (counts.open, counts.late) == (0, 1)


@pytest.mark.django_db
def test_what_was_written_is_sealed_once() -> None:
    create_user(by=None, at=make.NOW, username="amal", name="Amal", password="a long one")

    upkeep.tend(make.NOW)
    upkeep.tend(make.NOW)

    assert Seal.objects.count() == 1


def test_a_failure_is_logged_and_tried_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tries, stop = [], threading.Event()

    def fail(now: object) -> None:
        tries.append(now)
        if len(tries) > 1:
            stop.set()
        raise RuntimeError("no room on the disk")

    monkeypatch.setattr(upkeep, "tend", fail)
    monkeypatch.setattr(upkeep, "SECONDS_BETWEEN", 0)

    upkeep.in_background(stop).join(10)

    assert len(tries) == 2
    assert "tried again" in caplog.text


@pytest.mark.django_db
def test_what_is_asked_for_each_day_is_asked_for_once_and_again_where_it_failed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[date] = []

    def ask(now: datetime) -> None:
        asked.append(now.date())
        if len(asked) == 1:
            raise ZeroDivisionError

    monkeypatch.setattr(upkeep, "DAILY", (ask,))
    with pytest.raises(ZeroDivisionError):
        upkeep.tend_daily(make.NOW)
    for days in (0, 0, 1):
        upkeep.tend_daily(make.NOW + timedelta(days))
    today = make.NOW.date()
    assert asked == [today, today, today + timedelta(1)]


@pytest.mark.django_db
def test_what_was_stopped_between_lists_and_counts_is_done_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The day's counts are the last to be brought up to date: while they are not, all is."""
    make.coverage("assessment.authorised", "assessment.started", complete_to=None)
    make.assessment(make.child(), make.TODAY - timedelta(days=40))
    ImportBatch.objects.update(reckoned_at=make.NOW)
    standing.refresh(make.NOW)
    tomorrow = make.NOW + timedelta(days=1)
    listed: list[date] = []

    def lists(today: date) -> None:
        listed.append(today)
        if len(listed) == 1:
            raise ZeroDivisionError

    monkeypatch.setattr(upkeep, "rebuild_lists", lists)
    with pytest.raises(ZeroDivisionError):
        upkeep.tend(tomorrow)
    assert standing.is_stale(tomorrow)
    upkeep.tend(tomorrow)
    upkeep.tend(tomorrow)
    assert listed == [tomorrow.date()] * 2
    assert not standing.is_stale(tomorrow)


@pytest.mark.django_db
def test_a_clock_that_was_ahead_and_is_put_right_leaves_nothing_dated_ahead() -> None:
    """Counts made on a day that has not come are made again for today."""
    make.coverage("assessment.authorised", "assessment.started", complete_to=None)
    make.assessment(make.child(), make.TODAY - timedelta(days=40))
    ImportBatch.objects.update(reckoned_at=make.NOW)
    standing.refresh(make.NOW)
    upkeep.tend(make.NOW + timedelta(days=60))
    upkeep.tend(make.NOW)
    director = make.user(Role.DIRECTOR)
    assert counts_by_standard(director)[STANDARD].open == 1
