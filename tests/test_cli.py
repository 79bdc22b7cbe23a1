"""The command line: quick to help, plain about faults, and sure of its exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from evenhand import cli
from evenhand.commands import COMMANDS, GROUPS

NAMES = [[command.name] for command, _ in COMMANDS] + [
    [group, command.name] for group, _, commands in GROUPS for command, _ in commands
]
SLOW = {"django", "numpy", "yaml", "argparse", "tqdm"}


def evenhand(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a person does."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("EVENHAND_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-m", "evenhand", *words],
        capture_output=True,
        text=True,
        check=False,
        env={**kept, **environment},
    )


def test_help_imports_nothing_slow() -> None:
    """It names every command and loads none of them."""
    program = (
        "import json, sys; from evenhand.cli import main; main(['--help']);"
        "print(json.dumps(sorted(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    text, modules = done.stdout.rsplit("\n", 2)[0], done.stdout.splitlines()[-1]
    assert not SLOW & set(json.loads(modules))
    assert all(f"  {names[0]} " in text for names in NAMES)


@pytest.mark.parametrize("names", NAMES, ids=" ".join)
def test_each_command_has_help_with_an_example(
    names: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """And takes --json."""
    with pytest.raises(SystemExit) as stopped:
        cli.main([*names, "--help"])
    said = capsys.readouterr().out
    assert stopped.value.code == 0
    assert f"Example:\n  evenhand {' '.join(names)}" in said
    assert "--json" in said


@pytest.mark.parametrize("words", [[], ["import"], ["polcy"], ["policy"], ["serve", "--por", "1"]])
def test_wrong_use_is_2(words: list[str]) -> None:
    """With no traceback."""
    done = evenhand(*words)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["synth", "--out", "x", "--as-at", "2026-13-01"], "'2026-13-01' is not a day."),
        (["synth", "--out", "x", "--children", "0"], "'0' is not a number of anything."),
        (["import", "x", "--as-at", "1/2/2026"], "'1/2/2026' is not a day."),
    ],
)
def test_a_wrong_value_is_said_in_words(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was found, and how to write it."""
    assert cli.main(words) == 2
    found, remedy = capsys.readouterr().err.splitlines()
    assert found == said
    assert remedy.startswith("Write ")


def test_production_says_what_to_set(tmp_path: Path) -> None:
    """One sentence names every variable, and nothing is made."""
    data = tmp_path / "data"
    done = evenhand("serve", EVENHAND_PRODUCTION="1", EVENHAND_DATA=str(data))
    assert done.returncode == 2
    assert "EVENHAND_SECRET_KEY" in done.stderr
    assert "EVENHAND_ALLOWED_HOSTS" in done.stderr
    assert "Traceback" not in done.stderr
    assert not data.exists()


def test_a_database_that_does_not_answer_is_said_in_words() -> None:
    """Two lines: what was found, and what to check."""
    done = evenhand(
        "serve", EVENHAND_DATABASE_URL="postgresql://nobody@127.0.0.1:9/none?connect_timeout=2"
    )
    assert done.returncode == 2
    assert "did not answer" in done.stderr
    assert "EVENHAND_DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr


def test_production_changes_no_table_unasked(postgres_url: str) -> None:
    """A new version waits to be told to bring the database up to date."""
    done = evenhand(
        "serve",
        EVENHAND_DATABASE_URL=postgres_url,
        EVENHAND_PRODUCTION="1",
        EVENHAND_SECRET_KEY="a" * 60,
        EVENHAND_SEAL_KEY="b" * 60,
        EVENHAND_COLUMN_KEYS=f"one:{'c' * 43}=",
        EVENHAND_ALLOWED_HOSTS="evenhand.example",
    )
    assert done.returncode == 2
    assert "evenhand serve --migrate" in done.stderr
