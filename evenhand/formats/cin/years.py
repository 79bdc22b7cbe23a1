"""Which census year a file is of, by its header."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from evenhand.formats import cells, limits
from evenhand.formats.format import Window
from evenhand.formats.xml import Element

LAST_DAY: Final = (3, 31)
"""The census year ends on 31 March."""


@dataclass(frozen=True, slots=True)
class Header:
    """What the header says, as text; the empty string where it says nothing."""

    collection: str = ""
    year: str = ""
    reference_date: str = ""

    @property
    def year_end(self) -> date | None:
        """The last day of the census year; None where the header does not tell.

        It is the reference date, which must be a 31 March; where it is another day, the 31 March
        of the header's year.
        """
        said = cells.to_date(self.reference_date)
        if isinstance(said, date) and (said.month, said.day) == LAST_DAY:
            return said
        is_year = self.year.isdecimal() and len(self.year) == len("2026")
        if is_year and limits.EARLIEST_YEAR < int(self.year) <= limits.LATEST_YEAR:
            return date(int(self.year), *LAST_DAY)
        return None

    @property
    def census(self) -> str:
        """The return that a file is: the last day of its census year, as ISO text."""
        end = self.year_end
        return end.isoformat() if end else ""

    @property
    def window(self) -> Window | None:
        """The first and last day of the census year."""
        end = self.year_end
        return None if end is None else (date(end.year - 1, 4, 1), end)


def header_of(element: Element) -> Header:
    """Read the header."""
    said = {inner.tag: (inner.text or "").strip() for inner in element.iter()}
    return Header(said.get("Collection", ""), said.get("Year", ""), said.get("ReferenceDate", ""))
