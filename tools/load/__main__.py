"""Measure one user, then many at once, with an import going on; print and write .bench/load.json.

Everything is on this machine: PostgreSQL of our own, durable as in real use, and ``evenhand serve``
with several processes. Bounded by --users and --seconds.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks import authority
from tools import postgres
from tools.load.users import Worked, work

RESULTS = Path(".bench") / "load.json"
IMPORTED = 200  # children of the extract that is imported meanwhile


def main(words: list[str]) -> int:
    """Measure; 1 where any request was not answered well."""
    chosen = _chosen(words)
    with postgres.server(durable=True) as url, tempfile.TemporaryDirectory() as place:
        settings = _settings(Path(place), url)
        authority.make(chosen.children, settings)
        guests = _guests(chosen.users, settings)
        with _served(settings, chosen.processes) as host:
            work(host, guests, min(3.0, chosen.seconds), 0)  # unmeasured: every process warms up
            alone = work(host, guests[:1], chosen.seconds, 1)
            with _importing(Path(place), settings):
                together = work(host, guests, chosen.seconds, 2)
    result = _result(chosen, alone, together)
    print(_table(result))
    chosen.out.parent.mkdir(parents=True, exist_ok=True)
    chosen.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    return 1 if result["errors"] else 0


def _chosen(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.load", description=__doc__)
    parser.add_argument("--children", type=int, default=50_000)
    parser.add_argument("--users", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--out", type=Path, default=RESULTS)
    return parser.parse_args(words)


def _settings(place: Path, url: str) -> dict[str, str]:
    return {**authority.environment(place, url), "EVENHAND_LIMIT_SENT": "1000000",
            "EVENHAND_LIMIT_SEARCHES": "1000000"}  # fmt: skip


def _guests(count: int, settings: dict[str, str]) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "tools.load.guests", str(count)]
    done = subprocess.run(command, env=settings, check=True, stdout=subprocess.PIPE, text=True)
    guests: list[dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
    return guests


@contextmanager
def _served(settings: dict[str, str], processes: int) -> Iterator[str]:
    command = [sys.executable, "-m", "evenhand", "serve", "--port", "0"]
    command += ["--processes", str(processes)]
    with subprocess.Popen(command, env=settings, stdout=subprocess.PIPE, text=True) as serving:
        assert serving.stdout is not None
        try:
            yield serving.stdout.readline().split("http://")[1].split("/")[0]
        finally:
            serving.terminate()


@contextmanager
def _importing(place: Path, settings: dict[str, str]) -> Iterator[None]:
    """Import an extract of another source's children while the body runs."""
    extract = place / "extract"
    synth = ["synth", "--children", str(IMPORTED), "--seed", "9", "--clean", "--out", str(extract)]
    evenhand = [sys.executable, "-m", "evenhand"]
    quiet = {"stdout": subprocess.DEVNULL, "env": settings}
    subprocess.run([*evenhand, *synth], check=True, **quiet)
    words = ["import", str(extract), "--accept-withdrawals"]
    with subprocess.Popen([*evenhand, *words], **quiet) as importing:
        yield
        if importing.wait():
            raise RuntimeError("The import that went on meanwhile did not end well.")


def _result(chosen: argparse.Namespace, alone: Worked, together: Worked) -> dict[str, Any]:
    pages = {
        name: {
            "median": statistics.median(spent),
            "p95": _p95(spent),
            "requests": len(spent),
            "alone": statistics.median(alone.seconds[name]) if alone.seconds.get(name) else None,
        }
        for name, spent in sorted(together.seconds.items())
    }
    every = [one for spent in together.seconds.values() for one in spent]
    single = [one for spent in alone.seconds.values() for one in spent]
    return {
        "children": chosen.children, "users": chosen.users, "processes": chosen.processes,
        "seconds": chosen.seconds, "cores": os.cpu_count(), "requests": len(every),
        "median": statistics.median(every), "p95": _p95(every),
        "alone": statistics.median(single),
        "ratio": statistics.median(every) / statistics.median(single),
        "errors": alone.errors + together.errors, "pages": pages,
    }  # fmt: skip


def _p95(spent: list[float]) -> float:
    return sorted(spent)[min(len(spent) - 1, int(len(spent) * 0.95))]


def _table(result: dict[str, Any]) -> str:
    lines = [
        (
            f"{result['children']:,} children, {result['users']} users at once, "
            f"{result['processes']} processes on {result['cores']} cores, "
            f"{result['requests']:,} requests in {result['seconds']:g} s, an import going on"
        ),
        f"{'':10} {'median':>9} {'95th':>9} {'one user':>9} {'ratio':>6} {'requests':>9}",
    ]
    pages = [*result["pages"].items(), ("all", result)]
    lines += [_line(name, one) for name, one in pages]
    return "\n".join([*lines, f"errors: {len(result['errors'])}", *result["errors"][:10]])


def _line(name: str, one: dict[str, Any]) -> str:
    alone = one["alone"]
    beside = f"{alone:8.3f}s {one['median'] / alone:6.1f}" if alone else f"{'-':>9} {'-':>6}"
    return f"{name:10} {one['median']:8.3f}s {one['p95']:8.3f}s {beside} {one['requests']:9,}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
