"""The web's user of PostgreSQL cannot alter history, with the triggers or without; pages work."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from evenhand.accounts.models import Role
from evenhand.config import roles_of_database, startup, upkeep
from evenhand.history import disposing, locks, verifying
from evenhand.history.models import Entry, View
from evenhand.problems import Problem
from tests.access.asking import address
from tests.access.test_every_route import ABOUT_A_CHILD, SEEN, TABLE, TAKEN, post, undone
from tests.access.world import world
from tools.access import Line

pytestmark = [pytest.mark.both_databases, pytest.mark.django_db]
WEB = "evenhand_test_web"
FEW = 2


@pytest.fixture
def web(tmp_path: Path, settings: Settings) -> Iterator[str]:
    """A user that the command prepared, gone with the test's transaction."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no users: its triggers and seals hold the books.")
    settings.DATA = tmp_path / "data"
    run(f"CREATE ROLE {WEB} LOGIN")
    asked = argparse.Namespace(name=WEB, print=False, json=False)
    assert roles_of_database.prepare_web_user(asked) == 0
    yield WEB
    run("RESET ROLE")


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@contextmanager
def as_web() -> Iterator[None]:
    """Do what is inside with the rights of the web's user."""
    run(f"SET ROLE {WEB}")
    yield
    run("RESET ROLE")


def test_the_web_user_can_change_and_remove_nothing_even_without_triggers(web: str) -> None:
    locks.remove(connection)
    with as_web():
        for table in locks.TABLES:
            for statement in (
                f"UPDATE {table} SET digest = ''",
                f"DELETE FROM {table}",
                f"TRUNCATE {table} CASCADE",
                f"ALTER TABLE {table} DISABLE TRIGGER ALL",
                f"DROP TABLE {table} CASCADE",
            ):
                with (
                    pytest.raises(DatabaseError, match=r"permission denied|must be owner"),
                    transaction.atomic(),
                ):
                    run(statement)
        assert roles_of_database.could_alter() == []
    locks.install(connection)


def test_the_owner_could_and_is_refused_as_the_web_user_in_production(
    web: str, settings: Settings
) -> None:
    settings.PRODUCTION = True
    with pytest.raises(Problem, match="could alter the history"):
        roles_of_database.refuse_to_serve_as_owner()
    with as_web():
        roles_of_database.refuse_to_serve_as_owner()
    settings.ONE_DATABASE_USER = True
    roles_of_database.refuse_to_serve_as_owner()


def test_who_is_not_there_or_owns_the_tables_is_not_prepared(web: str) -> None:
    for name, said in (("nobody_of_that_name", "has no user"), (current_user(), "no grant")):
        with pytest.raises(Problem, match=said):
            roles_of_database.prepare_web_user(
                argparse.Namespace(name=name, print=False, json=False)
            )


def test_tables_that_a_restore_made_are_granted_by_migrating(
    web: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {WEB}")
    assert roles_of_database.migrate(argparse.Namespace(json=False)) == 0
    assert f"{WEB} may serve its pages." in capsys.readouterr().out
    with as_web():
        assert not Entry.objects.exists()
        assert roles_of_database.could_alter() == []


def test_a_right_that_is_missing_is_told_in_words(web: str) -> None:
    run(f"REVOKE ALL ON history_entry FROM {WEB}")
    with (
        as_web(),
        pytest.raises(Problem, match="permission denied for table history_entry"),
        startup.database_faults_in_words(),
        transaction.atomic(),
    ):
        Entry.objects.exists()


def current_user() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return str(cursor.fetchone()[0])


def test_the_whole_site_works_as_the_web_user(web: str, tmp_path: Path) -> None:
    """An import, records of every room, a child's pages, every form of a manager; a disposal."""
    with as_web():
        walked = world(Role.TEAM_MANAGER, tmp_path / "extract")
        for line in some_of_each_room():
            client = Client()
            client.force_login(walked.viewer)
            where = address(line.route, line.about, walked.own)
            if line.get == SEEN and line.about in ABOUT_A_CHILD:  # whose view is logged
                assert client.get(where).status_code == SEEN, where
            if line.post == TAKEN:
                with undone():
                    assert post(client, line, where, walked.own).status_code == line.post, where
        upkeep.tend(timezone.now() + timedelta(days=1))
        child, now = walked.own.child, timezone.now()
        gone = disposing.forget_child([child.pk], by=walked.viewer, at=now, reason="Time is up")
        assert gone
        assert not View.objects.filter(child_id=child.pk).exclude(why="").exists()
        assert not Entry.objects.filter(child_id=child.pk).exclude(salt="").exists()
        assert [one.faults for one in verifying.verify().values()] == [(), ()]


def some_of_each_room() -> Iterator[Line]:
    """Yield a few of each room's routes that write: a form, or a page of a child, which logs."""
    taken: Counter[str] = Counter()
    for line in TABLE:
        room = f"{line.route.split(':')[0]} {line.post}"
        writes = line.post == TAKEN or line.about in ABOUT_A_CHILD
        if writes and line.roles["team_manager"] != "no" and taken[room] < FEW:
            taken[room] += 1
            yield line


def test_on_sqlite_the_command_says_why_it_cannot(capsys: pytest.CaptureFixture[str]) -> None:
    if connection.vendor == "postgresql":
        asked = argparse.Namespace(name="some one", print=True, json=False)
        assert roles_of_database.prepare_web_user(asked) == 0
        assert 'TO "some one";' in capsys.readouterr().out
        return
    with pytest.raises(Problem, match="has no users"):
        roles_of_database.prepare_web_user(argparse.Namespace(name="x", print=False, json=False))
