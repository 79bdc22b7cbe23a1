"""A backup is made while others write, checked by bringing it back, and put in place again."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from _pytest.capture import CaptureResult
from django.db import connection, connections
from django.db.migrations.recorder import MigrationRecorder
from pytest_django import Settings

from evenhand import cli
from evenhand.accounts.models import Team
from evenhand.config.backup import archive, making, postgresql, restoring, sqlite
from evenhand.history import sealing, verifying
from evenhand.history.models import Entry
from evenhand.people.actions import answer
from evenhand.people.models import Child, IdentityStatement
from evenhand.problems import Problem
from evenhand.secrecy import checking, keys
from evenhand.secrecy.models import KeyCheck
from tests import factories

CHECKOUT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
BACKUP_KEY = keys.new_key(date(2026, 11, 20))
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def home(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A place with a child, a sealed answer and a history; on SQLite with files of its own."""
    monkeypatch.setenv("EVENHAND_AS_OWNER", "1")  # which the commands set, for their process
    settings.DATA, settings.MEDIA_ROOT = tmp_path / "data", tmp_path / "data" / "files"
    settings.BACKUP_KEY = BACKUP_KEY
    settings.MEDIA_ROOT.mkdir(parents=True)
    if connection.vendor == "postgresql":
        yield settings.DATA
        return
    for alias, path in sqlite.databases().items():
        connections[alias].close()
        with sqlite3.connect(path) as source:
            source.backup(sqlite3.connect(settings.DATA / f"{alias}.sqlite3"))
    with sqlite.used_instead(settings.DATA):
        yield settings.DATA


@pytest.fixture
def child(home: Path) -> Child:
    team = factories.team()
    child, worker = factories.child(team=team), factories.user("team_manager", team=team)
    checking.check(at=NOW)
    answer(
        child, by=worker, at=NOW, characteristic="sexual_orientation", status="answered",
        answer="gay", own_words="I like boys", said_by="child", asked_on=NOW.date(),
    )  # fmt: skip
    sealing.seal_all(at=NOW)
    (home / "files" / "letter.txt").write_text("handed in")
    return child


@contextmanager
def others_writing() -> Iterator[None]:
    """Another process writes for the body of the ``with``."""
    kept = connection.get_connection_params()
    address = str(kept["database"]) if connection.vendor == "sqlite" else _address(kept)
    with subprocess.Popen(
        [sys.executable, "-m", "tests.config.writing", connection.vendor, address],
        cwd=CHECKOUT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as writing:  # fmt: skip
        assert writing.stdout
        assert writing.stdout.readline() == "ready\n"
        yield
        assert writing.poll() is None, "it wrote all the while"
        writing.communicate()


def _address(kept: dict[str, object]) -> str:
    return " ".join(
        f"{name}='{kept[name]}'"
        for name in ("host", "port", "user", "password", "dbname")
        if kept.get(name)
    )


def made(folder: Path) -> Path:
    path = folder.parent / "new.backup"
    making.make(path, at=NOW)
    return path


def table(name: str) -> str:
    return name if connection.vendor == "postgresql" else f"default/{name}"


@pytest.mark.both_databases
def test_it_is_of_one_moment_while_others_write_and_comes_back_whole(
    home: Path, child: Child, capsys: pytest.CaptureFixture[str]
) -> None:
    path = home.parent / "new.backup"
    with others_writing():
        assert cli.main(["backup", str(path)]) == 0
        before = Team.objects.count()
    assert "rows" in capsys.readouterr().out
    rows = archive.verified(path, making.backup_keys()).rows[table("accounts_team")]
    assert rows > 1
    assert (rows - 1) % 2 == 0, "no half of a pair"
    assert before >= rows
    assert path.stat().st_mode & 0o077 == 0
    content = path.read_bytes()
    assert b"Wren" not in content

    if connection.vendor == "sqlite":  # on PostgreSQL that is slow, and the way back is the same
        it_is_checked(path, rows, capsys.readouterr)

    assert cli.main(["restore", str(path)]) == 2
    assert "There are people and a history here already" in capsys.readouterr().err

    Child.objects.filter(pk=child.pk).update(surname="Altered")
    (home / "files" / "letter.txt").write_text("altered")
    (home / "disposals.jsonl").write_text('{"ref": "since"}\n')
    assert cli.main(["restore", "--replace", str(path)]) == 0
    assert "What was there before is in" in capsys.readouterr().out
    assert Team.objects.count() == rows
    assert Child.objects.get(pk=child.pk).surname == child.surname
    assert IdentityStatement.objects.get(child=child).own_words == "I like boys"
    assert (home / "files" / "letter.txt").read_text() == "handed in"
    assert (home / "disposals.jsonl").read_text() == '{"ref": "since"}\n'
    assert next(home.glob("replaced-*/files/letter.txt")).read_text() == "altered"
    it_goes_on(child)
    if connection.vendor == "postgresql":
        [kept] = [each.name for each in home.glob("replaced-*")]
        postgresql.drop(kept.replace("-", "_"))


def it_is_checked(path: Path, rows: int, said: Callable[[], CaptureResult[str]]) -> None:
    """The check brings it back, tells what came, and touches nothing that is in use."""
    there = Team.objects.count()
    assert cli.main(["backup", "--check", str(path)]) == 0
    told = said().out
    assert f"{rows:,}  {table('accounts_team')}" in told
    assert "nothing has been altered" in told
    assert Team.objects.count() == there
    assert not (path.parent / "data" / "check").exists()


def it_goes_on(child: Child) -> None:
    """What was brought back takes new rows, its history is added to and cannot be altered."""
    factories.child(team=child.team)
    answer(
        child, by=factories.user("team_manager"), at=NOW, characteristic="religion",
        status="answered", answer="sikh", said_by="child", asked_on=NOW.date(),
    )  # fmt: skip
    sealing.seal_all(at=NOW)
    assert not [fault for one in verifying.verify().values() for fault in one.faults]
    with pytest.raises(Exception, match="only ever added to"):
        Entry.objects.update(reason="another")


def test_an_altered_history_is_told_with_1(
    home: Path, child: Child, capsys: pytest.CaptureFixture[str], settings: Settings
) -> None:
    path = made(home)
    settings.SEAL_KEY = "another than its seals were made with"
    assert cli.main(["backup", "--check", str(path)]) == 1
    assert "altered" in capsys.readouterr().err
    settings.COLUMN_KEYS = keys.new_key(date(2026, 1, 1))
    assert cli.main(["backup", "--check", str(path)]) == 2
    assert "which is not in use" in capsys.readouterr().err


@pytest.mark.both_databases
def test_another_version_and_another_database_are_refused(home: Path, child: Child) -> None:
    recorder = MigrationRecorder(connection)
    recorder.record_applied("people", "9999_of_tomorrow")
    try:
        path = made(home)
    finally:
        recorder.record_unapplied("people", "9999_of_tomorrow")
    with pytest.raises(Problem, match="made by another version of Evenhand"):
        restoring.restore(path, at=NOW, replace=True)
    other = {"database": "oracle", "migrations": [], "version": "1"}
    with pytest.raises(Problem, match="is of another database, and this Evenhand uses"):
        restoring._refuse_what_cannot_be(other)
    assert Child.objects.filter(pk=child.pk).exists()


def test_what_is_in_use_is_not_replaced(home: Path, child: Child) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL moves tables under those who use them")
    path = made(home)
    other = sqlite3.connect(home / "default.sqlite3")
    other.execute("SELECT count(*) FROM people_child").fetchone()
    with pytest.raises(Problem, match="Evenhand, or another program, has"):
        restoring.restore(path, at=NOW, replace=True)
    other.close()
    assert Child.objects.filter(pk=child.pk).exists()


def test_a_place_that_is_empty_needs_no_leave(home: Path, child: Child) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("a database of PostgreSQL's is made by its owner")
    path = made(home)
    connections.close_all()
    shutil.rmtree(home)
    home.mkdir()
    done = restoring.restore(path, at=NOW, replace=False)
    assert (done.kept, done.faults) == ("", ())
    assert Child.objects.get(pk=child.pk).surname == child.surname
    assert KeyCheck.objects.exists()
    assert (home / "files" / "letter.txt").read_text() == "handed in"


def test_what_a_killed_backup_left_is_removed_by_a_later_one(home: Path, child: Child) -> None:
    for name, age in (("backup-old", 2 * making.LONGEST), ("backup-new", 0)):
        (home / name).mkdir()
        os.utime(home / name, (time.time() - age,) * 2)
    made(home)
    assert [each.name for each in home.glob("backup-*")] == ["backup-new"]
