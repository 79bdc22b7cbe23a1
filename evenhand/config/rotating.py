"""``evenhand keys rotate``: everything that is to be sealed, sealed under the current key."""

from __future__ import annotations

import argparse

from evenhand.people import sealing
from evenhand.secrecy import cli


def rotate(args: argparse.Namespace) -> int:
    """Seal what a pack made volunteered after it was said, then move the rest to the current key.

    Returns 1 where something does not open.
    """
    sealing.seal_what_is_plain()
    return cli.rotate(args)
