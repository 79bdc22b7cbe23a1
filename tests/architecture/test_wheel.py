"""The wheel carries packs, vocabulary, templates and static files, and works away from here."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
SHIPS = ("evenhand", "packs", "requirements", "pyproject.toml", "setup.py")
NOT_CODE = {".pyc", ".po"}
BUILD = "from setuptools.build_meta import build_wheel; build_wheel('dist')"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder into which the wheel of this checkout was unpacked."""
    source = tmp_path_factory.mktemp("wheel") / "source"
    source.mkdir()
    for name in SHIPS:
        here = CHECKOUT / name
        ignore = shutil.ignore_patterns("__pycache__")
        copy = shutil.copy if here.is_file() else shutil.copytree
        copy(here, source / name, **({} if here.is_file() else {"ignore": ignore}))
    build = [sys.executable, "-W", "ignore", "-c", BUILD]
    subprocess.run(build, cwd=source, check=True, capture_output=True)
    unpacked = source.parent / "unpacked"
    with zipfile.ZipFile(next((source / "dist").glob("*.whl"))) as archive:
        archive.extractall(unpacked)
    return unpacked


def files(folder: Path) -> set[str]:
    """Return every file below ``folder`` that is not made from another."""
    return {
        str(file.relative_to(folder))
        for file in folder.rglob("*")
        if file.is_file() and file.suffix not in NOT_CODE and "__pycache__" not in file.parts
    }


def test_it_carries_every_file_of_the_program(wheel: Path) -> None:
    """Code, vocabulary, templates, static files: what is in the checkout is in the wheel."""
    assert files(CHECKOUT / "evenhand") - files(wheel / "evenhand") == set()


def test_it_carries_every_pack(wheel: Path) -> None:
    """As evenhand/packs."""
    assert files(CHECKOUT / "packs") - files(wheel / "evenhand" / "packs") == set()


def test_its_packs_pass_their_cases_away_from_the_checkout(wheel: Path, tmp_path: Path) -> None:
    """`evenhand policy check` finds the packs inside the wheel."""
    environment = {**os.environ, "PYTHONPATH": str(wheel)}
    done = subprocess.run(
        [sys.executable, "-P", "-m", "evenhand", "policy", "check"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
