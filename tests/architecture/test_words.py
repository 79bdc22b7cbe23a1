"""No tracked file names a package host, a path of somebody's machine, or what does not ship."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
# Written in pieces, so that this file is not its own first finding.
HOSTS = "|".join(["py" + "pi", "npm" + "js", "python" + "hosted", "deb" + "ian"])
FOLDERS = "|".join(["wo" + "rk", "ro" + "ot", "fa" + "rm"])
FORBIDDEN = {
    "a package host": re.compile(rf"//[a-z.-]*({HOSTS})[.]", re.IGNORECASE),
    "a path of one machine": re.compile(rf"[\"' (=]/({FOLDERS})/"),
    "what does not ship": re.compile(r"[.]lib" + r"rary/|[.][.]/sha" + r"red"),
}


def tracked_text() -> Iterator[tuple[str, str]]:
    """Yield each tracked text file's name and text."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )
    for name in filter(None, listed.stdout.split("\0")):
        file = CHECKOUT / name
        if file.suffix == ".svg" or not file.is_file():
            continue
        try:
            yield name, file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


@pytest.mark.parametrize("what", sorted(FORBIDDEN))
def test_no_tracked_file_names(what: str) -> None:
    """Such a line would be true on one machine only."""
    found = [
        f"{name}:{number}: {line.strip()[:120]}"
        for name, text in tracked_text()
        if FORBIDDEN[what].search(text)
        for number, line in enumerate(text.splitlines(), start=1)
        if FORBIDDEN[what].search(line)
    ]
    assert not found, f"These lines name {what}:\n" + "\n".join(found)
