"""``evenhand import``: an extract from files into the database, with a report."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path

from django.utils import timezone

from evenhand.imports.actions import import_paths
from evenhand.imports.extracting import write_extract
from evenhand.imports.progress import Bar, Progress
from evenhand.imports.report import Refused
from evenhand.problems import Problem

WELL, FOUND_PROBLEMS, REFUSED = 0, 1, 2
SHOWN = 20


def run(arguments: argparse.Namespace) -> int:
    """Import what the arguments name; 0 all taken, 1 some rows in quarantine, 2 refused."""
    try:
        report = import_paths(
            [Path(path) for path in arguments.paths],
            by=None,
            now=timezone.now(),
            as_at=_day(arguments.as_at),
            source=arguments.source,
            progress=Bar() if sys.stderr.isatty() else Progress(),
            accept_withdrawals=getattr(arguments, "accept_withdrawals", False),
        )
    except Refused as refused:
        return _say_refused(refused, as_json=arguments.json)
    if arguments.json:
        print(json.dumps(report.as_values(), indent=2))
    else:
        print(*report.lines(), sep="\n")
    return FOUND_PROBLEMS if report.has_problems else WELL


def export(arguments: argparse.Namespace) -> int:
    """Write all that is held as an extract in the dataset's tables."""
    extract = write_extract(Path(arguments.folder), by=None, at=timezone.now())
    if arguments.json:
        print(json.dumps({"folder": str(extract.folder), "rows": extract.rows}, indent=2))
    else:
        print(*(f"{name}: {count:,} rows" for name, count in extract.rows.items()), sep="\n")
        print(f"Written to {extract.folder}")
    return WELL


def _say_refused(refused: Refused, *, as_json: bool) -> int:
    if as_json:
        told = [{"file": f.file, "found": f.sentence, "remedy": f.remedy} for f in refused.faults]
        print(json.dumps({"refused": told}, indent=2))
        return REFUSED
    for fault in refused.faults[:SHOWN]:
        print(f"{fault.file}: {fault.sentence}\n  {fault.remedy}", file=sys.stderr)
    if len(refused.faults) > SHOWN:
        print(f"... and {len(refused.faults) - SHOWN} more.", file=sys.stderr)
    print("Nothing was imported.", file=sys.stderr)
    return REFUSED


def _day(given: str | date | None) -> date | None:
    if given is None or isinstance(given, date):
        return given
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise Problem(
            f"--as-at {given} is not a date.", "Write it as 2026-11-20: year, month, day."
        ) from None
