"""``make clauses``: how many obligations of the register a passing test shows.

Runs tests/clauses and writes .tests/clauses.json. With ``--prove``, each test that names the pack
entry it rests on is also run with that entry withheld (EVENHAND_WITHHOLD, which
``evenhand.policy.load`` honours), and must then fail: one that still passes claims what it does
not show. All share two processes (tests/plugins/proof.py); one that passes there is run once more
in a process of its own, which has the last word.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

from evenhand import policy
from tools import register
from tools.run_tests import NO_TESTS_CHOSEN, pytest_command

FOLDER = Path("tests") / "clauses"
OUT = Path(".tests")
AT_ONCE = 2
SOME_FAILED = 1
Test = dict[str, Any]
Shown = dict[str, list[Test]]


def main(words: list[str]) -> int:
    """Run, print, write; 1 when a test failed or claims what it does not show."""
    arguments = _parser().parse_args(words)
    shown, code = _run_all("--prove" if arguments.prove else "")
    passed = demonstrated(shown)
    _write(passed)
    print(_report(passed))
    if code not in {0, NO_TESTS_CHOSEN}:
        print("Some tests of clauses failed: see above.", file=sys.stderr)
        return SOME_FAILED
    return _prove(shown) if arguments.prove else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.clauses", description=__doc__)
    parser.add_argument("--prove", action="store_true", help="withhold what each test rests on")
    return parser


def _run_all(prove: str) -> tuple[Shown, int]:
    file = OUT / "shown.json"
    file.unlink(missing_ok=True)
    if not FOLDER.exists():
        return {}, 0
    command = pytest_command(str(FOLDER), "--clauses-to", str(file), *prove.split())
    code = subprocess.run(command, check=False).returncode
    return (json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}), code


def demonstrated(shown: Shown) -> set[str]:
    """Return the clauses all of whose tests passed."""
    return {clause for clause, tests in shown.items() if all(test["passed"] for test in tests)}


def _write(demonstrated: set[str]) -> None:
    every = list(register.load())
    record = {
        "total": len(every),
        "demonstrated": [clause for clause in every if clause in demonstrated],
        "missing": [clause for clause in every if clause not in demonstrated],
    }
    OUT.mkdir(exist_ok=True)
    (OUT / "clauses.json").write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


def _report(demonstrated: set[str]) -> str:
    every = register.load().values()
    lines = [f"{len(demonstrated)} of {len(every)} clauses are shown by passing tests."]
    for name, kind in (("source", "pack"), ("area", "area"), ("piece of work", "order")):
        total = Counter(getattr(clause, kind) for clause in every)
        shown = Counter(getattr(clause, kind) for clause in every if clause.id in demonstrated)
        lines.append(f"\nBy {name}:")
        lines += [f"  {each:<18} {shown[each]:>4} of {total[each]:>4}" for each in sorted(total)]
    return "\n".join(lines)


def _prove(shown: Shown) -> int:
    """Say what no run without its entry has borne out; return 1 if any test claims so."""
    resting = _by_entry(test for tests in shown.values() for test in tests)
    alone = resting.pop(None, [])
    claims = false_claims(resting)
    count = sum(map(len, resting.values()))
    print(f"\n{count} tests were run without the pack entry that they rest on.")
    if alone:
        print(f"{len(alone)} rest on no pack entry, and so were not:")
        print("\n".join(f"  {test['test']}" for test in alone))
    if claims:
        print("\nThese claim what they do not show:")
        print("\n".join(f"  {claim}" for claim in claims))
    return SOME_FAILED if claims else 0


def false_claims(resting: Mapping[str, Sequence[Test]]) -> list[str]:
    """Return, in words, each test by pack entry that was not seen to fail without the entry."""
    faults = {entry: nothing_withheld(entry) for entry in resting}
    claims = [
        f"{test['test']}: {faults[entry]}"
        for entry, tests in resting.items() if faults[entry]
        for test in tests
    ]  # fmt: skip
    doubtful = {
        entry: unproved
        for entry, tests in resting.items()
        if not faults[entry] and (unproved := [t["test"] for t in tests if not _is_proved(t)])
    }
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = pool.map(_still_passing, doubtful.items())
    return claims + [claim for answer in answers for claim in answer]


def _is_proved(test: Test) -> bool:
    return bool(test["passed"] and test.get("fails_without"))


def _by_entry(tests: Iterable[Test]) -> dict[Any, list[Test]]:
    resting: dict[Any, list[Test]] = defaultdict(list)
    for test in tests:
        resting[test["rests_on"]].append(test)
    return resting


def _still_passing(resting: tuple[str, list[str]]) -> list[str]:
    """Return, in words, the tests that do not fail without the entry in a process of their own."""
    entry, tests = resting
    environment = {**os.environ, "EVENHAND_WITHHOLD": entry}
    file = OUT / "proof" / f"{entry.replace('/', '-')}.json"
    file.unlink(missing_ok=True)
    command = [sys.executable, "-m", "pytest", "-q", "--clauses-to", str(file), *tests]
    subprocess.run(command, env=environment, capture_output=True, check=False)
    if not file.exists():
        return [f"{test}: could not be run without {entry}" for test in tests]
    again: Shown = json.loads(file.read_text(encoding="utf-8"))
    return [
        f"{test['test']}: passes without {entry}"
        for each in again.values()
        for test in each
        if test["passed"]
    ]


def nothing_withheld(entry: str) -> str:
    """Return why withholding ``entry`` proves nothing, or the empty string."""
    try:
        without = policy.load(withhold=frozenset({entry}))
    except policy.PackErrors as fault:
        return f"without {entry} the packs do not load ({fault})"
    same = _said(without) == _said(_whole())
    return f"no pack has an entry {entry}" if same else ""


@cache
def _whole() -> policy.Policy:
    return policy.load(withhold=frozenset())


def _said(whole: policy.Policy) -> tuple[object, ...]:
    return whole.standards, whole.clauses, whole.ask_set, whole.documents, whole.question_sets


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
