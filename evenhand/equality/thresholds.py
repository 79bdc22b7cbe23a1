"""Limits of the adopted packs that call for a person's attention (thresholds.yaml)."""

from __future__ import annotations

from datetime import date
from typing import Any

from evenhand.facts.adopted import policy
from evenhand.policy.entries import called, newest


def limit(id_: str, field: str, day: date) -> float | None:
    """Return a limit in force on a day, its ``more_than`` or ``at_least``; None without one."""
    entries: Any = policy().document("thresholds") or ()
    found = newest(called(entries, id_), day)
    return None if found is None else float(found[field])
