"""Whether the file that was expected last has come, and the sentence where it has not."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from evenhand.design.wording import day, moment
from evenhand.sources.models import FolderWatch

A_DAY = timedelta(days=1)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def deadline(watch: FolderWatch, now: datetime) -> datetime | None:
    """The last moment by which a file was expected, up to ``now``; None where none ever is."""
    today = timezone.localdate(now)
    for back in range(8):
        on = today - timedelta(days=back)
        at = timezone.make_aware(datetime.combine(on, watch.by_time))
        if on.weekday() in watch.weekdays and at <= now:
            return at
    return None


def missing(watch: FolderWatch, now: datetime) -> str:
    """The sentence for a file that was expected and did not come; empty where all is well.

    What came in the day before the deadline counts for it.
    """
    due = deadline(watch, now)
    if due is None or (watch.arrived_at is not None and watch.arrived_at > due - A_DAY):
        return ""
    return f"{begins(watch, due, now)} {_last(watch)}"


def begins(watch: FolderWatch, due: datetime, now: datetime) -> str:
    """The first half of the sentence, the same until the next deadline but for the last look."""
    is_today = timezone.localdate(due) == timezone.localdate(now)
    whose = "Today's" if is_today else f"{DAYS[timezone.localtime(due).weekday()]}'s"
    seen = f"{timezone.localtime(now):%H:%M}" if is_today else moment(now)
    by = f"{timezone.localtime(due):%H:%M}" + ("" if is_today else f" on {day(due)}")
    return f"{whose} file for {watch.source.name} was expected by {by} and had not come at {seen};"


def _last(watch: FolderWatch) -> str:
    if watch.arrived_at is None:
        return "none has come yet."
    return f"the last came on {moment(watch.arrived_at)}."
