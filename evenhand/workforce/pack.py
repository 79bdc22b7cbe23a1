"""What the adopted packs say of the people who work with children (workforce.yaml)."""

from __future__ import annotations

from evenhand.facts.adopted import policy
from evenhand.rules.standards import Standard

SUPERVISION, DEVELOPMENT_PLAN = "supervision", "development-plan"


def standard_for(name: str) -> Standard | None:
    """Return the standard that the packs name for something; None where they name none."""
    document = policy().document("workforce") or {}
    named = document.get("standards", {})
    return policy().standards.get(str(named.get(name, "")))
