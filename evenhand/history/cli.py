"""``evenhand history``: check every seal, entry and look; begin the list of seals anew."""

from __future__ import annotations

import argparse
import json
import sys

from django.utils import timezone

from evenhand.history import disposing, sealing, verifying
from evenhand.history.actions import renew_witness
from evenhand.history.verifying import Verdict

WHAT = {"entries": "The history", "views": "The log of views"}


def verify(args: argparse.Namespace) -> int:
    """Print what was checked and what does not agree. Returns 0 when all agrees, else 1."""
    verdicts = verifying.verify()
    agrees = not any(one.faults for one in verdicts.values())
    if agrees:
        disposing.finish()
        sealing.seal_all(at=timezone.now())
    if args.json:
        print(json.dumps(verifying.summary(verdicts)))
    else:
        _say(verdicts)
    return 0 if agrees else 1


def witness(args: argparse.Namespace) -> int:
    """Begin the lists of seals anew, with an entry that says why. The old ones are kept beside."""
    renew_witness(by=None, at=timezone.now(), reason=args.because)
    said = "The lists of seals were begun anew, and the history says so."
    print(json.dumps({"done": said}) if args.json else said)
    return 0


def _say(verdicts: dict[str, Verdict]) -> None:
    for rows_are, one in verdicts.items():
        print(
            f"{WHAT[rows_are]}: {one.entries:,} {rows_are} under {one.seals:,} seals were checked; "
            f"{one.unsealed:,} were new and not yet sealed; "
            f"the words of {one.disposed:,} were disposed of."
        )
    faults = [fault for one in verdicts.values() for fault in one.faults]
    if not faults:
        print("Nothing has been altered, removed or reordered.")
        return
    for fault in faults:
        print(f"{fault.where}: {fault.sentence}", file=sys.stderr)
    print("Keep this output, restore from a backup and tell the director.", file=sys.stderr)
