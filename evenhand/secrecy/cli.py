"""``evenhand keys``: make keys, see how much is sealed under each, and move it to the current."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime

from evenhand.secrecy import keys, rotation
from evenhand.secrecy.columns import columns_of_models


def new(args: argparse.Namespace) -> int:
    """Print a new key, which is kept nowhere."""
    made = keys.new_key(datetime.now(UTC).date())
    print(json.dumps({"key": made}) if args.json else made)
    return 0


def status(args: argparse.Namespace) -> int:
    """Print how much is sealed under each key."""
    counts = rotation.counts(columns_of_models())
    current = keys.ring().current
    if args.json:
        print(json.dumps({"current": current, "sealed": counts}))
    else:
        _say(counts, current)
    return 0


def rotate(args: argparse.Namespace) -> int:
    """Seal everything under the current key. Returns 1 where something does not open."""
    done = rotation.rotate(columns_of_models())
    current = keys.ring().current
    if args.json:
        print(json.dumps({"current": current, **done._asdict()}))
    else:
        print(f"{done.moved:,} values were sealed again under {current}.")
        _say(done.left, current)
    for where in done.unopened:
        print(f"{where}: does not open, and was left as it is.", file=sys.stderr)
    return 1 if done.unopened else 0


def _say(counts: dict[str, int], current: str) -> None:
    for name, count in counts.items():
        if name == current:
            print(f"{name}: {count:,} values; the current key.")
        elif count:
            print(f"{name}: {count:,} values. Run: evenhand keys rotate")
        else:
            print(f"{name}: nothing is left under it. It may be taken out of use.")
