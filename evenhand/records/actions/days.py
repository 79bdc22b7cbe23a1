"""Days that cannot be: to come, or before what they follow."""

from __future__ import annotations

from datetime import date, datetime

from evenhand.design.wording import day as in_words
from evenhand.people.days import refuse_to_come
from evenhand.problems import Problem


def refuse_day(day: date, at: datetime, *, since: date | None = None, what: str = "") -> None:
    """Raise Problem for a day after that of ``at``, or before ``since``, the day of ``what``."""
    refuse_to_come(day, at)
    if since is not None and day < since:
        raise Problem(f"{in_words(day)} is before {what} ({in_words(since)}).", "Check both days.")
