"""The steps of the pack's pathway, read once; with the dimensions and values beside them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

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
from evenhand.equality.pack import document, in_force, value
from evenhand.facts.adopted import policy

__all__ = [
    "DECLINED", "NOT_ASKED", "NOT_KNOWN", "UNKNOWN", "UNKNOWN_WORDS", "Band", "Dimension", "Step",
    "dimension_called", "dimensions", "headline_dimensions", "in_force", "main_dimensions",
    "step_called", "steps", "value",
]  # fmt: skip
YES = "yes"


class Step(NamedTuple):
    """One step of the pathway: what is counted, when, and what says that the next was reached.

    ``next_subject`` begun at ``next_at`` by the same child within ``within`` days of ``at`` says
    so, unless every code of the fact ``unless_fact`` is among ``unless_codes``. Where
    ``answered_by`` is filled, it is that fact of the same subject instead, being ``answer``; what
    has no such fact on record is not judged.
    """

    id: str
    title: str
    counted: str
    led: str
    subject: str
    at: str
    after: str
    among: Mapping[str, str]
    next_subject: str
    next_at: str
    unless_fact: str
    unless_codes: tuple[str, ...]
    within: tuple[Mapping[str, Any], ...]
    clauses: tuple[str, ...]
    note: str
    answered_by: str = ""
    answer: str = ""


def steps() -> tuple[Step, ...]:
    """Return the steps of the pathway, in the pack's order (pathway.yaml)."""
    return _steps(policy().digest)


def step_called(id_: str) -> Step | None:
    """Return one step, or None."""
    return next((one for one in steps() if one.id == id_), None)


@cache
def _steps(_digest: str) -> tuple[Step, ...]:
    whole = document("pathway")
    clauses = tuple(whole.get("clauses", ()))
    return tuple(_step(each, clauses) for each in whole["steps"])


def _step(each: Mapping[str, Any], clauses: tuple[str, ...]) -> Step:
    reached = each["reached_by"]
    unless = next(iter(reached.get("unless", {}).items()), ("", ()))
    fact = reached.get("fact", "")
    return Step(
        each["id"], each["title"], each["counted"], each["led"], each["subject"], each["at"],
        each.get("after", ""), each.get("among", {}), reached.get("subject", each["subject"]),
        reached.get("at", fact), unless[0], tuple(unless[1]), tuple(each["within"]),
        tuple(each.get("clauses", clauses)), each.get("note", ""), fact,
        str(reached.get("is", YES)),
    )  # fmt: skip
