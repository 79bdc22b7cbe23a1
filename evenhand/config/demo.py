"""``evenhand demo``: Islehaven, a made-up authority, from nothing to pages.

Its extract is written to files and read by the real importer. What is already there is kept, so a
second run goes straight to serving.
"""

from __future__ import annotations

import argparse
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from tqdm import tqdm

from evenhand.accounts import demo as sign_ins
from evenhand.audits import demo as audits
from evenhand.config.cli import serve_at
from evenhand.eligibility import demo as eligibility
from evenhand.equality import demo as equality
from evenhand.feedback import demo as feedback
from evenhand.imports import cli as imports
from evenhand.monitoring import demo as monitoring
from evenhand.performance import demo as performance
from evenhand.problems import Problem
from evenhand.recording import demo as recording
from evenhand.records import demo as records
from evenhand.sources.models import ImportBatch
from evenhand.synth import manifest
from evenhand.synth.build import Order, build
from evenhand.transitions import demo as transitions
from evenhand.workforce import demo as workforce

CHILDREN = 500
THREADS = 8


def run(arguments: argparse.Namespace) -> int:
    """Make what is missing of the demonstration, print its sign-ins, and serve it."""
    if _is_imported():
        _refuse_what_is_not_it(arguments.children)
        print(f"Islehaven is already here; remove {settings.DATA} to begin it anew.")
    else:
        _import(_extract(arguments))
    _print(sign_ins.create(at=timezone.now()))
    records.create(at=timezone.now())
    equality.create(at=timezone.now())
    feedback.create(at=timezone.now())
    recording.create(at=timezone.now())
    transitions.create(at=timezone.now())
    eligibility.create(at=timezone.now())
    monitoring.create(at=timezone.now())
    performance.create(at=timezone.now())
    workforce.create(at=timezone.now())
    audits.create(at=timezone.now())
    if arguments.no_serve:
        print("Ready. Serve it with: evenhand demo")
        return 0
    return serve_at(arguments.address, arguments.port, threads=THREADS)


def _is_imported() -> bool:
    return ImportBatch.objects.filter(progress=ImportBatch.Progress.MERGED).exists()


def _folder() -> Path:
    return Path(settings.DATA) / "islehaven"


def _refuse_what_is_not_it(children: int | None) -> None:
    """Real records never get the demonstration's sign-ins; another size would lose what is here."""
    if not _folder().exists():
        raise Problem(
            f"The database of {settings.DATA} holds an import that is not Islehaven's.",
            "Name an empty folder in EVENHAND_DATA, and run: evenhand demo",
        )
    held = manifest.read(_folder()).children
    if children not in {None, held}:
        raise Problem(
            f"The demonstration here has {held} children.",
            "Leave --children out to go on with it, or name another folder in EVENHAND_DATA.",
        )


def _extract(arguments: argparse.Namespace) -> Path:
    """Write the extract beside its place and move it there whole, so that no half is imported."""
    folder, unfinished = _folder(), _folder().with_suffix(".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)
    order = Order(
        children=arguments.children or CHILDREN,
        seed=arguments.seed,
        as_at=arguments.as_at or timezone.localdate() - timedelta(days=1),
    )
    bar: tqdm[Any] = tqdm(total=order.children, unit=" children", disable=None, leave=False)
    with bar:
        made = build(order, unfinished, lambda written: _show(bar, written))
    unfinished.rename(folder)
    print(
        f"Islehaven is made up: {made.children:,} children as at {made.as_at}, "
        f"in {len(made.rows) + 1} files under {folder}."
    )
    return folder


def _show(bar: tqdm[Any], written: int) -> None:
    bar.update(written - bar.n)


def _import(folder: Path) -> None:
    """Import what was written, as the data officer would."""
    as_at = manifest.read(folder).as_at
    wanted = argparse.Namespace(paths=[str(folder)], as_at=as_at, source="ssd", json=False)
    imports.run(wanted)
    if not _is_imported():
        raise Problem("Islehaven's extract was not imported.", "See what the importer said above.")


def _print(offered: list[sign_ins.SignIn]) -> None:
    print("\nSign in as:")
    for each in offered:
        print(f"  {each.role:<30} {each.username:<20} {each.password}")
    print()
