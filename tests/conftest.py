"""What every test may ask for. Test objects come through real actions, in each room's conftest."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import run
from tools import postgres as postgresql

pytest_plugins = ["tests.plugins.clauses", "tests.plugins.append_only"]

ON_POSTGRESQL = os.environ.get("EVENHAND_DATABASE_URL", "").startswith("postgres")
DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give each database test all the databases: the view log has a file of its own on SQLite."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        asks = DATABASE_FIXTURES & set(getattr(item, "fixturenames", ()))
        if marker is None and not asks:
            continue
        settings = {"databases": "__all__", **(marker.kwargs if marker else {})}
        item.add_marker(pytest.mark.django_db(**settings), append=False)


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
