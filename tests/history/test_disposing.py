"""Disposal empties what was said for good; the seals hold, and nothing else may empty a row."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connections, transaction
from pytest_django import Settings

from evenhand.accounts.actions import create_user
from evenhand.accounts.models import User
from evenhand.history import disposing, locks, sealing, verifying
from evenhand.history.actions import Change, log_view, record
from evenhand.history.books import HISTORY, VIEWS
from evenhand.history.models import Entry, View

AT = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
CHILD, OTHER = 71, 72
pytestmark = [pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def somebody(tmp_path: Path, settings: Settings) -> User:
    """A user, in a folder of the test's own, with two children changed and looked at."""
    settings.DATA = tmp_path
    user = create_user(by=None, at=AT, username="u", name="Amal Rowan", password="a long one")
    for child in (CHILD, OTHER):
        change = Change(user, {"name": ("Ada", "Harbourlight")}, child_id=child, reason="Because")
        with transaction.atomic():
            record("child.renamed", change, by=user, at=AT)
        log_view(user, child, page="child", at=AT, why="A call about Harbourlight")
    sealing.seal_all(at=AT)
    return user


def faults() -> list[str]:
    return [f"{f.where}: {f.sentence}" for one in verifying.verify().values() for f in one.faults]


def test_a_childs_words_are_gone_and_all_else_holds(somebody: User) -> None:
    gone = disposing.forget_child([CHILD], by=somebody, at=AT, reason="Time is up")

    assert gone == 2
    entry, view = Entry.objects.get(child_id=CHILD), View.objects.get(child_id=CHILD)
    assert (entry.changes, entry.reason, entry.salt, entry.action) == ({}, "", "", "child.renamed")
    assert (view.why, view.salt, view.page) == ("", "", "child")
    assert Entry.objects.get(child_id=OTHER).changes == {"name": ["Ada", "Harbourlight"]}
    told = Entry.objects.latest("id")
    assert (told.action, told.actor, told.reason) == ("history.forgotten", somebody, "Time is up")
    verdicts = verifying.verify()
    assert [(one.disposed, one.faults) for one in verdicts.values()] == [(1, ()), (1, ())]


def test_a_disposal_undone_forgets_nothing(somebody: User) -> None:
    with transaction.atomic():
        disposing.forget_child([CHILD], by=somebody, at=AT, reason="Time is up")
        transaction.set_rollback(True)

    assert Entry.objects.get(child_id=CHILD).reason == "Because"
    assert View.objects.get(child_id=CHILD).why
    assert faults() == []


def test_what_a_disposal_did_not_reach_is_emptied_later(
    somebody: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as cut_short:
        cut_short.setattr(disposing, "_blank_views", lambda ids: None)
        disposing.forget_child([CHILD], by=somebody, at=AT, reason="Time is up")
    assert View.objects.get(child_id=CHILD).why

    assert disposing.finish() == 1

    assert View.objects.get(child_id=CHILD).why == ""
    assert faults() == []


def test_some_entries_are_forgotten_and_a_disposal_itself_never(somebody: User) -> None:
    assert disposing.forget(Entry.objects.all(), by=somebody, at=AT, reason="Time is up") == 3
    assert disposing.forget(Entry.objects.all(), by=somebody, at=AT, reason="Again") == 0
    assert faults() == []


def test_emptying_a_row_without_a_disposal_is_found(somebody: User) -> None:
    blank = {"history_entry": {"changes": {}, "reason": ""}, "history_view": {"why": ""}}
    for book in (HISTORY, VIEWS):
        connection = connections[book.alias]
        with transaction.atomic(using=book.alias), locks.unlocked(connection):
            book.rows.objects.filter(child_id=OTHER).update(
                salt="", **blank[book.rows._meta.db_table]
            )

    assert ["no disposal tells of it" in each for each in faults()] == [True, True]


def test_a_disposal_written_without_the_key_does_not_count(
    somebody: User, settings: Settings
) -> None:
    key, settings.SEAL_KEY = settings.SEAL_KEY, "one made up"
    disposing.forget_child([OTHER], by=somebody, at=AT, reason="Time is up")
    settings.SEAL_KEY = key

    assert sum("no disposal tells of it" in each for each in faults()) == 2
