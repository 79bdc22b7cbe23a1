"""London's days and UTC's moments, whole arrays at a time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenhand.rules.london import FIRST_MOMENT, LAST_MOMENT, LONDON, london_day, span

EPOCH = date(1970, 1, 1)
EPOCH_MOMENT = datetime(1970, 1, 1, tzinfo=UTC)
DAY = 86_400_000_000
TABLE_FROM, TABLE_TO = date(1900, 1, 1), date(2200, 1, 1)


def to_day(day: date) -> int:
    """A date as days since 1970-01-01."""
    return (day - EPOCH).days


def from_day(number: int) -> date:
    """Days since 1970-01-01 as a date."""
    return EPOCH + timedelta(days=int(number))


def to_micros(moment: datetime) -> int:
    """A moment as microseconds since 1970-01-01 in UTC."""
    return (moment - EPOCH_MOMENT) // timedelta(microseconds=1)


def from_micros(number: int) -> datetime:
    """Microseconds since 1970-01-01 in UTC as a moment."""
    return EPOCH_MOMENT + timedelta(microseconds=int(number))


FIRST_MICRO, LAST_MICRO = to_micros(FIRST_MOMENT), to_micros(LAST_MOMENT)
LAST_DATE = date.max


def days_of(micros: NDArray[Any]) -> NDArray[np.int32]:
    """The London day of each moment."""
    micros = micros.astype(np.int64, copy=False)
    guess = micros // DAY
    place = guess - to_day(TABLE_FROM)
    table = _first_moments()
    inside = (place >= 0) & (place < len(table) - 1)
    place = np.where(inside, place, 0)
    days = guess + (micros >= table[place + 1]) - (micros < table[place])
    for row in np.flatnonzero(~inside):
        days[row] = _slow_day(int(micros[row]))
    found: NDArray[np.int32] = days.astype(np.int32)
    return found


def day_spans(days: NDArray[Any]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The first and the last moment of each London day, to the microsecond."""
    place = days.astype(np.int64) - to_day(TABLE_FROM)
    table = _first_moments()
    inside = (place >= 0) & (place < len(table) - 1)
    place = np.where(inside, place, 0)
    first, last = table[place], table[place + 1] - 1
    for row in np.flatnonzero(~inside):
        first[row], last[row] = _slow_span(int(days[row]))
    return first, last


@cache
def _first_moments() -> NDArray[np.int64]:
    """The first moment of every London day of the table, by its offset from UTC."""
    days = [TABLE_FROM + timedelta(days=n) for n in range((TABLE_TO - TABLE_FROM).days + 1)]
    offsets = [datetime(d.year, d.month, d.day, tzinfo=LONDON).utcoffset() for d in days]
    micros = [(offset or timedelta(0)) // timedelta(microseconds=1) for offset in offsets]
    utc = (np.arange(len(days), dtype=np.int64) + to_day(TABLE_FROM)) * DAY
    found: NDArray[np.int64] = utc - np.array(micros, dtype=np.int64)
    return found


def _slow_day(micros: int) -> int:
    try:
        return to_day(london_day(from_micros(micros)))
    except OverflowError:  # what is not valid may hold anything
        return 0


def _slow_span(day: int) -> tuple[int, int]:
    try:
        first, last = span(from_day(day))
    except OverflowError:
        return 0, 0
    return to_micros(first), to_micros(last)
