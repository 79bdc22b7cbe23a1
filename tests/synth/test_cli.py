"""``evenhand synth`` as a person or a program runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evenhand import cli
from evenhand.synth import manifest


def test_it_says_what_it_wrote_and_what_is_next(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In three lines."""
    out = tmp_path / "islehaven"
    assert cli.main(["synth", "--children", "20", "--as-at", "2026-11-20", "--out", str(out)]) == 0
    first, planted, following = capsys.readouterr().out.splitlines()
    assert first.startswith("Islehaven as at 2026-11-20: 20 children, ")
    assert str(out / "manifest.json") in planted
    assert following == f"Next: evenhand import {out} --as-at 2026-11-20"


def test_a_program_is_told_in_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One object, no progress."""
    out = tmp_path / "islehaven"
    words = ["synth", "--children", "20", "--seed", "3", "--clean", "--json", "--out", str(out)]
    assert cli.main(words) == 0
    captured = capsys.readouterr()
    said = json.loads(captured.out)
    assert captured.err == ""
    assert said["children"] == 20
    assert said["rows"] == sum(manifest.read(out).rows.values())
    assert said["faults"] == {}


def test_a_folder_in_use_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two lines and exit code 2."""
    (tmp_path / "letter.txt").write_text("Dear Sir", encoding="utf-8")
    assert cli.main(["synth", "--children", "5", "--out", str(tmp_path)]) == 2
    found, remedy = capsys.readouterr().err.splitlines()
    assert "holds files" in found
    assert remedy == "Name a new or an empty folder in --out."


def test_a_place_that_cannot_be_written_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder inside a file."""
    file = tmp_path / "file"
    file.write_text("", encoding="utf-8")
    assert cli.main(["synth", "--children", "5", "--out", str(file / "inside")]) == 2
    assert "could not be written" in capsys.readouterr().err
