"""``evenhand retention``: disposing again after a restore, and writing over what was freed."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from django.utils import timezone

from evenhand.problems import Problem
from evenhand.retention import scrubbing
from evenhand.retention.actions import reapply as dispose_again


def reapply(arguments: argparse.Namespace) -> int:
    """Dispose again of every record that the lists of disposals name and that is here."""
    paths = [Path(name) for name in arguments.lists]
    for path in paths:
        if not path.is_file():
            raise Problem(
                f"There is no list of disposals at {path}.",
                "Name a disposals.jsonl, or none for the one beside the database.",
            )
    done = dispose_again(by=None, at=timezone.now(), paths=paths)
    said = f"{done:,} records that were disposed of before were disposed of again."
    print(json.dumps({"records": done}) if arguments.json else said)
    return 0


def scrub(arguments: argparse.Namespace) -> int:
    """Write over the room in the database that disposals freed."""
    done = scrubbing.scrub(at=timezone.now())
    said = f"What {done:,} disposals freed in the database was written over."
    print(json.dumps({"disposals": done}) if arguments.json else said)
    return 0
