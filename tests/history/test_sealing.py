"""History only grows, and `evenhand history verify` finds what was altered, removed or cut off."""

import argparse
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from pytest_django import Settings

from evenhand.accounts.actions import create_user
from evenhand.history import cli, locks, sealing, verifying
from evenhand.history.models import Entry, Seal

AT = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
pytestmark = [pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, settings: Settings) -> None:
    settings.DATA = tmp_path


def happen(times: int = 1) -> None:
    for number in range(Entry.objects.count(), Entry.objects.count() + times):
        create_user(by=None, at=AT, username=f"u{number}", name="Amal Rowan", password="a long one")


def tamper(change: Callable[[], object]) -> None:
    with transaction.atomic(), locks.unlocked(connection):
        change()


def cut_off_the_end() -> None:
    Seal.objects.order_by("-upto")[0].delete()
    Entry.objects.order_by("-id")[0].delete()


def test_an_untouched_history_verifies() -> None:
    happen(3)
    sealing.seal(at=AT)
    happen(2)
    sealing.seal(at=AT)

    verdict = verifying.verify_book()

    assert (verdict.seals, verdict.entries, verdict.unsealed, verdict.faults) == (2, 5, 0, ())


@pytest.mark.parametrize(
    "change", [lambda: Entry.objects.update(action="x"), Entry.objects.all().delete]
)
def test_the_database_refuses_to_alter_or_remove_an_entry(change: Callable[[], object]) -> None:
    happen()
    with pytest.raises(DatabaseError, match="only ever added to"):
        change()


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda: Entry.objects.filter(pk=second()).update(action="x"), "altered"),
        (lambda: Entry.objects.filter(pk=second()).update(changes={}), "not what was written"),
        (lambda: Entry.objects.filter(pk=second()).delete(), "and 2 are there"),
        (lambda: Seal.objects.order_by("upto").first().delete(), "has been removed"),  # type: ignore[union-attr]
        (cut_off_the_end, "no longer in the database"),
    ],
    ids=["altered", "reworded", "removed", "first seal removed", "end cut off"],
)
def test_what_was_done_behind_its_back_is_found(
    change: Callable[[], object], found: str, capsys: pytest.CaptureFixture[str]
) -> None:
    happen(3)
    sealing.seal(at=AT)
    happen(1)
    sealing.seal(at=AT)

    tamper(change)

    assert any(found in fault.sentence for fault in verifying.verify_book().faults)
    assert cli.verify(argparse.Namespace(json=False)) == 1
    assert found in capsys.readouterr().err


def second() -> int:
    return Entry.objects.order_by("id")[1].pk


def test_another_key_does_not_verify(settings: Settings) -> None:
    happen()
    sealing.seal(at=AT)
    settings.SEAL_KEY = "another key"

    assert "another one" in verifying.verify_book().faults[0].sentence
