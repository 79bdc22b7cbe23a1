"""A calendar of whole days, as other programs read it (RFC 5545): how many things fall due."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta

HOURS = 12  # after which a calendar program should look again: a machine's matter


def calendar(days: Mapping[date, int], *, made_at: datetime, name: str) -> str:
    """Return a calendar with one event for each day that has anything due. Lines end in CRLF."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Evenhand//Due days//EN", "METHOD:PUBLISH",
        f"X-WR-CALNAME:{name}", f"REFRESH-INTERVAL;VALUE=DURATION:PT{HOURS}H",
    ]  # fmt: skip
    for day, count in days.items():
        lines += _event(day, count, made_at)
    return "".join(f"{line}\r\n" for line in [*lines, "END:VCALENDAR"])


def _event(day: date, count: int, made_at: datetime) -> Iterator[str]:
    things = "1 thing is due" if count == 1 else f"{count} things are due"
    yield "BEGIN:VEVENT"
    yield f"UID:{day:%Y%m%d}-due@evenhand"
    yield f"DTSTAMP:{made_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day + timedelta(1):%Y%m%d}"
    yield f"SUMMARY:Evenhand: {things}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"
