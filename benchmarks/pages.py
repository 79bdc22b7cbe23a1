"""The main pages cost no more at 50,000 children than at 500.

Server time of each page, as each of three roles, on the embedded database at both sizes; the
queries it takes; and on PostgreSQL the rows that its statements examine. Pages by group are opened
by the director, who sees every number of them.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks import authority, visitor
from benchmarks.timing import Row, row
from tools import postgres

FEW, MANY = 500, 50_000
BOUND, MOST_QUERIES, MOST_ROWS = 1.5, 20, 5_000
ROUNDS = 7
PAGES = ("home", "children", "child", "standards", "standard", "listed")
BY_GROUP = ("fares", "clock", "closer", "step", "closer step", "services", "uses", "needs")
OF_A_WORKER = ("my work", "case file")
OPENED = (
    *((role, page) for role in visitor.ROLES for page in PAGES),
    *(("director", page) for page in BY_GROUP),
    *(("social_worker", page) for page in OF_A_WORKER),
)


class Visitor:
    """A process that opens pages of one authority, and says what each cost."""

    def __init__(self, settings: dict[str, str]) -> None:
        command = [sys.executable, "-m", visitor.__name__]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=settings, text=True
        )

    def open(self, role: str, page: str, *, explain: bool = False) -> dict[str, Any]:
        """Open a page as a role; return its seconds, queries and most rows examined."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps([role, page, explain]) + "\n")
        self.process.stdin.flush()
        told: dict[str, Any] = json.loads(self.process.stdout.readline())
        return told

    def leave(self) -> None:
        """End the process."""
        self.process.communicate()


def run() -> list[Row]:
    """Return a row for the time, one for the queries and one for the rows examined."""
    few = Visitor(authority.environment(authority.folder(FEW)))
    many = Visitor(authority.environment(authority.folder(MANY)))
    try:
        measured = [_measured(few, many, role, page) for role, page in OPENED]
    finally:
        few.leave(), many.leave()
    return [_time_row(measured), _query_row(measured), _rows_row()]


def _measured(few: Visitor, many: Visitor, role: str, page: str) -> dict[str, Any]:
    few.open(role, page), many.open(role, page)
    told = [(few.open(role, page), many.open(role, page)) for _ in range(ROUNDS)]
    return {
        "page": f"{page} as {role}",
        "few": statistics.median(first["seconds"] for first, _ in told),
        "many": statistics.median(second["seconds"] for _, second in told),
        "queries": max(each["queries"] for pair in told for each in pair),
    }


def _time_row(measured: list[dict[str, Any]]) -> Row:
    worst = max(measured, key=lambda one: one["many"] / one["few"])
    middle = statistics.median(one["many"] / one["few"] for one in measured)
    detail = f"worst of {len(measured)}, {worst['page']}; median ratio {middle:.2f}"
    return row(
        f"pages at {MANY:,} children, of at {FEW}", worst["many"], worst["few"], BOUND, detail
    )


def _query_row(measured: list[dict[str, Any]]) -> Row:
    worst = max(measured, key=lambda one: one["queries"])
    return _count("queries of a page", worst["queries"], MOST_QUERIES, worst["page"])


def _rows_row() -> Row:
    """Rows that one statement examines, as PostgreSQL counts them at the larger size."""
    with _on_postgresql() as visits:
        found = [
            (visits.open(role, page, explain=True)["rows"], f"{page} as {role}")
            for role, page in OPENED
        ]
    most, where = max(found)
    return _count(f"rows a statement examines at {MANY:,}", most, MOST_ROWS, where)


@contextmanager
def _on_postgresql() -> Iterator[Visitor]:
    with postgres.server() as url, tempfile.TemporaryDirectory() as place:
        settings = authority.environment(Path(place), url)
        authority.make(MANY, settings)
        visits = Visitor(settings)
        try:
            yield visits
        finally:
            visits.leave()


def _count(name: str, found: int, bound: int, where: str) -> Row:
    detail = f"{found:,} at most, {where}"
    holds = found <= bound
    return {"name": name, "ratio": found, "bound": bound, "holds": holds, "detail": detail}
