"""One import at a time: a lock that the operating system or database lets go if the holder dies."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from evenhand.imports import sql
from evenhand.problems import Problem

POSTGRESQL_KEY = 0x45564E48  # "EVNH"


class Busy(Problem):
    """Another import is running."""

    def __init__(self) -> None:
        super().__init__(
            "Another import is running.", "Wait for it to end, then run this one again."
        )


@contextmanager
def only_import() -> Iterator[None]:
    """Hold the lock of imports; Busy if somebody else does."""
    if connection.vendor == "postgresql":
        yield from _postgresql()
        return
    path = _path()
    if path is None:
        yield
        return
    with path.open("a+b") as held:
        if not take(held.fileno()):
            raise Busy
        yield


def is_import_running() -> bool:
    """Whether anybody holds the lock now."""
    try:
        with only_import():
            return False
    except Busy:
        return True


def _postgresql() -> Iterator[None]:
    if not sql.one("SELECT pg_try_advisory_lock(%s)", [POSTGRESQL_KEY]):
        raise Busy
    try:
        yield
    finally:
        sql.one("SELECT pg_advisory_unlock(%s)", [POSTGRESQL_KEY])


def _path() -> Path | None:
    name = str(connection.settings_dict["NAME"])
    in_memory = ":memory:" in name or "mode=memory" in name
    return None if in_memory else Path(f"{name}.import-lock")


def take(file: int) -> bool:
    """Take the lock of an open file; whether it was free. It goes with whoever holds it."""
    try:
        if os.name == "nt":  # pragma: no cover
            import msvcrt  # noqa: PLC0415 (the module is Windows's own)

            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        else:
            import fcntl  # noqa: PLC0415 (the module is not there on Windows)

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
