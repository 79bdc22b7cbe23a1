"""Calendars of whole days, as other programs read them (iCalendar, RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from icalendar import Calendar, Event

LOOK_AGAIN = timedelta(hours=12)  # when a calendar program should: a machine's matter
KIND = "text/calendar; charset=utf-8"


class Day(NamedTuple):
    """One event, all day long. ``key`` tells it apart: it stays the same when the calendar is
    made again."""

    key: str
    on: date
    words: str


def calendar(days: Iterable[Day], *, made_at: datetime, name: str) -> str:
    """Return a calendar of whole days, that takes nobody's time. Lines end in CRLF."""
    made = Calendar()
    made.add("version", "2.0")
    made.add("prodid", "-//Evenhand//Days//EN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    made.add("refresh-interval", LOOK_AGAIN, parameters={"VALUE": "DURATION"})
    for day in days:
        made.add_component(_event(day, made_at))
    return made.to_ical().decode()


def _event(day: Day, made_at: datetime) -> Event:
    event = Event()
    event.add("uid", f"{day.key}@evenhand")
    event.add("dtstamp", made_at)
    event.add("dtstart", day.on)
    event.add("dtend", day.on + timedelta(1))
    event.add("summary", day.words)
    event.add("transp", "TRANSPARENT")
    return event
