"""What the adopted packs say of closed records and of access for a while (access.yaml)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from evenhand.facts.adopted import policy
from evenhand.policy.entries import needed
from evenhand.rules.arithmetic import add_months

FILE = "access.yaml"
HOURS = {"hours": 1, "days": 24}


def restriction_reasons() -> Mapping[str, str]:
    """Return the reasons for which a record may be closed: key to words."""
    return _labels(_document().get("restriction-reasons", ()))


def lending_reasons() -> Mapping[str, str]:
    """Return the reasons for which a record may be opened for a while: key to words."""
    return _labels(_document().get("temporary-access", {}).get("reasons", ()))


def lent_for(day: date) -> timedelta:
    """Return how long access lasts that begins on a day. Problem where no value is in force."""
    entry = needed(
        _document().get("temporary-access", {}).get("lasts", ()), "temporary-access", day, FILE
    )
    return timedelta(hours=int(entry["value"]) * HOURS[str(entry["unit"])])


def review_day(day: date) -> date:
    """Return when a restriction of a day is looked at again, where no other day is given."""
    entry = needed(_document().get("review-after", ()), "restriction", day, FILE)
    return add_months(day, int(entry["value"]))


def shown_to(characteristic: str) -> frozenset[str] | None:
    """Return who by closeness may be shown a characteristic at all; None: it is not sensitive."""
    for entry in _document().get("sensitive", ()):
        if entry["id"] == characteristic:
            return frozenset(map(str, entry.get("shown_to", ())))
    return None


def sensitive() -> frozenset[str]:
    """Return the characteristics that only some may be shown, and that leave in no export."""
    return frozenset(str(entry["id"]) for entry in _document().get("sensitive", ()))


def _document() -> Mapping[str, Any]:
    found: Any = policy().document("access")
    return found or {}


def _labels(entries: Iterable[Mapping[str, Any]]) -> Mapping[str, str]:
    return {str(entry["id"]): str(entry["label"]) for entry in entries}
