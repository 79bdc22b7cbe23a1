"""Sealing a value against the bare cipher; a whole backup of 50,000 children against gzip."""

from __future__ import annotations

import os
import secrets
import sqlite3
import subprocess
import sys
import zlib
from contextlib import closing
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from benchmarks.authority import environment, folder
from benchmarks.timing import Row, pairs, row, seconds
from evenhand.secrecy import keys

VALUES = 20_000
CHILDREN = 50_000
SEALING_BOUND, BACKUP_BOUND, CHECK_BOUND = 5.0, 3.0, 6.0
MEBIBYTE = 1024**2


def run() -> list[Row]:
    """The rows of one value, and of a whole backup and its check."""
    return [_sealing(), *_backups()]


def _sealing() -> Row:
    ring, cipher = keys.ring_of(keys.new_key(date(2026, 11, 20))), AESGCM(secrets.token_bytes(32))
    words, context = b"x" * keys.PADDED_TO, "people_identitystatement/answer/bcdfghjkmnpq"

    def ours() -> None:
        for _ in range(VALUES):
            ring.unseal(ring.seal("girl", context), context)

    def bare() -> None:
        for _ in range(VALUES):
            nonce = secrets.token_bytes(12)
            cipher.decrypt(nonce, cipher.encrypt(nonce, words, b""), b"")

    sealing, floor = pairs(ours, bare)
    each = sealing / VALUES * 1e6
    name = "a value sealed and opened / AES-256-GCM and nothing else"
    return row(name, sealing, floor, SEALING_BOUND, f"{each:.1f} microseconds a value, both ways")


def _backups() -> list[Row]:
    settings = environment(folder(CHILDREN))
    settings["EVENHAND_BACKUP_KEY"] = keys.new_key(date(2026, 11, 20))
    database = Path(settings["EVENHAND_DATA"]) / "evenhand.sqlite3"
    with TemporaryDirectory(dir=database.parent) as place:
        path = Path(place) / "new.backup"
        peaks: list[float] = []
        made = seconds(lambda: peaks.append(_evenhand(settings, "backup", str(path))))
        checked = seconds(lambda: _evenhand(settings, "backup", "--check", str(path)))
        floor = seconds(lambda: _copied_and_packed(database, Path(place)))
        sizes = [database.stat().st_size / MEBIBYTE, path.stat().st_size / MEBIBYTE]
    said = f"{sizes[0]:.0f} MiB to {sizes[1]:.0f} MiB; {peaks[0]:.0f} MiB at the peak"
    of = "of 50,000 children / SQLite's own copy and zlib at its quickest"
    return [
        row(f"a backup {of}", made, floor, BACKUP_BOUND, said),
        row(f"a backup's check {of}", checked, floor, CHECK_BOUND, "brought back and verified"),
    ]


def _evenhand(settings: dict[str, str], *words: str) -> float:
    """Run the command as a process of its own; return its peak in MiB."""
    command = [sys.executable, "-m", "evenhand", *words]
    started = subprocess.Popen(command, env=settings, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(started.pid, 0)
    started.returncode = os.waitstatus_to_exitcode(status)
    if started.returncode:
        raise SystemExit(f"evenhand {words[0]} ended with {started.returncode}")
    return used.ru_maxrss / 1024


def _copied_and_packed(database: Path, place: Path) -> None:
    copy = place / "copy"
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    packing = zlib.compressobj(1)
    with copy.open("rb") as read, (place / "packed").open("wb") as write:
        while piece := read.read(MEBIBYTE):
            write.write(packing.compress(piece))
        write.write(packing.flush())
        os.fsync(write.fileno())
