"""An import that is killed at any moment leaves all or nothing, and can be run again.

The real command runs in a process of its own and is killed with SIGKILL, which no process can
catch. Only to know where it is, it says on its output what it is about to do.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.imports.extracts import Extract

SAYING_WHERE = """
import sys, time
from evenhand.config import startup
startup.prepare(migrate=True)
from evenhand.imports import deciding, reading
from evenhand.imports.actions import importing, reckoning

def say(module, name, words):
    original = getattr(module, name)
    def saying(*args, **kwargs):
        print(words(*args), flush=True)
        time.sleep(0.5)
        return original(*args, **kwargs)
    setattr(module, name, saying)

def say_after(module, name, words):
    original = getattr(module, name)
    def saying(*args, **kwargs):
        done = original(*args, **kwargs)
        print(words, flush=True)
        time.sleep(0.5)
        return done
    setattr(module, name, saying)

say(reading.Contents, "read", lambda *a: "reading")
say(deciding, "decide", lambda *a: "checking")
say(importing, "_merge", lambda stage, batch: "merging " + stage.kind)
say(reckoning.standing, "refresh_in_turns", lambda *a: "standings")
say_after(importing, "merge", "merged")
from evenhand.cli import main
sys.exit(main(sys.argv[1:]))
"""
COUNTS = """
import json
from evenhand.config import startup
startup.prepare(migrate=True)
from django.apps import apps
from evenhand.sources.models import ImportBatch
rooms = ("people", "casework", "standards", "history", "accounts")
counts = {m._meta.label: m.objects.count() for m in apps.get_models()
          if m._meta.app_label in rooms and m._meta.label != "history.View"}
counts["references"] = apps.get_model("sources.SourceReference").objects.count()
unreckoned = ImportBatch.objects.filter(progress="merged", reckoned_at=None).count()
print(json.dumps({"counts": counts, "unreckoned": unreckoned, "progress": list(
    ImportBatch.objects.order_by("pk").values_list("progress", flat=True))}))
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def environment(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, str]:
    """Return the environment of the command, with a new database of either kind."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("EVENHAND_", "DJANGO_"))}
    kept["EVENHAND_DATA"] = str(tmp_path / "data")
    if request.param == "postgresql":
        kept["EVENHAND_DATABASE_URL"] = request.getfixturevalue("postgres_url")
    return kept


def an_extract(folder: Path) -> Path:
    extract = Extract(folder)
    for n in range(1, 41):
        child = str(n)
        extract.person(child).row("ssd_cin_episodes", child, child, cine_referral_team="T1")
        extract.row("ssd_cin_assessments", child, child, cina_referral_id=child)
        extract.row("ssd_cla_episodes", child, child, clae_cla_id=f"C{n}")
        extract.row("ssd_involvements", child, child, invo_professional_id="W1")
    return extract.write()


def look(environment: dict[str, str]) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-c", COUNTS], env=environment, capture_output=True, text=True, check=True
    )
    found: dict[str, object] = json.loads(done.stdout)
    return found


def import_until(words: str, folder: Path, environment: dict[str, str]) -> None:
    """Run the import and kill it when it says that it is there."""
    command = [sys.executable, "-c", SAYING_WHERE, "import", str(folder)]
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
    before = look(environment)["counts"]
    moments = ["reading", "merging involvement"]
    for stopped, words in enumerate(moments, start=1):
        import_until(words, folder, environment)
        found = look(environment)
        assert found["counts"] == before, f"killed at {words!r}, something was left"
        assert found["progress"] == ["stopped"] * (stopped - 1) + ["reading"]

    import_until("merged", folder, environment)
    after = look(environment)
    assert isinstance(after["counts"], dict)
    assert after["counts"]["people.Child"] == 40
    assert after["counts"]["casework.CarePeriod"] == 40
    assert after["progress"] == ["stopped"] * 2 + ["merged"]

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
    look(environment)
    import_until("standings", folder, environment)
    found = look(environment)
    assert isinstance(found["counts"], dict)
    assert found["counts"]["people.Child"] == 40, "what was merged is there"
    assert found["counts"]["standards.Standing"] == 0
    assert (found["progress"], found["unreckoned"]) == (["merged"], 1)

    command = [sys.executable, "-m", "evenhand", "upkeep"]
    done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    after = look(environment)
    assert isinstance(after["counts"], dict)
    assert after["counts"]["standards.Standing"] > 40
    assert after["counts"]["standards.StandingTally"] > 0
    assert after["unreckoned"] == 0
