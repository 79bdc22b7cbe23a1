"""One cell at a time: from the text of a file to a date, a moment, an id, a code or a number.

Every converter takes the text of a cell and returns a value, None for "not recorded", or a
``Bad`` that says what is wrong. None of them evaluates anything: a formula stays text.
Converters are kept in dictionaries that remember what they have met, because dates and codes
repeat by the thousand; see :class:`Remembered`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from evenhand.formats import limits
from evenhand.formats.faults import Weight, shown

LONDON: Final = ZoneInfo("Europe/London")
EMPTY: Final = frozenset({"", "null", "none", "n/a", "#n/a", "placeholder_data", "nan", "nat"})
NOBODY: Final = frozenset({"-1", "0"})

Value = date | datetime | str | float | None


@dataclass(frozen=True, slots=True)
class Bad:
    """A cell that cannot be read: its rule, its sentence and remedy."""

    rule: str
    sentence: str
    remedy: str
    weight: Weight = "row"


Converter = Callable[[str], "Value | Bad"]

_DATE: Final = re.compile(
    r"(?:(?P<y>\d{4})[-/](?P<m>\d{1,2})[-/](?P<d>\d{1,2})"
    r"|(?P<d2>\d{1,2})[-/. ](?P<m2>\d{1,2}|[A-Za-z]{3,9})[-/. ](?P<y2>\d{4}))"
    r"(?:[T ]+(?P<h>\d{1,2}):(?P<min>\d{2})(?::(?P<s>\d{2})(?:[.:]\d{1,9})?)?"
    r"(?P<zone>Z|[+-]\d{2}:?\d{2})?)?$"
)
_MONTHS: Final = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)


def is_empty(text: str) -> bool:
    """Whether a cell says that nothing is recorded: blank, NULL, or a placeholder."""
    return text.strip().lower() in EMPTY


def to_text(text: str) -> Value | Bad:
    """The text itself, trimmed; too long is refused, a formula is kept as it is written."""
    if len(text) > limits.CELL_CHARACTERS:
        return Bad(
            "SSD-C03",
            f"holds {len(text):,} characters; the most a cell may hold is "
            f"{limits.CELL_CHARACTERS:,}",
            "Shorten it in the case system, or ask its supplier why it is so long.",
        )
    if "\0" in text:
        return Bad(
            "SSD-C04",
            f"holds a NUL byte in {shown(text)}",
            "Delete the invisible character in the case system and extract again.",
        )
    stripped = text.strip()
    return None if stripped.lower() in EMPTY else stripped


def to_id(text: str) -> Value | Bad:
    """An identifier as text: '123.0', as spreadsheets write 123, becomes '123'."""
    value = to_text(text)
    if isinstance(value, str):
        if value.endswith(".0") and value[:-2].lstrip("-").isdigit():
            return value[:-2]
        if len(value) > limits.ID_CHARACTERS:
            return Bad(
                "SSD-C05",
                f"is too long for an identifier: {shown(value)}",
                "Check that the columns of the file have not slipped.",
            )
    return value


def to_somebody(text: str) -> Value | Bad:
    """The identifier of a worker or team: -1 and 0 mean that it is not known."""
    value = to_id(text)
    return None if value in NOBODY else value


def to_number(text: str) -> Value | Bad:
    """A number; what is not one is left aside, the row is taken."""
    value = to_text(text)
    if not isinstance(value, str):
        return value
    try:
        return float(value)
    except ValueError:
        return Bad("SSD-C02", f"is not a number: {shown(text)}", "Correct it.", "cell")


def to_moment(text: str) -> Value | Bad:
    """A date, or an aware UTC moment when the cell has a time of day other than midnight."""
    value = to_text(text)
    if not isinstance(value, str):
        return value
    match = _DATE.match(value)
    if match is None:
        return _unreadable(value)
    day = _day(match)
    if not isinstance(day, date):
        return day
    return _with_time(day, match)


def to_date(text: str) -> Value | Bad:
    """The day of a date or moment; the time of day is dropped."""
    value = to_moment(text)
    return value.astimezone(LONDON).date() if isinstance(value, datetime) else value


def to_day(text: str) -> Value | Bad:
    """The day of a date; what is not one is left aside, the row is taken."""
    value = to_date(text)
    return replace(value, weight="cell") if isinstance(value, Bad) else value


def _day(match: re.Match[str]) -> date | Bad:
    year = int(match["y"] or match["y2"])
    month_text = match["m"] or match["m2"]
    if not limits.EARLIEST_YEAR <= year <= limits.LATEST_YEAR:
        return Bad(
            "SSD-D02",
            f"is in the year {year:04d}: {shown(match[0])}",
            "Correct the year in the case system, or here.",
        )
    try:
        month = (
            int(month_text) if month_text.isdigit() else _MONTHS.index(month_text[:3].lower()) + 1
        )
        return date(year, month, int(match["d"] or match["d2"]))
    except ValueError:
        return Bad(
            "SSD-D03",
            f"is not a day of the calendar: {shown(match[0])}",
            "Write the day first, as in 31/12/2026, or the year first, as in 2026-12-31.",
        )


def _with_time(day: date, match: re.Match[str]) -> Value | Bad:
    if match["h"] is None:
        return day
    hour, minute, second = int(match["h"]), int(match["min"]), int(match["s"] or 0)
    if not hour and not minute and not second and not match["zone"]:
        return day
    try:
        if match["zone"]:
            zone = match["zone"].replace("Z", "+00:00")
            text = f"{day.isoformat()}T{hour:02d}:{minute:02d}:{second:02d}{zone}"
            return datetime.fromisoformat(text).astimezone(UTC)
        local = datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=LONDON)
    except ValueError:
        return Bad("SSD-D04", f"has no such time of day: {shown(match[0])}", "Correct the time.")
    return local.astimezone(UTC)


def _unreadable(value: str) -> Bad:
    if value.isdigit() and 4 <= len(value) <= 6:
        return Bad(
            "SSD-D05",
            f"is a spreadsheet's day number, not a date: {shown(value)}",
            "Format the column as a date before saving the file, or extract it again.",
        )
    if re.search(r"\d{5,}", value):
        return Bad(
            "SSD-D02",
            f"has a year of five digits or more: {shown(value)}",
            "Correct the year in the case system, or here.",
        )
    return Bad(
        "SSD-D01",
        f"is not a date: {shown(value)}",
        "Write it as 31/12/2026 or 2026-12-31.",
    )


def to_code(codes: dict[str, str], list_name: str) -> Converter:
    """A converter to the codes of a list, whatever their case; others are left aside."""
    known = {code.lower(): code for code in codes}

    def convert(text: str) -> Value | Bad:
        plain = text.strip().lower()  # NONE is a code of disability, and elsewhere a blank
        code = known.get(plain) or known.get(plain.removesuffix(".0"))
        value = to_text(text)
        if not isinstance(value, str) and code is None:
            return value
        return code or Bad(
            "SSD-C01",
            f"is not a code of the list {list_name.replace('_', ' ')}: {shown(value)}",
            "Say which code it stands for, or correct it in the case system.",
            "cell",
        )

    return convert


class Remembered(dict[str, "Value | Bad"]):
    """A converter that remembers up to ``most`` values, and whether any was bad."""

    def __init__(self, convert: Converter, most: int = 100_000) -> None:
        super().__init__()
        self.convert, self.most, self.any_bad = convert, most, False

    def __missing__(self, text: str) -> Value | Bad:
        value = self.convert(text)
        if isinstance(value, Bad):
            self.any_bad = True
        if len(self) >= self.most:
            self.clear()
        self[text] = value
        return value
