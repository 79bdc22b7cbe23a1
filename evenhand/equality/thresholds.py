"""Limits of the adopted packs that call for a person's attention (thresholds.yaml)."""

from __future__ import annotations

from datetime import date
from typing import Any

from evenhand.facts.adopted import policy


def limit(id_: str, field: str, day: date) -> float | None:
    """Return a limit in force on a day, its ``more_than`` or ``at_least``; None without one."""
    entries: Any = policy().document("thresholds") or ()
    begun = [each for each in entries if each["id"] == id_ and each["from"] <= day]
    return float(max(begun, key=lambda each: each["from"])[field]) if begun else None
