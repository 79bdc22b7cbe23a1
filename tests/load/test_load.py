"""A very small measurement under load, from its making to its figures."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tools.load.mix import MIX, ROLES, deeds, role_of


@pytest.mark.skipif(not hasattr(os, "fork"), reason="several processes need a system that forks")
def test_a_small_authority_is_measured_without_an_error(tmp_path: Path) -> None:
    """Each role's person works, an import goes on, and the figures are written."""
    written = tmp_path / "load.json"
    command = [
        sys.executable, "-m", "tools.load", "--children", "60", "--users", "5",
        "--seconds", "2", "--out", str(written),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(written.read_text())
    assert found["errors"] == []
    assert found["requests"] >= found["users"]
    assert found["p95"] >= found["median"] > 0
    assert found["ratio"] > 0
    assert "errors: 0" in done.stdout


def test_everybody_has_something_to_do_and_every_deed_somebody() -> None:
    """Nothing of the mix is idle."""
    chance = random.Random(1)
    met = {deeds(role, chance).name for role in ROLES for _ in range(500)}
    assert met == {one.name for one in MIX}
    assert {role_of(number) for number in range(len(ROLES))} == set(ROLES)
