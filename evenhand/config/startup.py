"""What a command that uses the database needs first: settings, Django, and tables up to date."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import (
    DEFAULT_DB_ALIAS,
    DatabaseError,
    InterfaceError,
    OperationalError,
    ProgrammingError,
    connections,
)
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from evenhand.problems import Problem
from evenhand.secrecy import checking

NO_RIGHT = "42501"  # PostgreSQL: insufficient_privilege


def prepare(*, migrate: bool) -> None:
    """Set Django up and bring the database up to date, or say what keeps it from that.

    In production a change of tables is never a side effect: it is asked for with ``migrate``.
    """
    set_up()
    with database_faults_in_words():
        _refuse_tables_of_another_version()
        _bring_up_to_date(allowed=migrate or not settings.PRODUCTION)
        checking.check(at=timezone.now())


def set_up() -> None:
    """Set Django up and touch no database, or say what keeps it from that."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenhand.config.settings")
    try:
        django.setup()
    except ImproperlyConfigured as fault:
        raise Problem(str(fault), "Set these and start again: docs/how-to/settings.md.") from fault


def _refuse_tables_of_another_version() -> None:
    """Refuse tables whose changes this version does not know; nothing is done to them."""
    for alias in connections:
        loader = MigrationLoader(connections[alias])
        if unknown := sorted(set(loader.applied_migrations) - set(loader.disk_migrations)):
            raise Problem(
                f"The database {settings.DATABASES[alias]['NAME']} was made by another version of "
                f"Evenhand: this one does not know its tables ({' '.join(unknown[0])}).",
                "If it holds only the demonstration, remove the folder of EVENHAND_DATA (or name "
                "an empty database) and run: evenhand demo. If not, use the version that made it.",
            )


def _bring_up_to_date(*, allowed: bool) -> None:
    behind = {alias: count for alias in connections if (count := _unapplied(alias))}
    if behind and not allowed:
        raise Problem(
            f"The database is behind this version of Evenhand by {sum(behind.values())} changes.",
            "Take a copy of it, then run: evenhand database migrate (or: evenhand serve --migrate)",
        )
    for alias in behind:
        with _rights_in_words():
            call_command("migrate", database=alias, interactive=False, verbosity=0)
    if behind:
        # Models can be imported only once Django is set up, which this module does.
        import_module("evenhand.history.numbering").catch_up(connections[DEFAULT_DB_ALIAS])


@contextmanager
def _rights_in_words() -> Iterator[None]:
    """Turn tables that this user may not change into a Problem."""
    try:
        yield
    except ProgrammingError as fault:
        if getattr(fault.__cause__, "sqlstate", "") != NO_RIGHT:
            raise
        raise Problem(
            "The database is behind this version of Evenhand, and its user may not change tables.",
            "As its owner, run: evenhand database migrate",
        ) from fault


def _unapplied(alias: str) -> int:
    executor = MigrationExecutor(connections[alias])
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


@contextmanager
def database_faults_in_words() -> Iterator[None]:
    """Turn a database that cannot be reached or is held by another into a Problem."""
    try:
        yield
    except (OperationalError, InterfaceError) as fault:
        raise Problem(*_in_words(fault)) from fault
    except ProgrammingError as fault:
        if getattr(fault.__cause__, "sqlstate", "") != NO_RIGHT:
            raise
        raise Problem(
            f"The database refuses its user: {str(fault).splitlines()[0]}.",
            "As its owner, run: evenhand database prepare-web-user NAME",
        ) from fault


def _in_words(fault: DatabaseError | InterfaceError) -> tuple[str, str]:
    said = str(fault).strip().splitlines()[0] if str(fault).strip() else type(fault).__name__
    name = settings.DATABASES["default"]["NAME"]
    if "locked" in said:
        return (
            f"Another process is writing to the database {name}.",
            "Wait for it to end, or stop it, and run the same command again.",
        )
    return (
        f"The database {name} did not answer: {said}.",
        "Check EVENHAND_DATABASE_URL and EVENHAND_DATA, and that the database runs.",
    )
