"""Inspectors' judgements as the adopted packs have them (judgements.yaml): areas, words, labels."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from evenhand.facts.adopted import policy

IMPROVEMENT = "improvement"
"""The kind of task that answers a judgement."""
PREFIX = "judgement:"


class Area(NamedTuple):
    """One area that inspectors judge; ``outcomes`` are steps and standards that show how it is."""

    id: str
    label: str
    clause: str
    outcomes: tuple[str, ...]


class Scale(NamedTuple):
    """The areas, the words of judgements with the label that each has now, and whose reading."""

    areas: tuple[Area, ...]
    words: Mapping[str, str]
    now: Mapping[str, str]
    outcomes_by: tuple[str, ...]
    whose_reading: str

    def area(self, id_: str) -> Area:
        """Return an area; under its bare id where the packs have it no more."""
        return next((one for one in self.areas if one.id == id_), Area(id_, id_, "", ()))

    def given(self, id_: str) -> str:
        """Return a judgement as inspectors gave it."""
        return self.words.get(id_, id_)

    def today(self, id_: str) -> str:
        """Return the label that a judgement has now; its own word where the packs say none."""
        return self.now.get(id_, self.given(id_))


def actions_begin(ref: str) -> str:
    """Return how the key begins of what every action that answers a judgement is about."""
    return f"{PREFIX}{ref}:"


def scale() -> Scale:
    """Return what the adopted packs say of judgements; perhaps no area."""
    return _scale(policy().digest)


@cache
def _scale(_digest: str) -> Scale:
    found: Any = policy().document("judgements") or {}
    judgements = found.get("judgements", ())
    areas = (
        Area(one["id"], one["label"], one.get("clause", ""), tuple(one.get("outcomes", ())))
        for one in found.get("areas", ())
    )
    return Scale(
        tuple(areas),
        {one["id"]: one["then"] for one in judgements},
        {one["id"]: one["now"] for one in judgements},
        tuple(found.get("outcomes_by", ())), str(found.get("citation", "")),
    )  # fmt: skip
