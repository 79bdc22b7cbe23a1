"""What the adopted packs say of promises that were not kept (promises.yaml)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from evenhand.facts.adopted import policy
from evenhand.policy.entries import that_holds
from evenhand.rules.arithmetic import add_months


def reasons() -> Mapping[str, str]:
    """Return why a promise may not have been kept: key to words."""
    return {str(one["id"]): str(one["label"]) for one in _document().get("reasons", ())}


def reason_in_words(key: str) -> str:
    """Return a reason in words; of one that the packs have no more, its key."""
    return reasons().get(key, key.replace("-", " ").capitalize())


def allowances() -> Mapping[str, str]:
    """Return what a promise may be let off: key to words."""
    return {str(one["id"]): str(one["words"]) for one in _document().get("allowances", ())}


def allowed_until(kind: str, starts_on: date) -> date:
    """Return until when an allowance that starts on a day may last at most."""
    found = next(one for one in _document()["allowances"] if one["id"] == kind)
    value = that_holds(found["longest"], starts_on, f'promises.yaml: "{kind}" has no "longest"')
    return add_months(starts_on, int(value["value"]))


def _document() -> Mapping[str, Any]:
    found: Any = policy().document("promises")
    return found or {}
