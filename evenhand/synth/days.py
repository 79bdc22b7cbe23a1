"""Days as whole numbers (``date.toordinal``), and the working days of England among them.

The bank holidays are worked out here, and not taken from the calendar of a policy pack: what
Islehaven plants must be true whatever the engine under test believes.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

ONE_OFF = (
    date(2011, 4, 29),
    date(2012, 6, 5),
    date(2020, 5, 8),
    date(2022, 6, 3),
    date(2022, 9, 19),
    date(2023, 5, 8),
)
MOVED = {
    date(2012, 5, 28): date(2012, 6, 4),
    date(2020, 5, 4): None,
    date(2022, 5, 30): date(2022, 6, 2),
}


def easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e, f = b // 4, b % 4, (b + 8) // 25
    h = (19 * a + b - d - (b - f + 1) // 3 + 15) % 30
    k = (32 + 2 * e + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return date(year, month, day + 1)


def _monday(year: int, month: int, last: bool) -> date:
    first = date(year, month, 25 if last else 1)
    return first + timedelta(days=-first.weekday() % 7)


def _from(day: date) -> Iterator[date]:
    return (day + timedelta(days=more) for more in range(10))


def bank_holidays(year: int) -> set[date]:
    """Return England's bank holidays of a year from 2011, substitutes and one-off days too."""
    sunday = easter(year)
    found = {sunday - timedelta(days=2), sunday + timedelta(days=1)}
    for monday in (_monday(year, 5, False), _monday(year, 5, True), _monday(year, 8, True)):
        moved = MOVED.get(monday, monday)
        found |= {moved} if moved else set()
    for fixed in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        found.add(next(day for day in _from(fixed) if day.weekday() < 5 and day not in found))
    return found | {day for day in ONE_OFF if day.year == year}


class Days:
    """The working days around one as-at day, and days as text. Days are ordinals throughout."""

    def __init__(self, as_at: date) -> None:
        years = range(as_at.year - 19, as_at.year + 27)
        self._first = date(years[0], 1, 1).toordinal()
        last = date(years[-1], 12, 31).toordinal()
        off = {day for year in years for day in bank_holidays(year)}
        self._working: list[int] = []
        self._up_to: list[int] = []
        for ordinal in range(self._first, last + 1):
            day = date.fromordinal(ordinal)
            if day.weekday() < 5 and day not in off:
                self._working.append(ordinal)
            self._up_to.append(len(self._working))

    def add(self, day: int, working_days: int) -> int:
        """Return the day so many working days after; day 1 is the first working day after."""
        return self._working[self._up_to[day - self._first] + working_days - 1]

    def on_or_after(self, day: int) -> int:
        """Return this day if it is a working day, or else the next one."""
        return self.add(day - 1, 1)


class Texts(dict[int | None, str]):
    """ISO text of a day; of no day, nothing."""

    def __missing__(self, day: int | None) -> str:
        text = "" if day is None else date.fromordinal(day).isoformat()
        self[day] = text
        return text


TEXT = Texts()


def add_months(day: int, months: int) -> int:
    """Return the same day of a later month, or its last day where that month has none."""
    start = date.fromordinal(day)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    for number in range(start.day, start.day - 4, -1):
        try:
            return date(year, month + 1, number).toordinal()
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def birthday(born: int, years: int) -> int:
    """Return the day an age is reached; a 29 February birthday falls on 1 March."""
    start = date.fromordinal(born)
    try:
        return start.replace(year=start.year + years).toordinal()
    except ValueError:
        return date(start.year + years, 3, 1).toordinal()
