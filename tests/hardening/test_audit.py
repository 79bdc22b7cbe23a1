"""The audit of dependencies passes only where every one of them was checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import audit

PINS = {("django", "5.2.19"), ("colorama", "0.4.6")}
CLEAN = {
    "dependencies": [
        {"name": "Django", "version": "5.2.19", "vulns": []},
        {"name": "colorama", "version": "0.4.6", "vulns": []},
    ]
}


def test_all_checked_and_clean_passes() -> None:
    """And says how many were checked."""
    code, said = audit.judged(PINS, CLEAN, "")
    assert (code, said) == (0, ["2 pins were checked; none has a known vulnerability."])


def test_one_that_was_skipped_does_not_pass() -> None:
    """With a reason or without; nor one of another version than is locked."""
    for other in (
        {"name": "colorama", "skip_reason": "not found"},
        {"name": "colorama", "version": "0.4.5", "vulns": []},
        {"name": "something", "version": "1", "vulns": []},
    ):
        answer = {"dependencies": [CLEAN["dependencies"][0], other]}
        code, said = audit.judged(PINS, answer, "")
        assert code == audit.NOT_CHECKED
        assert said[0].startswith("colorama 0.4.6 was not checked")


def test_a_known_vulnerability_does_not_pass() -> None:
    """It is named, with the version that mends it."""
    found = {"id": "PYSEC-0", "fix_versions": ["5.2.20"]}
    answer = {"dependencies": [{"name": "django", "version": "5.2.19", "vulns": [found]}]}
    code, said = audit.judged({("django", "5.2.19")}, answer, "")
    assert (code, said) == (audit.FOUND, ["django 5.2.19: PYSEC-0. Mended in: 5.2.20"])


def test_nothing_to_check_does_not_pass() -> None:
    """A lock that moved would else be an audit of nothing."""
    assert audit.judged(set(), CLEAN, "")[0] == audit.NOT_CHECKED


def test_every_pin_of_the_locks_is_asked_for() -> None:
    """Those for other systems too."""
    locked = audit.pins_of(audit.LOCKS)
    lines = [line for lock in audit.LOCKS for line in lock.read_text().splitlines()]
    pinned = {
        line.split("==")[0].split("[")[0]
        for line in lines
        if "==" in line[:60] and line[0].isalnum()
    }
    assert {name for name, _ in locked} == pinned
    assert {"django", "colorama"} <= pinned or "django" in pinned


def test_without_a_network_it_says_so_and_does_not_pass(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """pip-audit itself is run, with no way out but a door that is shut."""
    for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "")
    monkeypatch.setenv("no_proxy", "")
    monkeypatch.setattr(audit, "LOCKS", [_lock(tmp_path)])
    assert audit.main(["--cache-dir", str(tmp_path / "cache"), "--timeout", "2"]) == 2
    assert "NOT checked" in capsys.readouterr().err


def _lock(folder: Path) -> Path:
    lock = folder / "lock.txt"
    lock.write_text("django==5.2.19 \\\n    --hash=sha256:00\n")
    return lock
