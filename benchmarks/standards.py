"""Each standard over 50,000 children costs at most 1.5 times reading its own columns."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from typing import Any

from benchmarks.authority import environment, folder
from benchmarks.timing import PAIRS, Row, row, seconds

CHILDREN = 50_000
BOUND = 1.5
INSIDE = "--inside"


def run() -> list[Row]:
    """Measure every standard that is recorded; the row is the worst of them."""
    command = [sys.executable, "-m", "benchmarks.standards", INSIDE]
    settings = environment(folder(CHILDREN))
    told = subprocess.run(command, check=True, capture_output=True, env=settings, text=True)
    return [_row(json.loads(told.stdout))]


def _row(measured: list[dict[str, Any]]) -> Row:
    worst = max(measured, key=lambda one: one["ours"] / one["reading"])
    middle = statistics.median(one["ours"] / one["reading"] for one in measured)
    detail = (
        f"worst of {len(measured)} standards, {worst['id']} over {worst['rows']:,} subjects; "
        f"median ratio {middle:.2f}; all of them {sum(o['ours'] for o in measured):.1f} s"
    )
    name = f"each standard over {CHILDREN:,} children, of reading its own columns"
    return row(name, worst["ours"], worst["reading"], BOUND, detail)


def _measure() -> list[dict[str, Any]]:
    """Time reading alone against reading, working out and judging; turn about, in one process."""
    import django

    django.setup()

    from benchmarks.population import NOW
    from evenhand.facts.adopted import policy
    from evenhand.facts.horizons import horizons
    from evenhand.facts.reading import Subjects, columns
    from evenhand.rules import Standard
    from evenhand.standards import engine
    from evenhand.standards.standing import recorded_standards

    def read(standard: Standard) -> Subjects:
        return columns(standard.subject, standard.facts())

    def judge(standard: Standard) -> None:
        known = horizons(standard.facts())
        engine.rows_of(standard, read(standard), policy().calendar, NOW, known)

    found = []
    for standard in recorded_standards():
        judge(standard)
        times = [
            (seconds(lambda one=standard: judge(one)), seconds(lambda one=standard: read(one)))
            for _ in range(3 * PAIRS)
        ]
        rows = len(read(standard).ids)
        if rows:
            ours, reading = (statistics.median(each) for each in zip(*times, strict=True))
            found.append({"id": standard.id, "rows": rows, "ours": ours, "reading": reading})
    return found


if __name__ == "__main__" and INSIDE in sys.argv:
    print(json.dumps(_measure()))
