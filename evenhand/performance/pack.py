"""What the adopted packs say of performance (performance.yaml), read once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from evenhand.facts.adopted import policy
from evenhand.policy.entries import needed

FILE = "performance.yaml"
ACTION = "improvement-action"
"""The kind of task (tasks.yaml) that answers a finding."""


def choices(name: str) -> list[tuple[str, str]]:
    """Return a list of the packs as key and words: priorities, finding-kinds, practice-sources."""
    return [(str(one["id"]), str(one["label"])) for one in _document().get(name, ())]


def words_of(name: str, key: str) -> str:
    """Return one of a list in words; of one that the packs have no more, its key."""
    return dict(choices(name)).get(key, key)


def limit(id_: str, on: date) -> int:
    """Return a limit in force on a day. Problem, naming it, where no adopted pack has it."""
    return int(needed(_document().get("limits", ()), id_, on, FILE)["value"])


def _document() -> Mapping[str, Any]:
    found: Any = policy().document("performance")
    return found or {}
