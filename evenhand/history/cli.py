"""``evenhand history verify``: check every seal and entry, then seal what is finished."""

from __future__ import annotations

import argparse
import json
import sys

from django.utils import timezone

from evenhand.history import sealing


def verify(args: argparse.Namespace) -> int:
    """Print what was checked and what does not agree. Returns 0 when all agrees, else 1."""
    verdict = sealing.verify()
    if not verdict.faults:
        sealing.seal(at=timezone.now())
    if args.json:
        print(json.dumps(verdict._asdict() | {"faults": [f._asdict() for f in verdict.faults]}))
    else:
        _say(verdict)
    return 1 if verdict.faults else 0


def _say(verdict: sealing.Verdict) -> None:
    print(
        f"{verdict.entries:,} entries under {verdict.seals:,} seals were checked; "
        f"{verdict.unsealed:,} were new and not yet sealed."
    )
    if not verdict.faults:
        print("Nothing has been altered, removed or reordered.")
    for fault in verdict.faults:
        print(f"{fault.where}: {fault.sentence}", file=sys.stderr)
    if verdict.faults:
        print("Keep this output, restore from a backup and tell the director.", file=sys.stderr)
