"""Reading a time of day as people write it: 14:30, 2.30pm, 1430, 9 am. Pure."""

from __future__ import annotations

import re
from datetime import time

EXAMPLE = "14:30"
WRITTEN = re.compile(r"(\d{1,2})(?:[:.\s]?(\d{2}))?\s*(am|pm)?", re.ASCII)
NOON = 12


class NoSuchTime(ValueError):
    """What was written is no time of day. ``fault`` ends "The time must ..."."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


def read_time(text: str) -> time:
    """Return the time written in ``text``; raise NoSuchTime with what to mend."""
    words = text.strip().lower().replace("noon", "12pm").replace("midnight", "12am")
    found = WRITTEN.fullmatch(words)
    if found is None:
        raise NoSuchTime(f"be a time of day, like {EXAMPLE} or 2.30pm")
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half:
        if not 1 <= hour <= NOON:
            raise NoSuchTime("have an hour from 1 to 12 before am or pm")
        hour = hour % NOON + (NOON if half == "pm" else 0)
    try:
        return time(hour, minute)
    except ValueError:
        raise NoSuchTime("be a real time: check the hour and the minute") from None
