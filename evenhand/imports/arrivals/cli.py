"""``evenhand pickup``: what came into the watched folders, imported; for a scheduler."""

from __future__ import annotations

import argparse
import json
import time

from django.utils import timezone

from evenhand.imports.arrivals.actions import REFUSED, TROUBLE, pick_up

WELL, FOUND_PROBLEMS, FAILED = 0, 1, 2


def run(arguments: argparse.Namespace) -> int:
    """Look into every folder; 0 all taken, 1 some rows in quarantine, 2 some folder refused."""
    found = pick_up(timezone.now(), lambda: time.sleep(arguments.wait))
    if arguments.json:
        told = [{"folder": f.folder, "how": f.how, "sentence": f.sentence} for f in found]
        print(json.dumps({"folders": told}, indent=2))
    else:
        print(*(f"{f.folder}: {f.sentence}" for f in found), sep="\n")
        if not found:
            print("No folder is watched. Say which are, on the page Imports, Folders.")
    if any(f.how in (REFUSED, TROUBLE) for f in found):
        return FAILED
    return FOUND_PROBLEMS if any(f.has_problems for f in found) else WELL
