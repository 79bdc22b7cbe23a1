"""Make a backup: the files beside the database first, then the database as it is at one moment.

In that order what the files list (seals, disposals) is in the database too. Keys are never part
of a backup.
"""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

import evenhand
from evenhand.config.backup import archive, postgresql, sqlite
from evenhand.config.backup.archive import Packer
from evenhand.history.books import BOOKS
from evenhand.problems import Problem
from evenhand.retention.certificates import LIST_FILE
from evenhand.secrecy import keys

DATA, COPYING = "data", "backup-"
LONGEST = 24 * 60 * 60  # seconds that a backup may take before it is one that was killed
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class Made(NamedTuple):
    """What a backup holds, and its size in bytes."""

    rows: dict[str, int]
    size: int


def backup_keys() -> dict[str, bytes]:
    """Return the backup keys by name, the current one first. Raises Problem when there is none."""
    if not settings.BACKUP_KEY:
        raise Problem(
            "EVENHAND_BACKUP_KEY is not set.",
            "Give it what `evenhand keys new` prints, and keep that where the backups are not.",
        )
    return keys.keys_of(settings.BACKUP_KEY, "backup key")


def make(path: Path, *, at: datetime) -> Made:
    """Write a new, encrypted backup to ``path`` while others work. Raises Problem, leaving none."""
    name, key = next(iter(backup_keys().items()))
    with _new_file(path) as file, archive.packed(file, name, key, _about(at)) as packer:
        for each in beside():
            packer.add_file(f"{DATA}/{each.relative_to(settings.DATA).as_posix()}", each)
        _pack_databases(packer)
    return Made(packer.rows, path.stat().st_size)


def beside() -> Iterator[Path]:
    """Yield the files beside the database that belong to it: lists and what was handed in."""
    data = Path(settings.DATA)
    listed = [data / name for name in listed_names()]
    handed_in = sorted(Path(settings.MEDIA_ROOT).rglob("*"))
    for path in [*listed, *handed_in]:
        if path.is_file() and not (settings.KEY_FILE and path.samefile(settings.KEY_FILE)):
            yield path


def listed_names() -> tuple[str, ...]:
    """Return the names of the lists that stand beside the database."""
    return (*(book.witness for book in BOOKS), LIST_FILE)


@contextmanager
def room_in_words(path: Path) -> Iterator[None]:
    """Turn a full disk, and a place that cannot be written, into a Problem."""
    try:
        yield
    except (OSError, sqlite3.OperationalError) as fault:
        full = getattr(fault, "errno", None) in FULL or "full" in str(fault)
        why = "there is no room left" if full else getattr(fault, "strerror", None) or str(fault)
        raise Problem(
            f"{path} cannot be written: {why}.",
            "Make room or name another place. Nothing was left behind, and nothing was changed.",
        ) from fault


def _about(at: datetime) -> dict[str, Any]:
    return {
        "version": evenhand.__version__,
        "database": connection.vendor,
        "made_at": at.isoformat(),
        "authority": settings.AUTHORITY,
        "migrations": sorted(MigrationRecorder(connection).applied_migrations()),
    }


def _pack_databases(packer: Packer) -> None:
    if connection.vendor == "postgresql":
        postgresql.pack(packer)
        return
    _remove_left_behind()
    with tempfile.TemporaryDirectory(dir=settings.DATA, prefix=COPYING) as folder:
        sqlite.pack(packer, Path(folder))


def _remove_left_behind() -> None:
    """Remove the copies of backups that were killed, which nobody else would."""
    for folder in Path(settings.DATA).glob(f"{COPYING}*"):
        if time.time() - folder.stat().st_mtime > LONGEST:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _new_file(path: Path) -> Iterator[BinaryIO]:
    """Yield a file that only its owner can read, which is at ``path`` when all went well."""
    if path.exists():
        raise Problem(f"{path} is there already.", "Name a new file, or move that one away.")
    part = path.with_name(f"{path.name}.part")
    try:
        with room_in_words(path), os.fdopen(os.open(part, _NEW, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
            part.replace(path)
    finally:
        part.unlink(missing_ok=True)


_NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
