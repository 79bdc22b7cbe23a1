"""SQLite: a copy of each file by its own online backup, taken while others write."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connections

from evenhand.config.backup.archive import Packer
from evenhand.problems import Problem

FOLDER = "databases"
BESIDE = ("-wal", "-shm")


def databases() -> dict[str, Path]:
    """Return the file of each database."""
    return {alias: Path(connections[alias].settings_dict["NAME"]) for alias in connections}


def pack(packer: Packer, folder: Path) -> None:
    """Add a consistent copy of each database. ``folder`` holds the copies meanwhile."""
    for alias, path in databases().items():
        copy = folder / f"{alias}.sqlite3"
        with closing(_open(path)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
            packer.rows.update({f"{alias}/{table}": count for table, count in counts(target)})
        packer.add_file(f"{FOLDER}/{copy.name}", copy)
        copy.unlink()


def counts(database: sqlite3.Connection) -> Iterator[tuple[str, int]]:
    """Yield each table's name and how many rows it has."""
    named = database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    )
    for (table,) in named.fetchall():
        [count] = database.execute(f'SELECT count(*) FROM "{table}"').fetchone()  # noqa: S608
        yield table, count


def counts_of(folder: Path) -> dict[str, int]:
    """Return the rows of each table of the databases in a folder."""
    found = {}
    for path in sorted(folder.glob("*.sqlite3")):
        with closing(_open(path)) as database:
            _be_sound(database, path)
            found.update({f"{path.stem}/{table}": n for table, n in counts(database)})
    return found


@contextmanager
def used_instead(folder: Path) -> Iterator[None]:
    """Have Django use the databases in ``folder`` for the body of the ``with``."""
    before = {alias: connections[alias].settings_dict["NAME"] for alias in connections}
    _use({alias: str(folder / f"{alias}.sqlite3") for alias in before})
    try:
        yield
    finally:
        _use(before)


def be_alone() -> None:
    """Raise Problem while another process has a database open: its words would be lost.

    SQLite leaves its write-ahead log only when nobody else has the file open.
    """
    connections.close_all()
    for path in databases().values():
        if path.exists():
            with closing(sqlite3.connect(path, timeout=1)) as database:
                _leave_log(database, path)


def put_in_place(folder: Path, kept: Path) -> None:
    """Put the databases in ``folder`` where Evenhand looks for them; what was there goes to
    ``kept``."""
    be_alone()
    for alias, path in databases().items():
        for old in (path, *(path.with_name(path.name + end) for end in BESIDE)):
            if old.exists():
                kept.mkdir(parents=True, exist_ok=True)
                old.replace(kept / old.name)
        path.parent.mkdir(parents=True, exist_ok=True)
        (folder / f"{alias}.sqlite3").replace(path)


def _use(names: dict[str, str]) -> None:
    for alias, name in names.items():
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=30)


def _be_sound(database: sqlite3.Connection, path: Path) -> None:
    [said] = database.execute("PRAGMA quick_check(1)").fetchone()
    if said != "ok":
        raise Problem(f"The database {path.name} of the backup is damaged: {said}.", "Use another.")


def _leave_log(database: sqlite3.Connection, path: Path) -> None:
    try:
        [mode] = database.execute("PRAGMA journal_mode=DELETE").fetchone()
    except sqlite3.OperationalError:
        mode = "in use"
    if mode != "delete":
        raise Problem(
            f"Evenhand, or another program, has the database {path.name} open.",
            "Stop it, and run the same command again. Nothing was changed.",
        )
