"""The count of clauses cannot be had by a mark alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.plugins import clauses
from tools import clauses as count

pytest_plugins = ["pytester"]

CLAUSE = "IOW-2.4.24-b"


@pytest.fixture
def run(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch):
    """Return a function that runs a test file's text as though it stood in tests/clauses."""
    monkeypatch.setattr(clauses, "FOLDER", pytester.path)
    pytester.makeini("[pytest]\nmarkers = clause(id, rests_on): a clause")

    def ran(text: str) -> tuple[pytest.RunResult, Path]:
        pytester.makepyfile("import pytest\n" + text)
        file = pytester.path / "shown.json"
        arguments = ["-p", "no:django", "-p", "no:randomly", "--clauses-to", str(file)]
        return pytester.runpytest_inprocess(*arguments, plugins=[clauses]), file

    return ran


def marked(body: str, clause: str = CLAUSE, rests_on: str = "isle-of-wight/x") -> str:
    """Return a test's text with a mark and a body."""
    return f"@pytest.mark.clause({clause!r}, rests_on={rests_on!r})\ndef test_it():\n    {body}\n"


def test_a_passing_test_shows_its_clause(run) -> None:
    """With what it rests on."""
    _, file = run(marked("pass"))
    shown = json.loads(file.read_text())
    assert shown[CLAUSE][0]["passed"]
    assert shown[CLAUSE][0]["rests_on"] == "isle-of-wight/x"
    assert count.demonstrated(shown) == {CLAUSE}


@pytest.mark.parametrize("body", ["assert False", "pytest.skip('later')", "pytest.xfail('no')"])
def test_one_that_does_not_pass_shows_nothing(run, body: str) -> None:
    """Failed, skipped or expected to fail alike."""
    _, file = run(marked(body))
    assert count.demonstrated(json.loads(file.read_text())) == set()


def test_a_clause_that_no_register_holds_is_refused(run) -> None:
    """A misspelt id would count nothing, silently."""
    result, _ = run(marked("pass", clause="IOW-9.9.9"))
    assert "no register holds" in result.stdout.str() + result.stderr.str()
    assert result.ret


def test_two_marks_are_refused(run) -> None:
    """A test shows one clause."""
    result, _ = run(f"@pytest.mark.clause('IOW-2.1.1')\n{marked('pass')}")
    assert "a test shows one" in result.stdout.str() + result.stderr.str()
    assert result.ret


def test_a_mark_outside_its_folder_is_refused(run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Clauses are looked for in one place."""
    monkeypatch.setattr(clauses, "FOLDER", Path("elsewhere"))
    result, _ = run(marked("pass"))
    assert "move it to tests/clauses" in result.stdout.str() + result.stderr.str()
    assert result.ret


def test_withholding_what_no_pack_has_proves_nothing() -> None:
    """A misspelt rests_on is a false claim, not a proof."""
    assert "no pack has an entry" in count.nothing_withheld("isle-of-wight/nonesuch")
