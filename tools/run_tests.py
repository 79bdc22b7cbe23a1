"""Run the tests twice: all of them on SQLite, then those marked both_databases on PostgreSQL.

A second run, not a parameter: Django settles its databases once for a process, so this is the
plain way to have the whole program on each. Arguments go to pytest in both runs.
"""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import ExitStack

from tools import postgres

NO_TESTS_CHOSEN = 5
PROCESSES = 3
PARALLEL = ["-n", str(PROCESSES), "--dist", "worksteal", "--durations=12"]


def pytest_command(*arguments: str) -> list[str]:
    """Return the command line of pytest with ``arguments``."""
    return [sys.executable, "-m", "pytest", "--quiet", *PARALLEL, *arguments]


def _on_sqlite(arguments: list[str]) -> int:
    environment = {k: v for k, v in os.environ.items() if k != "EVENHAND_DATABASE_URL"}
    print("Every test, on SQLite:", flush=True)
    return subprocess.run(pytest_command(*arguments), env=environment, check=False).returncode


def _on_postgresql(arguments: list[str]) -> int:
    print("\nModels, actions, imports and history again, on PostgreSQL:", flush=True)
    command = pytest_command("-m", "both_databases", *arguments)
    with ExitStack() as stack:
        servers = [stack.enter_context(postgres.server()) for _ in range(PROCESSES)]
        environment = {**os.environ, "EVENHAND_TEST_SERVERS": " ".join(servers)}
        return subprocess.run(command, env=environment, check=False).returncode


def main(arguments: list[str]) -> int:
    """Return 0 only when both runs passed and at least one test ran."""
    sqlite = _on_sqlite(arguments)
    postgresql = _on_postgresql(arguments)
    failed = [code for code in (sqlite, postgresql) if code not in {0, NO_TESTS_CHOSEN}]
    if failed:
        return failed[0]
    return NO_TESTS_CHOSEN if sqlite == NO_TESTS_CHOSEN == postgresql else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
