"""Reading a day as people write it: 27/3/2026, 27 March 2026, 2026-03-27. Pure."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

EXAMPLE = "27/3/2026"
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
BOXES = ("day", "month", "year")
FIRST_YEAR_OF_FOUR_DIGITS = 1000


class DayParts(NamedTuple):
    """A day as it was written, before anyone asks whether it exists."""

    day: str
    month: str
    year: str

    def __str__(self) -> str:
        return "/".join(self) if any(self) else ""


class NoSuchDay(ValueError):
    """What was written is no day. ``fault`` ends "The date must ..."; ``boxes`` are to mend."""

    def __init__(self, fault: str, boxes: tuple[str, ...] = BOXES) -> None:
        super().__init__(fault)
        self.fault = fault
        self.boxes = boxes


def read_day(text: str) -> date:
    """Return the day written in ``text``: day first, or ISO. Raise NoSuchDay with what to mend."""
    return day_from(parts_of(text))


def parts_of(text: str) -> DayParts:
    """Return the three parts of a written day; raise NoSuchDay if there are not three."""
    words = [w for w in re.split(r"[\s/.,\-]+", text.strip()) if w]
    if len(words) != len(BOXES):
        raise NoSuchDay(f"have a day, a month and a year, like {EXAMPLE}")
    if len(words[0]) == 4 and words[0].isdigit():
        words.reverse()
    day, month, year = words
    return DayParts(re.sub(r"(?<=\d)(st|nd|rd|th)$", "", day.lower()), month, year)


def day_from(parts: DayParts) -> date:
    """Return the day of three parts; raise NoSuchDay naming what is missing or impossible."""
    missing = tuple(box for box, part in zip(BOXES, parts, strict=True) if not part)
    if missing:
        raise NoSuchDay(f"include a {' and '.join(missing)}", missing)
    month = _month(parts.month)
    day = _number(parts.day, 2)
    _refuse(day < 1, "be a real date: check the day", "day")
    _refuse(not 1 <= month <= len(MONTHS), "be a real date: check the month", "month")
    year = _number(parts.year, 4)
    _refuse(year < FIRST_YEAR_OF_FOUR_DIGITS, "have a year of 4 numbers, like 2026", "year")
    try:
        return date(year, month, day)
    except ValueError:
        raise NoSuchDay("be a real date: check the day and month", ("day", "month")) from None


def _refuse(wrong: bool, fault: str, box: str) -> None:
    if wrong:
        raise NoSuchDay(fault, (box,))


def _number(text: str, digits: int) -> int:
    """Return the number written, or 0 if it is none or too long to be meant."""
    return int(text) if text.isdecimal() and len(text) <= digits else 0


def _month(text: str) -> int:
    if text.isdecimal():
        return _number(text, 2)
    named = text.strip().lower()[:3]
    return MONTHS.index(named) + 1 if named in MONTHS else 0
