"""What every test may ask for. Test objects come through real actions, in each room's conftest."""

from __future__ import annotations

import gc
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import fasteners
import hypothesis
import pytest
from django.conf import settings

from tests import run
from tests.clock import Clock
from tools import postgres as postgresql

pytest_plugins = ["tests.plugins.proof", "tests.plugins.clauses", "tests.plugins.append_only"]

ON_POSTGRESQL = os.environ.get("EVENHAND_DATABASE_URL", "").startswith("postgres")
DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}

# Thousands of tests and all that they import stay in memory; to go over them for each 700 objects
# more takes 5 to 9 seconds of a hundred.
gc.set_threshold(50_000, 20, 20)

if not os.environ.get("EVENHAND_EXPLORE"):
    hypothesis.settings.load_profile("ci")  # the same examples each time, on however slow a machine


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give each database test all the databases: the view log has a file of its own on SQLite."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        asks = DATABASE_FIXTURES & set(getattr(item, "fixturenames", ()))
        if marker is None and not asks:
            continue
        settings = {"databases": "__all__", **(marker.kwargs if marker else {})}
        item.add_marker(pytest.mark.django_db(**settings), append=False)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Return what sets the day it is, for this test."""
    return Clock(monkeypatch)


@pytest.fixture(scope="session")
def run_folder() -> Path:
    """Return the folder that all processes of this test run share."""
    return run.FOLDER


@pytest.fixture(scope="session")
def postgres(run_folder: Path) -> Iterator[str]:
    """Return the address of a PostgreSQL server, one for all processes of this test run."""
    if ON_POSTGRESQL:
        yield os.environ["EVENHAND_DATABASE_URL"]
    else:
        with postgresql.shared_server(run_folder / "postgres") as address:
            yield address


@pytest.fixture
def postgres_url(postgres: str) -> Iterator[str]:
    """Return the EVENHAND_DATABASE_URL of a new, empty PostgreSQL database of the test's own."""
    name = f"t_{uuid.uuid4().hex}"
    postgresql.administer(postgres, f"CREATE DATABASE {name}")
    yield postgresql.database_url(postgres, name)
    postgresql.administer(postgres, f"DROP DATABASE {name} WITH (FORCE)")


TABLES_OF = ["from evenhand.config import startup", "startup.prepare(migrate=True)"]


def _brought_up_to_date(**environment: str) -> None:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("EVENHAND_", "DJANGO_"))}
    command = [sys.executable, "-c", "; ".join(TABLES_OF)]
    subprocess.run(command, env={**kept, **environment}, check=True)


@pytest.fixture(scope="session")
def empty_databases(run_folder: Path) -> Path:
    """Return a folder for EVENHAND_DATA with every table and no row, made once a run: copy it."""
    folder = run_folder / "empty-databases"
    with fasteners.InterProcessLock(run_folder / "empty-databases.lock"):
        if not folder.exists():
            made = folder.with_suffix(".making")
            _brought_up_to_date(EVENHAND_DATA=str(made))
            made.rename(folder)
    return folder


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Whether the tests' own databases are there before Django asks: on SQLite they are."""
    return not ON_POSTGRESQL


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, request: pytest.FixtureRequest
) -> None:
    """Copy the empty tables, which one process makes for all, to where this one has its own."""
    if ON_POSTGRESQL:
        return
    made = request.getfixturevalue("empty_databases")
    for alias, name in (("default", "evenhand"), ("views", "views")):
        place = settings.DATABASES[alias]["TEST"]["NAME"]
        shutil.copy(made / f"{name}.sqlite3", place)
    with closing(sqlite3.connect(settings.DATABASES["default"]["TEST"]["NAME"])) as copy:
        copy.execute("DELETE FROM secrecy_keycheck")  # its key is another folder's
        copy.commit()


@pytest.fixture
def empty_postgres_url(postgres: str, run_folder: Path) -> Iterator[str]:
    """Return the address of a PostgreSQL database of the test's own with every table and no row."""
    name, pattern = f"t_{uuid.uuid4().hex}", "empty_tables"
    with fasteners.InterProcessLock(run_folder / "empty-tables.lock"):
        server = hashlib.sha256(postgres.encode()).hexdigest()[:12]
        done = run_folder / f"{pattern}-{server}"
        if not done.exists():
            postgresql.administer(postgres, f"CREATE DATABASE {pattern}")
            _brought_up_to_date(
                EVENHAND_DATA=str(run_folder / "nothing"),
                EVENHAND_DATABASE_URL=postgresql.database_url(postgres, pattern),
            )
            done.touch()
        postgresql.administer(postgres, f"CREATE DATABASE {name} TEMPLATE {pattern}")
    yield postgresql.database_url(postgres, name)
    postgresql.administer(postgres, f"DROP DATABASE {name} WITH (FORCE)")
