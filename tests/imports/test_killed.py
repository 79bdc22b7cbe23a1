"""An import that is killed at any moment leaves all or nothing, and can be run again.

The real command runs in a process of its own and is killed with SIGKILL, which no process can
catch. Only to know where it is, it says on its output what it is about to do.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
import pytest

from tests.imports.extracts import Extract

CHILDREN = 20
SAYING_WHERE = """
import sys, time
from evenhand.config import startup
startup.prepare(migrate=True)
from evenhand.imports import deciding, reading
from evenhand.imports.actions import importing, reckoning

until = sys.argv.pop(1)

def say(module, name, words, after=False):
    original = getattr(module, name)
    def saying(*args, **kwargs):
        done = original(*args, **kwargs) if after else None
        if words(*args) == until:
            print(until, flush=True)
            time.sleep(60)  # to be killed here
        return done if after else original(*args, **kwargs)
    setattr(module, name, saying)

say(reading.Contents, "read", lambda *a: "reading")
say(deciding, "decide", lambda *a: "checking")
say(importing, "_merge", lambda stage, batch: "merging " + stage.kind)
say(reckoning.standing, "refresh_in_turns", lambda *a: "standings")
say(importing, "merge", lambda *a: "merged", after=True)
from evenhand.cli import main
sys.exit(main(sys.argv[1:]))
"""
ROOMS = ("people", "casework", "standards", "history", "accounts", "sources_sourcereference")
TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table'",
    "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
}
PROGRESS = "SELECT progress FROM sources_importbatch ORDER BY id"
UNRECKONED = """SELECT count(*) FROM sources_importbatch
    WHERE progress = 'merged' AND reckoned_at IS NULL"""


@pytest.fixture(params=["sqlite", "postgresql"])
def environment(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, str]:
    """Return the environment of the command, with a new database of either kind."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("EVENHAND_", "DJANGO_"))}
    kept["EVENHAND_DATA"] = str(tmp_path / "data")
    shutil.copytree(request.getfixturevalue("empty_databases"), tmp_path / "data")
    if request.param == "postgresql":
        kept["EVENHAND_DATABASE_URL"] = request.getfixturevalue("empty_postgres_url")
    return kept


def an_extract(folder: Path) -> Path:
    extract = Extract(folder)
    for n in range(1, CHILDREN + 1):
        child = str(n)
        extract.person(child).row("ssd_cin_episodes", child, child, cine_referral_team="T1")
        extract.row("ssd_cin_assessments", child, child, cina_referral_id=child)
        extract.row("ssd_cla_episodes", child, child, clae_cla_id=f"C{n}")
        extract.row("ssd_involvements", child, child, invo_professional_id="W1")
    return extract.write()


class Held(NamedTuple):
    """How many rows there are in each table that has any, and how far each batch came."""

    counts: dict[str, int]
    unreckoned: int
    progress: list[str]


def look(environment: dict[str, str]) -> Held:
    """Read the database from outside, as it was left."""
    address = environment.get("EVENHAND_DATABASE_URL")
    file = Path(environment["EVENHAND_DATA"]) / "evenhand.sqlite3"
    opened = psycopg.connect(address) if address else sqlite3.connect(file)
    with closing(opened) as database:

        def asked(words: str) -> list[Any]:
            return [row[0] for row in database.execute(words).fetchall()]

        tables = asked(TABLES["postgresql" if address else "sqlite"])
        counts = {
            each: asked(f"SELECT count(*) FROM {each}")[0]
            for each in tables
            if each.startswith(ROOMS)
        }
        held = {each: count for each, count in counts.items() if count}
        return Held(held, asked(UNRECKONED)[0], asked(PROGRESS))


def import_until(words: str, folder: Path, environment: dict[str, str]) -> None:
    """Run the import and kill it when it says that it is there."""
    command = [sys.executable, "-c", SAYING_WHERE, words, "import", str(folder)]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    with process, process.stdout as said:
        for line in said:
            if line.strip() == words:
                os.kill(process.pid, signal.SIGKILL)
                break
        process.wait()
    assert process.returncode == -signal.SIGKILL, f"it never came to {words!r}"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_killed_at_any_moment_it_leaves_all_or_nothing(
    environment: dict[str, str], tmp_path: Path
) -> None:
    folder = an_extract(tmp_path / "extract")
    for stopped, words in enumerate(("reading", "merging involvement"), start=1):
        import_until(words, folder, environment)
        found = look(environment)
        assert found.counts == {}, f"killed at {words!r}, something was left"
        assert found.progress == ["stopped"] * (stopped - 1) + ["reading"]

    import_until("merged", folder, environment)
    after = look(environment)
    assert after.counts["people_child"] == CHILDREN
    assert after.counts["casework_careperiod"] == CHILDREN
    assert after.progress == ["stopped"] * 2 + ["merged"]

    command = [sys.executable, "-m", "evenhand", "import", str(folder), "--json"]
    again = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert again.returncode == 0, again.stderr
    report = json.loads(again.stdout)
    assert report["unchanged"] == report["rows_read"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_killed_between_merge_and_reckoning_the_standings_follow_with_upkeep(
    environment: dict[str, str], tmp_path: Path
) -> None:
    folder = an_extract(tmp_path / "extract")
    import_until("standings", folder, environment)
    found = look(environment)
    assert found.counts["people_child"] == CHILDREN, "what was merged is there"
    assert "standards_standing" not in found.counts
    assert (found.progress, found.unreckoned) == (["merged"], 1)

    command = [sys.executable, "-m", "evenhand", "upkeep"]
    done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    after = look(environment)
    assert after.counts["standards_standing"] > CHILDREN
    assert after.counts["standards_standingtally"] > 0
    assert after.unreckoned == 0
