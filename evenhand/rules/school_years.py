"""School years of England, worked out from the day of birth: pure, with the ages of law given.

A pupil's year group is settled by their age at the end of 31 August.
"""

from __future__ import annotations

from datetime import date, timedelta

SEPTEMBER, JUNE = 9, 6
FRIDAY = 4


def year_begins(born: date, age: int) -> date:
    """Return the 1 September on the eve of which somebody born then is first ``age``.

    Somebody born on 1 September is the eldest of a year, not the youngest of the one before.
    """
    year = born.year + age
    return date(year if born.month < SEPTEMBER else year + 1, SEPTEMBER, 1)


def school_leaving_day(born: date, age: int) -> date:
    """Return the last Friday in June of the school year that begins when somebody is ``age``."""
    last = date(year_begins(born, age).year + 1, JUNE, 30)
    return last - timedelta((last.weekday() - FRIDAY) % 7)
