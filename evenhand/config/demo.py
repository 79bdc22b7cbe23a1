"""``evenhand demo``: Islehaven, a made-up authority, from nothing to pages.

Its extract is written to files and read by the real importer. What is already there is kept, so a
second run goes straight to serving.
"""

from __future__ import annotations

import argparse
import shutil
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from evenhand.accounts import demo as sign_ins
from evenhand.config.cli import serve_at
from evenhand.imports import cli as imports
from evenhand.problems import Problem
from evenhand.sources.models import ImportBatch
from evenhand.synth import cli as synth

CHILDREN = 500
THREADS = 8


def run(arguments: argparse.Namespace) -> int:
    """Make what is missing of the demonstration, print its sign-ins, and serve it."""
    if _is_imported():
        _refuse_another_size(arguments.children)
        print("Islehaven is already here; `make clean` would begin it anew.")
    else:
        _import(_extract(arguments))
    _print(sign_ins.create(at=timezone.now()))
    if arguments.no_serve:
        print("Ready. Serve it with: evenhand demo")
        return 0
    return serve_at(arguments.address, arguments.port, threads=THREADS)


def _print(offered: list[sign_ins.SignIn]) -> None:
    print("\nSign in as:")
    for each in offered:
        print(f"  {each.role:<30} {each.username:<20} {each.password}")


def _is_imported() -> bool:
    return ImportBatch.objects.filter(progress=ImportBatch.Progress.MERGED).exists()


def _folder() -> Path:
    return Path(settings.DATA) / "islehaven"


def _refuse_another_size(children: int | None) -> None:
    written = _folder() / "children.txt"
    held = written.read_text(encoding="utf-8").strip() if written.exists() else ""
    if children is not None and held != str(children):
        raise Problem(
            f"The demonstration here has {held or 'another number of'} children.",
            "Leave --children out to go on with it, or name another folder in EVENHAND_DATA.",
        )


def _extract(arguments: argparse.Namespace) -> Path:
    """Write the extract beside its place and move it there whole, so that no half is imported."""
    folder, unfinished = _folder(), _folder().with_suffix(".unfinished")
    children = arguments.children or CHILDREN
    shutil.rmtree(unfinished, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)
    wanted = argparse.Namespace(
        children=children,
        seed=arguments.seed,
        as_at=arguments.as_at or _yesterday(),
        out=str(unfinished),
        clean=False,
        variant="standard",
        json=False,
    )
    if synth.run(wanted):
        raise Problem("Islehaven's extract was not written.", "See what was said above.")
    (unfinished / "children.txt").write_text(f"{children}\n", encoding="utf-8")
    unfinished.rename(folder)
    return folder


def _import(folder: Path) -> None:
    wanted = argparse.Namespace(paths=[str(folder)], as_at=None, source="ssd", json=False)
    imports.run(wanted)
    if not _is_imported():
        raise Problem("Islehaven's extract was not imported.", "See what the importer said above.")


def _yesterday() -> date:
    return timezone.localdate() - timedelta(days=1)
