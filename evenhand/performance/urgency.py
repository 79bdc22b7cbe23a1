"""How urgent a case is, by what a form of the packs advised of it (performance.yaml, urgency)."""

from __future__ import annotations

from typing import Any

from evenhand.facts.adopted import policy


def form() -> str:
    """Return the form whose advice tells it; empty where no adopted pack says."""
    return str(_urgency().get("form", ""))


def order() -> list[str]:
    """Return the advice that tells it, the most urgent first."""
    return [str(one) for one in _urgency().get("order", ())]


def priority_of(advice: str) -> int:
    """Return the priority that an advice stands for, from 1."""
    return order().index(advice) + 1


def _urgency() -> Any:
    return (policy().document("performance") or {}).get("urgency", {})
