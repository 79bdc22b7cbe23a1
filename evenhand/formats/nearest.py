"""The nearest of some names to one that was written, for sentences that offer a remedy."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(name: str, names: Iterable[str]) -> str:
    """The name most like ``name``, or "" when none is like it."""
    found = get_close_matches(name, list(names), n=1, cutoff=0.6)
    return found[0] if found else ""
