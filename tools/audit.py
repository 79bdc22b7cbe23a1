"""``make audit``: has anything that we install a known vulnerability? What was not checked fails.

Every pin of requirements/*.txt is looked up, those for other systems too, by pip-audit. It passes
only where each pin has an answer and none has a vulnerability. Exit 1: one was found. Exit 2: it
could not be checked, in whole or in part.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

LOCKS = sorted((Path(__file__).resolve().parent.parent / "requirements").glob("*.txt"))
PIN = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]]*\])?==([^\s;\\]+)", re.MULTILINE)
FOUND, NOT_CHECKED = 1, 2
SECONDS = 600
Pin = tuple[str, str]


def pins_of(locks: Iterable[Path]) -> set[Pin]:
    """Return the name and version of everything locked, whatever system it is for."""
    texts = (lock.read_text(encoding="utf-8") for lock in locks)
    return {(_plain(name), version) for text in texts for name, version in PIN.findall(text)}


def ask(pins: set[Pin], *options: str) -> tuple[Any, str]:
    """Return pip-audit's answer, None where it gave none, and what it said beside."""
    with tempfile.TemporaryDirectory() as folder:
        asked = Path(folder) / "pins.txt"
        asked.write_text("".join(f"{name}=={version}\n" for name, version in sorted(pins)))
        command = [sys.executable, "-m", "pip_audit", "--strict", "--no-deps", "--disable-pip"]
        command += ["--format", "json", "--progress-spinner", "off", "-r", str(asked), *options]
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, check=False, timeout=SECONDS
            )
        except subprocess.TimeoutExpired:
            return None, f"no answer within {SECONDS} seconds"
    try:
        return json.loads(done.stdout), done.stderr
    except ValueError:
        return None, done.stderr


def faults_of(pins: set[Pin], answer: Any) -> Iterator[tuple[int, str]]:
    """Yield what keeps an answer from passing: not checked, or found to be vulnerable."""
    told = {(_plain(each["name"]), each.get("version")): each for each in answer["dependencies"]}
    for pin in sorted(pins):
        each = told.get(pin, {})
        if "vulns" not in each:
            why = each.get("skip_reason") or "it has no answer"
            yield NOT_CHECKED, f"{pin[0]} {pin[1]} was not checked: {why}"
        for found in each.get("vulns", ()):
            mended = ", ".join(found.get("fix_versions", ())) or "no version yet"
            yield FOUND, f"{pin[0]} {pin[1]}: {found['id']}. Mended in: {mended}"


def judged(pins: set[Pin], answer: Any, said: str) -> tuple[int, list[str]]:
    """Return the exit code and what to print."""
    if not pins:
        return NOT_CHECKED, ["No pin was found in requirements/*.txt."]
    if answer is None:
        last = said.strip().splitlines()[-1:] or ["pip-audit said nothing"]
        return NOT_CHECKED, [f"The dependencies were NOT checked: {last[0]}", "Try again online."]
    faults = list(faults_of(pins, answer))
    if not faults:
        return 0, [f"{len(pins)} pins were checked; none has a known vulnerability."]
    return max(code for code, _ in faults), [sentence for _, sentence in faults]


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def main(options: list[str]) -> int:
    """Check every pin; options go to pip-audit."""
    pins = pins_of(LOCKS)
    code, sentences = judged(pins, *ask(pins, *options))
    print("\n".join(sentences), file=sys.stderr if code else sys.stdout)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
