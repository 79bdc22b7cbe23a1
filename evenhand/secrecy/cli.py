"""``evenhand keys``: make keys, see how much is sealed under each, and move it to the current."""

from __future__ import annotations

import argparse
import json
from datetime import UTC, datetime

from evenhand.secrecy import keys


def new(args: argparse.Namespace) -> int:
    """Print a new key, which is kept nowhere."""
    made = keys.new_key(datetime.now(UTC).date())
    print(json.dumps({"key": made}) if args.json else made)
    return 0
