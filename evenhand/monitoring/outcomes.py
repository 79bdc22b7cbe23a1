"""Which outcomes the strategy's page shows, and by which groups (priorities.yaml)."""

from __future__ import annotations

from typing import Any, NamedTuple

from evenhand.facts.adopted import policy


class Chosen(NamedTuple):
    """Steps of the pathway and standards, and the dimensions; perhaps none."""

    of: tuple[str, ...]
    by: tuple[str, ...]


def chosen() -> Chosen:
    """Return what the adopted packs chose."""
    document: Any = policy().document("priorities") or {}
    found = document.get("outcomes", {})
    return Chosen(tuple(found.get("of", ())), tuple(found.get("by", ())))
