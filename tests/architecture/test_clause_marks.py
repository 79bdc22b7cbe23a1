"""The count of clauses cannot be had by a mark alone."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path

import pytest

from tests.plugins import clauses, proof
from tools import clauses as count

pytest_plugins = ["pytester"]

CLAUSE = "IOW-2.4.24-b"


@pytest.fixture
def run(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch):
    """Return a function that runs a test file's text as though it stood in tests/clauses."""
    monkeypatch.setattr(clauses, "FOLDER", pytester.path)
    pytester.makeini("[pytest]\nmarkers = clause(id, rests_on): a clause")

    def ran(text: str, *words: str) -> tuple[pytest.RunResult, Path]:
        pytester.makepyfile("import pytest\n" + text)
        file = pytester.path / "shown.json"
        arguments = ["-p", "no:django", "-p", "no:randomly", "--clauses-to", str(file), *words]
        return pytester.runpytest_inprocess(*arguments, plugins=[clauses, proof]), file

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


LEARNT = """
    import functools, os
    said = functools.cache(lambda: os.environ.get("EVENHAND_WITHHOLD", ""))
    said.__module__ = "tests.memory"
"""


@pytest.mark.parametrize(
    ("body", "is_proved"),
    [
        ("assert said() != 'isle-of-wight/x'", True),
        ("assert said() != 'another/entry'", False),
        ("ran.append(1); assert len(ran) != 2", True),
        ("ran.append(1); assert len(ran) < 2", False),
    ],
    ids=["rests on it", "does not", "fails when withheld", "does not pass again"],
)
def test_a_test_is_proved_that_passes_with_its_entry_and_fails_without(
    run, body: str, is_proved: bool
) -> None:
    """As it is, without the entry, and as it is again; what is remembered is forgotten between."""
    _, file = run(textwrap.dedent(LEARNT) + "ran = []\n" + marked(body), "--prove")
    (test,) = json.loads(file.read_text())[CLAUSE]
    assert count._is_proved(test) is is_proved


def test_a_mark_that_rests_on_something_else_is_a_false_claim() -> None:
    """What passed without its entry is run in a process of its own, which has the last word."""
    test = "tests/clauses/test_core_groups.py"
    resting = {
        "grounds/class": [{"test": test, "passed": True, "fails_without": False}],
        "grounds/hiv-status": [{"test": test, "passed": True, "fails_without": True}],
        "grounds/nonesuch": [{"test": test, "passed": True, "fails_without": True}],
    }
    unknown, unproved = count.false_claims(resting)
    assert unproved.endswith("passes without grounds/class")
    assert unknown.endswith("no pack has an entry grounds/nonesuch")
