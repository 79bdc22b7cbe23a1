"""Which clause each passing test shows.

A test carries at most one ``@pytest.mark.clause("ID", rests_on="pack/entry")`` and lives in
tests/clauses. With ``--clauses-to FILE`` the outcomes are written there as JSON:
``{"ID": [{"test", "rests_on", "passed"}]}``, with "fails_without" after ``--prove`` (proof.py).
"""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from tests.plugins import proof
from tools import register

FOLDER = Path(__file__).resolve().parent.parent / "clauses"
PROPERTY = "clause"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --clauses-to."""
    parser.addoption("--clauses-to", metavar="FILE", help="write which clauses were shown here")


def pytest_configure(config: pytest.Config) -> None:
    """Start recording in the process that hears every report."""
    if config.getoption("--clauses-to") and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Recorder(Path(config.getoption("--clauses-to"))))


def pytest_itemcollected(item: pytest.Item) -> None:
    """Refuse a clause that is not in the register, a second mark, or a mark elsewhere."""
    marks = list(item.iter_markers("clause"))
    if not marks:
        return
    if len(marks) > 1:
        raise pytest.UsageError(f"{item.nodeid} carries {len(marks)} clauses; a test shows one.")
    if not item.path.is_relative_to(FOLDER):
        raise pytest.UsageError(f"{item.nodeid} carries a clause: move it to tests/clauses.")
    clause, rests_on = _read(marks[0])
    if clause not in register.load():
        raise pytest.UsageError(f"{item.nodeid} names {clause}, which no register holds.")
    item.user_properties.append((PROPERTY, [clause, rests_on]))


def _read(mark: pytest.Mark) -> tuple[str, str | None]:
    return mark.args[0], mark.kwargs.get("rests_on")


class Recorder:
    """Hears the outcome of each marked test and writes them all at the end."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.shown: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note a marked test; it passed only if setup, call and teardown all did."""
        said: dict[str, Any] = dict(report.user_properties)
        if PROPERTY not in said:
            return
        clause, rests_on = said[PROPERTY]
        test = self.shown[clause].setdefault(
            report.nodeid, {"test": report.nodeid, "rests_on": rests_on, "passed": True}
        )
        test["passed"] = test["passed"] and report.outcome == "passed"
        if proof.PROPERTY in said:
            test[proof.PROPERTY] = said[proof.PROPERTY]

    def pytest_sessionfinish(self) -> None:
        """Write the record."""
        record = {clause: list(tests.values()) for clause, tests in sorted(self.shown.items())}
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_text(json.dumps(record, indent=1), encoding="utf-8")
