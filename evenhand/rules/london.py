"""London's days and UTC's moments: the one place where a moment finds its day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
TICK = timedelta(microseconds=1)
FIRST_MOMENT = datetime.min.replace(tzinfo=UTC)
LAST_MOMENT = datetime.max.replace(tzinfo=UTC)


def london_day(value: date | datetime) -> date:
    """The London day of a moment; a date is itself. Moments must carry a time zone."""
    if not isinstance(value, datetime):
        return value
    if value.tzinfo is None:
        raise ValueError(f"{value.isoformat()} has no time zone: give moments in UTC")
    try:
        return value.astimezone(LONDON).date()
    except OverflowError:  # the first and last hours that a date can hold
        return value.date()


def first_moment(day: date) -> datetime:
    """The first moment of a London day, in UTC."""
    try:
        return datetime(day.year, day.month, day.day, tzinfo=LONDON).astimezone(UTC)
    except OverflowError:
        return FIRST_MOMENT


def last_moment(day: date) -> datetime:
    """The last moment of a London day, in UTC, to the microsecond."""
    if day == date.max:
        return LAST_MOMENT
    return first_moment(day + timedelta(days=1)) - TICK


def span(value: date | datetime) -> tuple[datetime, datetime]:
    """The earliest and the latest moment that a value can mean: a date is its whole London day."""
    if isinstance(value, datetime):
        return value, value
    return first_moment(value), last_moment(value)
