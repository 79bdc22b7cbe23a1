"""One quick pass over a file before it is read: which years and authorities it holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from evenhand.formats import cells
from evenhand.formats.delimited import Delimited, Row
from evenhand.formats.faults import FileFault
from evenhand.formats.files import File
from evenhand.formats.format import Window
from evenhand.formats.recognise import Layout, plain
from evenhand.formats.ssda903.years import first_day, last_day, year_of

DATED: Final[Mapping[str, tuple[str, ...]]] = {
    "903_episodes": ("DEC", "DECOM"),
    "903_reviews": ("REVIEW",),
    "903_missing": ("MIS_START",),
    "903_swepisodes": ("SW_DEC", "SW_DECOM"),
}
"""The days of a module that lie within the return's year; the first that a row has counts."""

NEVER: Final[Window] = (date.max, None)
"""The window of dated rows that do not show their year: nothing is withdrawn for lack of it."""

ALWAYS: Final[Window] = (None, None)
"""The window of rows that have no day of their own, such as Header's."""

YEARS_AT_MOST: Final = 40


@dataclass(slots=True)
class Scan:
    """What a pass found: rows of each return, and in which years the days of each lie.

    Returns are called by their YEAR cell, or by "" where the file has no such column.
    """

    counts: dict[str, Counter[int]] = field(default_factory=dict)
    authorities: set[str] = field(default_factory=set)


def window(table: str, ends_in: int | None) -> Window:
    """The days of which a module is the whole truth: its return's year, where it shows which."""
    if table not in DATED:
        return ALWAYS
    return (first_day(ends_in), last_day(ends_in)) if ends_in else NEVER


def place_of(header: list[str], name: str) -> int | None:
    """Where a regional column stands, or None."""
    return next((n for n, one in enumerate(header) if plain(one) == name), None)


def scan(file: File, opened: Delimited, layout: Layout) -> Scan:
    """Pass over the file once. FileFault where it holds the rows of several authorities."""
    found = Scan()
    year, authority = place_of(opened.header, "year"), place_of(opened.header, "la")
    days = _places(layout)
    if year is None and authority is None and not days:
        return found
    for row in opened:
        if isinstance(row, Row):
            of = row.cells[year].strip().removesuffix(".0") if year is not None else ""
            if of not in found.counts:
                found.counts[of] = Counter()
            _count(found.counts[of], row.cells, days)
            if authority is not None and row.cells[authority].strip():
                found.authorities.add(row.cells[authority].strip())
    _refuse(file, found)
    return found


def _places(layout: Layout) -> list[int]:
    names = [column.name for column in layout.table.every_column]
    wanted = DATED.get(layout.table.name, ())
    return [p for name in wanted if (p := layout.places[names.index(name)]) is not None]


def _count(counts: Counter[int], texts: list[str], places: list[int]) -> None:
    for place in places:
        if year := _years[texts[place]]:
            counts[year] += 1
            return


class _Years(dict[str, int]):
    """The return's year of a day as text, 0 where it is none; remembered."""

    def __missing__(self, text: str) -> int:
        if len(self) > 100_000:
            self.clear()
        value = cells.to_date(text)
        self[text] = year = year_of(value) if isinstance(value, date) else 0
        return year


_years: Final = _Years()


def _refuse(file: File, found: Scan) -> None:
    if len(found.authorities) > 1:
        listed = ", ".join(sorted(found.authorities)[:4])
        raise FileFault(
            file.base,
            f"its column LA names {len(found.authorities):,} authorities ({listed}): one child's "
            "identifier may be another child's elsewhere.",
            "Take out the rows of the other authorities and import again.",
        )
    if len(found.counts) > YEARS_AT_MOST:
        raise FileFault(
            file.base,
            f"its column YEAR holds {len(found.counts):,} different values.",
            "Check that the columns of the file have not slipped.",
        )
