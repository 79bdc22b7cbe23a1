"""The profiles of disclosure control that the adopted packs offer (disclosure.yaml)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from evenhand.analytics.profiles import Profile
from evenhand.equality.pack import document, value
from evenhand.problems import Problem

SHOWN, OF_ROUNDED = "shown", "of rounded counts"


def profiles_on(day: date) -> list[Profile]:
    """Return the profiles in force on a day, the one that is offered first."""
    listed: Iterable[Mapping[str, Any]] = document("disclosure").get("profiles", ())
    found = [_profile(each, rules, day) for each in listed if (rules := _in_force(each, day))]
    if not found:
        raise Problem(
            f"disclosure.yaml has no profile in force on {day:%d/%m/%Y}.",
            "Add one that begins by then, or put the pack's own back.",
        )
    return found


def profile_called(id_: str, day: date) -> Profile:
    """Return one profile as in force on a day. Problem where there is none."""
    found = {each.id: each for each in profiles_on(day)}
    if id_ not in found:
        raise Problem(
            f"disclosure.yaml has no profile “{id_}” in force on {day:%d/%m/%Y}.",
            f"Choose one of {', '.join(found)}.",
        )
    return found[id_]


def _in_force(each: Mapping[str, Any], day: date) -> Mapping[str, Any] | None:
    begun: list[Mapping[str, Any]] = [one for one in each["rules"] if one["from"] <= day]
    return max(begun, key=lambda one: one["from"]) if begun else None


def _profile(each: Mapping[str, Any], rules: Mapping[str, Any], day: date) -> Profile:
    dominance = rules.get("dominance", {})
    return Profile(
        id=str(each["id"]),
        label=str(each["label"]),
        threshold=_number(rules["threshold"], day),
        shows_zeros=rules["zeros"] == SHOWN,
        base=_number(rules["round-to"], day),
        shares_of_rounded=rules["shares"] == OF_ROUNDED,
        hides_company=rules["company"] in (True, "yes"),
        spread=int(rules["spread"]),
        largest=int(dominance.get("n", 0)),
        dominance=float(dominance.get("k", 100)) / 100,
        same_period=int(rules["same-period"]),
    )


def _number(given: Any, day: date) -> int:
    """Return a number, or the value of disparity.yaml that a name stands for: one source of it."""
    return int(value(given, day) if isinstance(given, str) else given)
