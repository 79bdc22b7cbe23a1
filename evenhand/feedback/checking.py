"""What cannot be: answers that no list has, and days to come. Each is told in one sentence."""

from __future__ import annotations

from datetime import date

from evenhand.feedback import pack
from evenhand.problems import Problem


def among(name: str, id_: str, *, optional: bool = True) -> None:
    """Raise Problem for a key that the pack's list of that name does not have."""
    if optional and not id_:
        return
    if id_ not in {each.id for each in pack.choices(name)}:
        raise Problem(f"The list of {name} has no {id_!r}.", "Choose one of the list.")


def in_order(first: date | None, later: date | None, words: str) -> None:
    """Raise Problem where a day lies before one that comes first."""
    if first is not None and later is not None and later < first:
        raise Problem(f"{words} before it was received.", "Look at both days again.")
