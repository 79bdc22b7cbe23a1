"""Days on which something cannot have been: days to come, and days before a child was born."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from evenhand.design.wording import day as in_words
from evenhand.people.models import Child
from evenhand.problems import Problem

WHEN_IT_HAS = "Record it when it has happened."


def refuse_to_come(day: date | None, at: datetime, remedy: str = WHEN_IT_HAS) -> None:
    """Raise Problem for a day after that of ``at``; no day is no such day."""
    if day is not None and day > timezone.localdate(at):
        raise Problem(f"{in_words(day)} is still to come.", remedy)


def refuse_outside_life(child: Child, day: date, at: datetime, remedy: str = WHEN_IT_HAS) -> None:
    """Raise Problem for a day after that of ``at``, and for one before the child's birth."""
    refuse_to_come(day, at, remedy)
    refuse_before_birth(child, day)


def refuse_before_birth(child: Child, day: date) -> None:
    """Raise Problem for a day before the child's birth, where that is known."""
    if child.born_on is not None and day < child.born_on:
        raise Problem(f"{in_words(day)} is before the child was born.", "Check the day.")
