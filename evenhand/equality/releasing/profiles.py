"""The profiles of disclosure control that the adopted packs offer (disclosure.yaml)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from evenhand.analytics.profiles import Profile
from evenhand.equality.pack import document, value
from evenhand.policy.entries import newest
from evenhand.problems import Problem

SHOWN, OF_ROUNDED = "shown", "of rounded counts"
YES, NO = (True, "yes"), (False, "no")  # YAML reads a bare yes as true
SAID: Mapping[str, Collection[object]] = {  # what a profile must say; with words, one of these
    "threshold": (),
    "zeros": (SHOWN, "hidden"),
    "round-to": (),
    "shares": (OF_ROUNDED, "of true counts"),
    "company": (*YES, *NO),
    "spread": (),
    "same-period": (),
    "dominance": (),
}


def profiles_on(day: date) -> list[Profile]:
    """Return the profiles in force on a day, the one that is offered first."""
    listed: Iterable[Mapping[str, Any]] = document("disclosure").get("profiles", ())
    found = [_profile(each, rules, day) for each in listed if (rules := newest(each["rules"], day))]
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


def _profile(each: Mapping[str, Any], rules: Mapping[str, Any], day: date) -> Profile:
    _check(each["id"], rules)
    return Profile(
        id=str(each["id"]),
        label=str(each["label"]),
        threshold=_number(rules["threshold"], day),
        shows_zeros=rules["zeros"] == SHOWN,
        base=_number(rules["round-to"], day),
        shares_of_rounded=rules["shares"] == OF_ROUNDED,
        hides_company=rules["company"] in YES,
        spread=int(rules["spread"]),
        largest=int(rules["dominance"]["n"]),
        dominance=float(rules["dominance"]["k"]) / 100,
        same_period=int(rules["same-period"]),
    )


def _check(id_: str, rules: Mapping[str, Any]) -> None:
    """Raise Problem where the pack leaves out what a profile must say, or says it in other words.

    Nothing is filled in: how small numbers are hidden is the pack's to say.
    """
    for name, words in SAID.items():
        where = f"disclosure.yaml: the profile “{id_}”, from {rules['from']:%d/%m/%Y},"
        if name not in rules:
            raise Problem(f"{where} has no {name}.", "Say it as the pack england does.")
        if words and rules[name] not in words:
            told = ", ".join(str(one) for one in words if isinstance(one, str))
            raise Problem(f"{where} has {name}: {rules[name]}.", f"Use one of {told}.")
    if not {"n", "k"} <= set(rules["dominance"]):
        raise Problem(
            f"{where} has a dominance without n or k.", "Say it as the pack england does."
        )


def _number(given: Any, day: date) -> int:
    """Return a number, or the value of disparity.yaml that a name stands for: one source of it."""
    return int(value(given, day) if isinstance(given, str) else given)
