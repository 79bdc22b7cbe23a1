"""How many things fall due on each day for somebody: no words of them, and no child."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.promises.lines import Section, my_work

NOW = (Section.LATE, Section.DUE)


class Count(NamedTuple):
    """How many things are late, and how many due and not late; of both, how many the law's."""

    late: int
    due: int
    law: int


def count_of(viewer: User, *, now: datetime) -> Count:
    """Return how many things wait for somebody now."""
    lines = [one for one in my_work(viewer, now=now) if one.section in NOW]
    late = sum(one.section is Section.LATE for one in lines)
    return Count(late, len(lines) - late, sum(one.law for one in lines))


def days_of(viewer: User, *, now: datetime) -> Mapping[date, int]:
    """Return how many things fall due on each day; what is late counts on today."""
    today = timezone.localdate(now)
    found = Counter(
        max(one.due_on, today)
        for one in my_work(viewer, now=now)
        if one.due_on is not None and one.section in NOW
    )
    return dict(sorted(found.items()))
