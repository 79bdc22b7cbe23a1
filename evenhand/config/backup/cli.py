"""``evenhand backup`` and ``evenhand restore``."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from django.utils import timezone

from evenhand.config import startup
from evenhand.config.backup import making, restoring
from evenhand.config.backup.postgresql import rights_in_words
from evenhand.config.backup.restoring import Restored

REAPPLY = "What was disposed of after the backup was made is back: evenhand retention reapply"


def backup(args: argparse.Namespace) -> int:
    """Make a backup, or with ``--check`` verify one by bringing it back into a place of its own."""
    path = Path(args.file)
    with startup.database_faults_in_words(), rights_in_words():
        if args.check:
            return _say(restoring.check(path, at=timezone.now()), args, "Checked")
        made = making.make(path, at=timezone.now())
    if args.json:
        print(json.dumps(made._asdict()))
    else:
        print(f"{path}: {sum(made.rows.values()):,} rows, {made.size / 1024**2:,.1f} MiB.")
    return 0


def restore(args: argparse.Namespace) -> int:
    """Bring a backup back. Returns 1 where its history does not verify."""
    with startup.database_faults_in_words(), rights_in_words():
        done = restoring.restore(Path(args.file), at=timezone.now(), replace=args.replace)
    return _say(done, args, "Restored")


def _say(done: Restored, args: argparse.Namespace, what: str) -> int:
    if args.json:
        print(json.dumps({**done._asdict(), "faults": list(done.faults)}))
    else:
        for table, count in sorted(done.rows.items()):
            if count:
                print(f"{count:>12,}  {table}")
        print(f"{what}: {sum(done.rows.values()):,} rows of {done.about['made_at']}.")
        if done.kept:
            print(f"What was there before is in {done.kept}. Remove it when all is well.")
            print(REAPPLY)
    for fault in done.faults:
        print(fault, file=sys.stderr)
    if not done.faults and not args.json:
        print("The history was verified: nothing has been altered, removed or reordered.")
    return 1 if done.faults else 0
