"""A whole import: the command in a process of its own, into an empty SQLite made beforehand.

What a user waits for is counted: starting, reading, checking, matching, merging, history,
standings and lists. Making the tables is not: that is done once, when Evenhand is installed.
"""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.authority import HERE, environment

Measured = dict[str, float]
COUNTED = "the whole command, its start included, into an empty SQLite whose tables are there"


def of(path: Path, source: str) -> Measured:
    """The wall and CPU seconds, and the peak in MiB, of the import of a file or folder."""
    place = HERE / "whole-import"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    try:
        settings = environment(place)
        _run(settings, "benchmarks.imports", "migrate")
        told = _run(settings, "benchmarks.whole", str(path), "--source", source)
    finally:
        shutil.rmtree(place, ignore_errors=True)
    found: Measured = json.loads(told.splitlines()[-1])
    return found


def _run(settings: dict[str, str], module: str, *words: str) -> str:
    command = [sys.executable, "-m", module, *words]
    done = subprocess.run(command, env=settings, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout


def in_words(median: Measured) -> str:
    """What was counted, and what else it took."""
    return f"{COUNTED}; {median['cpu']:.1f} s of CPU, {median['peak']:.0f} MiB at the peak"


def _import(words: list[str]) -> Measured:
    """Run the command, and measure the process that it is."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "evenhand", "import", *words]
    done = subprocess.run(command, check=False, capture_output=True)
    seconds = time.perf_counter() - start
    if done.returncode not in (0, 1):  # 1: rows in quarantine, as there are meant to be
        raise SystemExit(done.stderr.decode())
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    peak = used.ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)
    return {"seconds": seconds, "cpu": used.ru_utime + used.ru_stime, "peak": peak}


if __name__ == "__main__":
    print(json.dumps(_import(sys.argv[1:])))
