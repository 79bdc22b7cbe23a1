"""What share of each standard the authority aims to meet in time (performance.yaml of a pack)."""

from __future__ import annotations

from datetime import date
from typing import Any

from evenhand.facts.adopted import policy
from evenhand.policy.entries import called, in_force

EVERY = "every"
PERIODS = "under-target-periods"


def target_of(standard: str, on: date) -> float | None:
    """Return the target of a standard in force on a day, in per cent; None where there is none.

    Its own where the packs have one, else that for every standard.
    """
    targets = _document().get("targets", ())
    own = in_force(called(targets, standard), on)
    found = own if own is not None else in_force(called(targets, EVERY), on)
    return None if found is None else float(found)


def periods_that_ask(on: date) -> int | None:
    """Return for how many quarters running under target asks for an action; None: never."""
    found = in_force(called(_document().get("limits", ()), PERIODS), on)
    return None if found is None else int(found)


def _document() -> Any:
    return policy().document("performance") or {}
