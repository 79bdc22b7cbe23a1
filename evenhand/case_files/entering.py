"""When what happened was written down, of whatever says so: late entry, by who wrote it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from statistics import median
from typing import NamedTuple

from django.utils import timezone

from evenhand.casework.queries import entered_late, entered_of
from evenhand.facts.adopted import policy
from evenhand.people.models import Child
from evenhand.recording.queries import recordings_of
from evenhand.recording.sets import edition_of


class Written(NamedTuple):
    """One event, the day on which it was written down, and by whom."""

    words: str
    on: date
    entered_on: date
    by: str
    length: int | None = None

    @property
    def working_days(self) -> int:
        """Return after how many working days it was written down."""
        return policy().calendar.working_days_between(self.on, self.entered_on)


class Author(NamedTuple):
    """How soon one person writes things down, of one child."""

    name: str
    number: int
    late: int
    median_days: float


def entries_of(child: Child) -> list[Written]:
    """Return what somebody wrote down about a child with its own day and that of writing."""
    found = [*_events(child), *_records(child)]
    return sorted(found, key=lambda one: (one.on, one.entered_on), reverse=True)


def _events(child: Child) -> Iterator[Written]:
    for one in entered_of(child):
        yield Written(one.words, one.on, one.entered_on, one.by, one.length)


def _records(child: Child) -> Iterator[Written]:
    """What is recorded here whole: a message, an appointment. Checks of older papers are none."""
    for one in recordings_of(child).filter(entered_in_error=False, about_id=None):
        asked = edition_of(one.form, one.edition)
        if asked is not None and asked.is_own:
            entered_on = timezone.localdate(one.recorded_at)
            yield Written(asked.title, one.on, entered_on, one.recorded_by.name)


def late_words(one: Written) -> str:
    """Return how late it was written down; on the same or the next working day, nothing."""
    return entered_late(one.on, one.entered_on)


def by_author(entries: Iterable[Written], limit: int) -> list[Author]:
    """Return how soon each author wrote things down, in the order of their names."""
    found: dict[str, list[int]] = {}
    for one in entries:
        found.setdefault(one.by or "Nobody named", []).append(one.working_days)
    return [
        Author(name, len(days), sum(one > limit for one in days), median(days))
        for name, days in sorted(found.items())
    ]
