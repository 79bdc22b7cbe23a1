"""Verifying a sealed history against reading its rows and digesting each once."""

from __future__ import annotations

import hashlib
import json
import os
import resource
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.timing import Row, row

ENTRIES = 100_000
BOUND = 20.0
READ = "SELECT id, at, action, subject, subject_id, child_id, digest, salt, changes, reason FROM"


def run() -> list[Row]:
    """Fill a database of its own in another process, which measures itself."""
    with TemporaryDirectory() as place:
        settings = {**os.environ, "EVENHAND_DATA": place}
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.history"],
            env=settings,
            check=True,
            capture_output=True,
            text=True,
        )
        floor = _busy(lambda: _read_and_digest(Path(place) / "evenhand.sqlite3"))
    said = json.loads(done.stdout)
    each = f"{said['verify'] / ENTRIES * 1e6:.0f} s to verify a million rows"
    detail = f"{each}, {said['seal'] / ENTRIES * 1e6:.0f} s to seal, {said['peak']:.0f} MiB peak"
    name = f"history verify of {ENTRIES:,} entries / read and digest each row"
    return [row(name, said["verify"], floor, BOUND, detail)]


def _busy(work: Callable[[], object]) -> float:
    """Return the processor's seconds that ``work`` takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def _read_and_digest(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        for values in database.execute(f"{READ} history_entry"):
            hashlib.sha256(repr(values).encode()).hexdigest()


def _measure() -> None:
    """Write, seal and verify in the database of the environment; print how long each took."""
    from evenhand.config import startup

    startup.prepare(migrate=True)
    from django.utils import timezone

    from evenhand.history import sealing, verifying
    from evenhand.history.actions import record_many
    from evenhand.history.models import Entry

    now = timezone.now()
    for start in range(0, ENTRIES, 5_000):
        record_many(
            Entry(
                at=now, action="import.changed", subject="casework.visit", subject_id=number,
                child_id=number % 5_000, import_batch_id=1,
                changes={"held_on": ["2026-01-01", "2026-01-02"], "seen_alone": [None, True]},
            )
            for number in range(start, start + 5_000)
        )  # fmt: skip
    sealed = _busy(lambda: sealing.seal_all(at=now))
    faults: list[object] = []
    verified = _busy(lambda: faults.extend(verifying.verify_book().faults))
    assert not faults, faults
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seal": sealed, "verify": verified, "peak": peak}))


if __name__ == "__main__":
    _measure()
