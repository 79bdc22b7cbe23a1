"""Standings as rows of whole numbers, so that many can be compared and written at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import numpy as np

from evenhand.facts.holding import NOTHING, Integers
from evenhand.rules.london import london_day
from evenhand.rules.moments import to_day

COLUMNS = (
    "subject_id", "cycle", "child_id", "team_id", "worker_id", "anchor_on", "due_on", "due_at",
    "due_from_at", "done_on", "done_at", "excused_by", "not_recorded", "provisional", "kind",
)  # fmt: skip
PLACE = {name: place for place, name in enumerate(COLUMNS)}
DAYS = ("anchor_on", "due_on", "done_on")
MOMENTS = ("due_at", "due_from_at", "done_at")
OWNERS = ("child_id", "team_id", "worker_id")
FLAGS = ("not_recorded", "provisional")
MOST_CYCLES = 2**15
MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)  # odd: no two numbers give one product


def day_number(value: date | datetime | None) -> int:
    """Days since 1970 of a day, or of the London day of a moment."""
    return NOTHING if value is None else to_day(london_day(value))


def column(rows: Integers, name: str) -> Integers:
    """One column of the rows."""
    found: Integers = rows[:, PLACE[name]]
    return found


def key(subjects: Integers, cycles: Integers) -> Integers:
    """A whole number for each row that tells it from every other of its standard."""
    return subjects * MOST_CYCLES + cycles


def digests_of(rows: Integers, definition: str) -> Integers:
    """A digest of each row and of the standard's definition, to see at once what differs."""
    mixed = np.full(len(rows), int(definition[:15] or "0", 16), np.uint64)
    for name in COLUMNS:
        mixed = (mixed ^ column(rows, name).astype(np.uint64)) * MULTIPLIER
        mixed ^= mixed >> np.uint64(29)
    return mixed.astype(np.int64)


def as_written(rows: Integers, excuses: Sequence[str]) -> list[tuple[Any, ...]]:
    """Turn rows into what a database takes: days and moments as text, nobody as null."""
    return list(zip(*(_texts(rows, name, excuses) for name in COLUMNS), strict=True))


def _texts(rows: Integers, name: str, excuses: Sequence[str]) -> Sequence[Any]:
    numbers = column(rows, name)
    if name in DAYS:
        return _or_null(numbers, numbers.astype("datetime64[D]").astype(str))
    if name in MOMENTS:
        return _or_null(numbers, _moment_texts(numbers))
    if name in OWNERS:
        return [number or None for number in numbers.tolist()]
    if name in FLAGS:
        return [bool(number) for number in numbers.tolist()]
    if name == "excused_by":
        return [excuses[number - 1] if number else "" for number in numbers.tolist()]
    return numbers.tolist()


def _moment_texts(numbers: Integers) -> Any:
    texts = numbers.astype("datetime64[us]").astype(str)
    return np.char.replace(texts, "T", " ")


def _or_null(numbers: Integers, texts: Any) -> list[str | None]:
    listed: list[str | None] = texts.tolist()
    for place in np.flatnonzero(numbers == NOTHING).tolist():
        listed[place] = None
    return listed
