"""``python -m tools.faults --rounds N --seed S [--database sqlite|postgresql|both]``.

What was done is noted in .faults/state.json: run again with the same seed, it goes on after the
last round that was done. A round that fails says so, and its folder is kept beside.
"""

from __future__ import annotations

import argparse
import json
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tools.faults import rounds
from tools.faults.places import PostgreSQL, SQLite
from tools.faults.plan import Round
from tools.faults.plan import rounds as planned
from tools.faults.sites import Site

PLACES = {"sqlite": SQLite, "postgresql": PostgreSQL}
FOLDER = Path(".faults")


def main(words: list[str]) -> int:
    """Play the rounds that are still to play; 1 where any has failed."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # all that was started is ended
    chosen = _chosen(words)
    databases = list(PLACES) if chosen.database == "both" else [chosen.database]
    failed = 0
    for database in databases:
        failed += _on(database, planned(chosen.rounds, chosen.seed), chosen)
    return 1 if failed else 0


def _chosen(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.faults", description=__doc__)
    parser.add_argument("--rounds", type=int, default=25)
    parser.add_argument("--first", type=int, default=1, help="the round to begin with")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", choices=[*PLACES, "both"], default="both")
    parser.add_argument("--only", help="play the rounds of one fault only")
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument(
        "--empty", type=Path, help="a folder with empty SQLite tables to begin with"
    )
    return parser.parse_args(words)


def _on(database: str, plans: list[Round], chosen: argparse.Namespace) -> int:
    """Play the rounds on one database; return how many have failed, earlier ones too."""
    kept = chosen.folder / database
    state = _State(chosen.folder / "state.json", database, chosen.seed)
    wanted = [one for one in plans if one.number not in state.done]
    wanted = [one for one in wanted if chosen.only in {None, one.fault}]
    wanted = [one for one in wanted if one.number >= chosen.first]
    if wanted:
        _play(database, wanted, kept, state, chosen.empty)
    print(f"{database}: {state.sentence()}", flush=True)
    return len(state.failed)


def _play(database: str, plans: list[Round], kept: Path, state: _State, empty: Path | None) -> None:
    folder = Path(tempfile.mkdtemp(prefix="evenhand-faults-"))
    if empty and database == SQLite.name:
        shutil.copytree(empty, folder / "data")
    site = Site(PLACES[database](folder), folder)
    try:
        site.make()
        for plan in plans:
            begun = time.monotonic()
            found = _found(site, plan)
            state.note(plan, found)
            spent = time.monotonic() - begun
            print(
                f"{database} {plan.seed} {plan.fault}: {_said(found)} ({spent:.1f} s)", flush=True
            )
            if found:
                print(*found, sep="\n", flush=True)
                rounds.keep(site, plan, found, kept / f"failed-{plan.seed.replace('/', '-')}")
    finally:
        site.close()
        shutil.rmtree(folder, ignore_errors=True)


def _found(site: Site, plan: Round) -> list[str]:
    try:
        return rounds.play(site, plan)
    except Exception as fault:  # noqa: BLE001 (one round must not end the others)
        if site.web is not None:
            site.web.kill()
        return [f"the round itself failed: {type(fault).__name__}: {fault}"]


def _said(found: list[str]) -> str:
    return f"{len(found)} FAULTS" if found else "well"


class _State:
    """Which rounds of a seed are done, and which of them failed."""

    def __init__(self, path: Path, database: str, seed: int) -> None:
        self._path, self._key = path, f"{database} {seed}"
        self._all = json.loads(path.read_text()) if path.exists() else {}
        mine = self._all.setdefault(self._key, {"done": {}, "failed": {}})
        self.done = {int(number): fault for number, fault in mine["done"].items()}
        self.failed = {int(number): found for number, found in mine["failed"].items()}

    def note(self, plan: Round, found: list[str]) -> None:
        """Note that a round is done, and what it found."""
        self.done[plan.number] = plan.fault
        if found:
            self.failed[plan.number] = found
        self._all[self._key] = {"done": self.done, "failed": self.failed}
        self._path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = self._path.with_suffix(".unfinished")
        unfinished.write_text(json.dumps(self._all, indent=1), encoding="utf-8")
        unfinished.replace(self._path)

    def sentence(self) -> str:
        """Say how many rounds of each fault are done, and which failed."""
        each = ", ".join(f"{fault} {n}" for fault, n in sorted(Counter(self.done.values()).items()))
        failed = ", ".join(map(str, sorted(self.failed))) or "none"
        return f"{len(self.done)} rounds done ({each}); failed: {failed}."


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
