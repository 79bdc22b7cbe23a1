"""The steps of the pack's pathway, read once; with the dimensions and values beside them."""

from __future__ import annotations

from functools import cache

from evenhand.equality.dimensions import (
    DECLINED,
    NOT_ASKED,
    NOT_KNOWN,
    UNKNOWN,
    UNKNOWN_WORDS,
    Band,
    Dimension,
    dimension_called,
    dimensions,
    headline_dimensions,
    main_dimensions,
)
from evenhand.equality.pack import document, value
from evenhand.facts.adopted import policy
from evenhand.policy.pathway import YES, Step, steps_of

__all__ = [
    "DECLINED", "NOT_ASKED", "NOT_KNOWN", "UNKNOWN", "UNKNOWN_WORDS", "YES", "Band", "Dimension",
    "Step", "dimension_called", "dimensions", "headline_dimensions", "main_dimensions",
    "step_called", "steps", "value",
]  # fmt: skip


def steps() -> tuple[Step, ...]:
    """Return the steps of the pathway, in the pack's order (pathway.yaml)."""
    return _steps(policy().digest)


def step_called(id_: str) -> Step | None:
    """Return one step, or None."""
    return next((one for one in steps() if one.id == id_), None)


@cache
def _steps(_digest: str) -> tuple[Step, ...]:
    return steps_of(document("pathway"))
