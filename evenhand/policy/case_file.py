"""The checking of case-file.yaml: the values that a page of a child's file asks for are there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evenhand.policy.checking import Problem

NAME = "case-file"
VALUES = ("late-entry", "entries-looked-at", "chronology-review")
"""What is worked out in a way of its own and needs a value: see the head of case-file.yaml."""


def problems_of(document: Any) -> Iterator[Problem]:
    """Yield each value that a case-file.yaml leaves out; nothing where no pack has the file."""
    if not isinstance(document, dict):
        return
    values = document.get("values")
    held = [one for one in values if isinstance(one, dict)] if isinstance(values, list) else []
    for id_ in VALUES:
        if not any(one.get("id") == id_ and "from" in one and "value" in one for one in held):
            yield Problem(
                NAME, "", 0, f'its values have no "{id_}" with a day from and a value',
                "Add it under values:, as packs/isle-of-wight/case-file.yaml has it.",
            )  # fmt: skip
