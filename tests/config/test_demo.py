"""`evenhand demo`: from nothing to sign-ins; a second run is quick and loses nothing."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import fasteners
import pytest

CHILDREN = "30"


def demo(data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the demonstration in ``data`` without serving it."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("EVENHAND_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-m", "evenhand", "demo", "--no-serve", *words],
        env={**kept, "EVENHAND_DATA": str(data)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="session")
def made(run_folder: Path) -> tuple[Path, str, float]:
    """Return a demonstration's folder, what making it said, and the seconds it took.

    Made once in a run, whichever process comes first.
    """
    data, notes = run_folder / "demo", run_folder / "demo.json"
    with fasteners.InterProcessLock(run_folder / "demo.lock"):
        if not notes.exists():
            start = time.monotonic()
            done = demo(data, "--children", CHILDREN)
            assert done.returncode == 0, done.stdout + done.stderr
            notes.write_text(json.dumps([done.stdout, time.monotonic() - start]))
    said, seconds = json.loads(notes.read_text())
    return data, said, seconds


def held(data: Path) -> dict[str, int]:
    """Return how many rows each table holds."""
    with sqlite3.connect(f"file:{data / 'evenhand.sqlite3'}?mode=ro", uri=True) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {
            name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
            for (name,) in tables.fetchall()
        }


def test_it_offers_a_sign_in_for_each_role(made: tuple[Path, str, float]) -> None:
    """With its user name."""
    _, said, _ = made
    for username in ("social-worker", "team-manager", "data-officer", "director"):
        assert f" {username} " in said


def test_it_holds_the_children_of_its_extract(made: tuple[Path, str, float]) -> None:
    """Read by the real importer."""
    data, _, _ = made
    assert held(data)["people_child"] >= int(CHILDREN)


def test_a_second_run_is_quick_and_loses_nothing(made: tuple[Path, str, float]) -> None:
    """Nothing is made, read or stored anew."""
    data, _, first_seconds = made
    before, start = held(data), time.monotonic()
    done = demo(data)
    assert done.returncode == 0, done.stderr
    assert time.monotonic() - start < first_seconds
    assert held(data) == before


def test_another_size_is_refused_in_words(made: tuple[Path, str, float]) -> None:
    """For it would lose what is there."""
    data, _, _ = made
    done = demo(data, "--children", "31")
    assert done.returncode == 2
    assert done.stderr.splitlines()[0] == f"The demonstration here has {CHILDREN} children."


def test_real_records_never_get_its_sign_ins(made: tuple[Path, str, float], tmp_path: Path) -> None:
    """A database with an import but without Islehaven's files is not the demonstration's."""
    data, _, _ = made
    copy = tmp_path / "data"
    shutil.copytree(data, copy)
    shutil.rmtree(copy / "islehaven")
    done = demo(copy)
    assert done.returncode == 2
    assert "not Islehaven's" in done.stderr.splitlines()[0]
