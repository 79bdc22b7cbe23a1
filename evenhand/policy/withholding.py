"""Leaving entries of the packs out, to prove what rests on them."""

from __future__ import annotations

import os

from evenhand.policy.documents import Plain

WITHHOLD_SETTING = "EVENHAND_WITHHOLD"


def withheld() -> frozenset[str]:
    """Return the entries that the environment names, with commas between."""
    named = os.environ.get(WITHHOLD_SETTING, "").replace(",", " ")
    return frozenset(named.split())


def without(value: Plain, name: str, withheld: frozenset[str]) -> Plain:
    """A document without the items whose id (or characteristic), or whose key, is withheld."""
    if not any(entry.startswith(f"{name}/") for entry in withheld):
        return value
    if isinstance(value, dict):
        kept_keys = {key: one for key, one in value.items() if f"{name}/{key}" not in withheld}
        return {key: without(inner, name, withheld) for key, inner in kept_keys.items()}
    if isinstance(value, list):
        kept = [item for item in value if not _is_withheld(item, name, withheld)]
        return [without(item, name, withheld) for item in kept]
    return value


def _is_withheld(item: Plain, name: str, withheld: frozenset[str]) -> bool:
    if not isinstance(item, dict):
        return False
    id_ = item.get("id") or item.get("characteristic")
    return f"{name}/{id_}" in withheld
