"""What the adopted packs say of comparing groups (disparity.yaml), read by its name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from evenhand.facts.adopted import policy
from evenhand.policy.disparity import value_of
from evenhand.policy.entries import begun
from evenhand.problems import Problem


def value(id_: str, on: date) -> Any:
    """Return the value of disparity.yaml in force on a day. Problem, naming it, where none is."""
    return value_of(document("disparity"), id_, on)


def codes(name: str) -> dict[str, Mapping[str, Any]]:
    """Return a list of codes by code, in the pack's order; empty where there is none."""
    listed = document("codes")["lists"].get(name, ())
    return {str(each["code"]): each for each in listed}


def document(name: str) -> Any:
    """Return a document of the adopted packs. Problem, naming it, where no pack has it."""
    found = policy().document(name)
    if found is None:
        raise Problem(
            f"No adopted pack has a {name}.yaml.", "Adopt the pack england, or write one."
        )
    return found


def reasons_left_out(on: date) -> frozenset[str]:
    """Return the reasons of restricted records that no figure by group counts (disclosure.yaml)."""
    found: Any = policy().document("disclosure") or {}
    listed: Sequence[Mapping[str, Any]] = found.get("left-out", ())
    return frozenset(str(each["reason"]) for each in begun(listed, on))
