"""What the adopted packs say of looks that are worth a question (looking.yaml)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple

from evenhand.facts.adopted import policy
from evenhand.policy.entries import Entries, needed


class Rules(NamedTuple):
    """The values in force on a day."""

    looks_back: timedelta
    many_children: int
    day_begins: int
    day_ends: int
    out_of_hours: int


def rules_on(day: date) -> Rules:
    """Return the values in force on a day. Problem, naming it, where one is missing."""
    found: Any = policy().document("looking") or {}
    entries: Entries = found.get("looking", ())
    return Rules(
        looks_back=timedelta(days=_value(entries, "looks-back", day)),
        many_children=_value(entries, "many-children", day),
        day_begins=_value(entries, "day-begins", day),
        day_ends=_value(entries, "day-ends", day),
        out_of_hours=_value(entries, "out-of-hours", day),
    )


def _value(entries: Entries, id_: str, day: date) -> int:
    return int(needed(entries, id_, day, "looking.yaml")["value"])
