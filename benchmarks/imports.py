"""The import of an SSD extract against executemany of the same rows, and its peak memory.

Ours is the whole process of ``evenhand import``: reading, checking, merging, history, identity,
allocation, coverage, standings and lists. The yardstick is a process that has every row that
import wrote, ready in memory, and executes many inserts of them into the same empty tables, with
the same keys and indexes, in one transaction; only its inserts and commit are timed.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.authority import HERE, environment
from benchmarks.timing import PAIRS, Row, row
from tools import postgres

CHILDREN, FEWER = 50_000, 5_000
BOUND, MEMORY_BOUND = 3.0, 1.25
AS_AT = "2026-11-20"
DATABASES = ("SQLite", "PostgreSQL")


def run() -> list[Row]:
    """Measure the import on both databases, and its memory at two sizes."""
    extracts = {size: _extract(size) for size in (CHILDREN, FEWER)}
    rows = []
    try:
        for name in DATABASES:
            with _database(name) as database:
                rows += database.measure(extracts)
    finally:
        for folder in extracts.values():
            shutil.rmtree(folder, ignore_errors=True)
    return rows


def _extract(children: int) -> Path:
    folder = HERE / f"extract-{children}"
    shutil.rmtree(folder, ignore_errors=True)
    command = ["synth", "--children", str(children), "--as-at", AS_AT, "--out", str(folder)]
    subprocess.run([sys.executable, "-m", "evenhand", *command], check=True, capture_output=True)
    return folder


class Database:
    """A place to import into: empty again whenever asked."""

    def __init__(self, name: str, place: Path, server: str = "") -> None:
        self.name, self.place, self.server = name, place, server
        self.settings = environment(
            place, postgres.database_url(server, "evenhand") if server else ""
        )
        self._inside("migrate")
        if server:
            postgres.administer(server, "ALTER DATABASE evenhand RENAME TO empty")
        else:
            shutil.copytree(place, place.with_suffix(".empty"))

    def empty(self) -> None:
        """Put the database back to its tables without a row."""
        if self.server:
            postgres.administer(
                self.server,
                "DROP DATABASE IF EXISTS evenhand WITH (FORCE)",
                "CREATE DATABASE evenhand TEMPLATE empty",
            )
            return
        shutil.rmtree(self.place)
        shutil.copytree(self.place.with_suffix(".empty"), self.place)

    def measure(self, extracts: dict[int, Path]) -> list[Row]:
        """The rows of this database: time beside executemany, and memory of many beside few."""
        kept = self.place.with_suffix(".rows")
        memory = {size: self._import(extracts[size])["peak"] for size in (FEWER, CHILDREN)}
        written = self._inside("keep", str(kept))["rows"]
        ours, yardstick = [], []
        for _ in range(PAIRS):
            ours.append(self._import(extracts[CHILDREN])["seconds"])
            self.empty()
            yardstick.append(self._inside("executemany", str(kept))["seconds"])
        kept.unlink()
        detail = f"{written:,.0f} rows written; the whole process beside the inserts alone"
        return [
            row(
                f"SSD import of {CHILDREN:,} children into {self.name}, of executemany",
                statistics.median(ours),
                statistics.median(yardstick),
                BOUND,
                detail,
            ),
            _memory_row(self.name, memory),
        ]

    def _import(self, folder: Path) -> dict[str, float]:
        self.empty()
        return self._inside("import", str(folder))

    def _inside(self, *words: str) -> dict[str, float]:
        """Run a part of this module in a process of its own; what it measured."""
        command = [sys.executable, "-m", "benchmarks.imports", *words]
        done = subprocess.run(
            command, env=self.settings, check=True, stdout=subprocess.PIPE, text=True
        )
        measured: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
        return measured


def _memory_row(name: str, peaks: dict[int, float]) -> Row:
    ratio = peaks[CHILDREN] / peaks[FEWER]
    return {
        "name": f"peak memory of the import into {name}, {CHILDREN:,} children to {FEWER:,}",
        "ratio": round(ratio, 4),
        "bound": MEMORY_BOUND,
        "holds": ratio <= MEMORY_BOUND,
        "detail": f"{peaks[CHILDREN]:.0f} MiB to {peaks[FEWER]:.0f} MiB",
    }


@contextmanager
def _database(name: str) -> Iterator[Database]:
    place = HERE / f"import-{name.lower()}"
    for old in (place, place.with_suffix(".empty")):
        shutil.rmtree(old, ignore_errors=True)
    place.mkdir(parents=True)
    try:
        if name == "SQLite":
            yield Database(name, place)
        else:
            with postgres.server(durable=True) as address:
                yield Database(name, place, address)
    finally:
        for old in (place, place.with_suffix(".empty")):
            shutil.rmtree(old, ignore_errors=True)


def _import_here(folder: str) -> dict[str, float]:
    """Time the command as a process, and read its peak memory."""
    import resource
    import time

    start = time.perf_counter()
    command = [sys.executable, "-m", "evenhand", "import", folder, "--as-at", AS_AT, "--json"]
    done = subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
    seconds = time.perf_counter() - start
    if done.returncode not in (0, 1):  # 1: rows in quarantine, as there are meant to be
        raise SystemExit(done.returncode)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return {"seconds": seconds, "peak": peak / (1024**2 if sys.platform == "darwin" else 1024)}


def _migrate() -> dict[str, float]:
    from evenhand.config import startup

    startup.prepare(migrate=True)
    return {}


ROOMS = ("accounts", "people", "casework", "sources", "standards", "history")


def _keep(path: str) -> dict[str, float]:
    """Write down every row that an import left, table by table."""
    import pickle

    import django

    django.setup()
    from django.apps import apps
    from django.db import connection

    count = 0
    with Path(path).open("wb") as file, connection.cursor() as cursor:
        for label in ROOMS:
            for model in apps.get_app_config(label).get_models():
                if model._meta.label == "history.View":
                    continue
                columns = [field.column for field in model._meta.concrete_fields]
                table = model._meta.db_table
                names = ", ".join(f'"{column}"' for column in columns)
                cursor.execute(f'SELECT {names} FROM "{table}"')  # noqa: S608 (our own tables)
                rows = cursor.fetchall()
                if rows:
                    count += len(rows)
                    pickle.dump((table, columns, rows), file)
    return {"rows": count}


def _executemany(path: str) -> dict[str, float]:
    """Time the inserts of the rows kept, and their commit."""
    import pickle
    import time

    import django

    django.setup()
    from django.db import connection, transaction

    tables = []
    with Path(path).open("rb") as file:
        while file.peek(1):
            tables.append(pickle.load(file))  # noqa: S301 (we wrote it)
    start = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        for table, columns, rows in tables:
            names = ", ".join(f'"{column}"' for column in columns)
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)  # noqa: S608
    return {"seconds": time.perf_counter() - start}


PARTS = {
    "migrate": _migrate,
    "import": _import_here,
    "keep": _keep,
    "executemany": _executemany,
}

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenhand.config.settings")
    print(json.dumps(PARTS[sys.argv[1]](*sys.argv[2:])))  # type: ignore[operator]
