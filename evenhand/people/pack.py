"""The adopted packs, as this room needs them: what is asked, and the answers to choose from."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from evenhand.facts.adopted import policy
from evenhand.policy import Ask


def ask_set() -> tuple[Ask, ...]:
    """Return what the adopted packs ask, in their order."""
    return policy().ask_set


def item_called(characteristic: str) -> Ask:
    """Return one item of the ask set; LookupError, saying so, where it is not asked."""
    for item in ask_set():
        if item.characteristic == characteristic:
            return item
    raise LookupError(f"The ask set does not ask about {characteristic!r}.")


def answers_to(item: Ask) -> Mapping[str, str]:
    """Return the answers to choose from: code to label, in the pack's order."""
    return _code_list(policy().digest, item.answers)


@cache
def _code_list(_digest: str, name: str) -> Mapping[str, str]:
    document: Any = policy().document("codes") or {}
    codes = document.get("lists", {}).get(name, ())
    return {str(code["code"]): str(code["label"]) for code in codes}


def in_words(item: Ask, answer: str) -> str:
    """Return an answer's labels; a code that is not in the list stands as it is."""
    labels = answers_to(item)
    return ", ".join(labels.get(code, code) for code in answer.split())
