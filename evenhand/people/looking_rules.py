"""What the adopted packs say of looks that are worth a question (looking.yaml)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from evenhand.facts.adopted import policy
from evenhand.problems import Problem


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
    entries: Iterable[Mapping[str, Any]] = found.get("looking", ())
    return Rules(
        looks_back=timedelta(days=_value(entries, "looks-back", day)),
        many_children=_value(entries, "many-children", day),
        day_begins=_value(entries, "day-begins", day),
        day_ends=_value(entries, "day-ends", day),
        out_of_hours=_value(entries, "out-of-hours", day),
    )


def _value(entries: Iterable[Mapping[str, Any]], id_: str, day: date) -> int:
    begun = [one for one in entries if one["id"] == id_ and one["from"] <= day]
    if not begun:
        raise Problem(
            f'No pack has a value of "{id_}" in force on {day:%d/%m/%Y}.',
            "Add one that begins by then to looking.yaml.",
        )
    return int(max(begun, key=lambda one: one["from"])["value"])
