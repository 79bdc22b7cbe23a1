"""A lookup of postcodes read row by row: the tenth by deprivation, rural or urban, the locality.

Pure but for the file: the meaning of columns and codes is the packs' (places.yaml).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from evenhand.facts.adopted import policy
from evenhand.formats.delimited import Delimited, Row
from evenhand.formats.faults import Fault, FileFault, shown
from evenhand.formats.files import File
from evenhand.people.postcodes import normalised
from evenhand.problems import Problem

TENTHS = 10
TOLD = ("decile", "rank", "rural", "locality")
LONGEST_LOCALITY = 80
RULE = "PLACES"


class Meanings(NamedTuple):
    """What the packs say of a lookup: names of columns, codes, and how many areas are ranked."""

    columns: Mapping[str, Sequence[str]]
    rural: Mapping[str, str]
    country: str
    areas: int


class Told(NamedTuple):
    """What a row tells of one postcode; ``decile`` None and empty text are not told."""

    postcode: str
    decile: int | None
    rural: str
    locality: str


Cells = Callable[[str], str]


def indices() -> list[str]:
    """Return the names of the Indices whose ranks the packs can read, the oldest first."""
    return [str(each["id"]) for each in sorted(_document()["values"], key=_begins)]


def meanings(named: str, on: date) -> Meanings:
    """Return what a lookup's columns mean, ranks being those of the Indices ``named``.

    Without a name, those in force on a day. Problem where the packs have no such.
    """
    document = _document()
    wanted = [each for each in document["values"]
              if (str(each["id"]) == named if named else each["from"] <= on)]  # fmt: skip
    if not wanted:
        raise Problem(f'places.yaml has no Indices "{named}".', f"Use {', '.join(indices())}.")
    rural = {str(code).upper(): kind for kind, codes in document["rural"].items() for code in codes}
    newest = max(wanted, key=_begins)
    return Meanings(document["columns"], rural, str(document["country"]), int(newest["value"]))


def read(file: File, means: Meanings) -> Iterator[Told | Fault]:
    """Yield what each row tells, and a fault for a row that cannot be read.

    FileFault where the file is broken, or tells of no postcode or nothing about them.
    """
    opened = Delimited(file)
    places = _places(opened.header, means.columns)
    if "postcode" not in places or not set(TOLD) & set(places):
        raise FileFault(
            file.base,
            "it has to have a column of postcodes and one of what to know of them, and has "
            f"{', '.join(opened.header[:8])}.",
            f"Name one {means.columns['postcode'][0]} and another {', '.join(TOLD)}.",
        )
    for row in opened:
        yield row if isinstance(row, Fault) else _told(row, places, means)


def _places(header: Sequence[str], columns: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Where each thing stands: under the first of its names that the header has."""
    there = {name.strip().casefold(): place for place, name in enumerate(header)}
    found = {}
    for what, names in columns.items():
        known = [there[name.casefold()] for name in names if name.casefold() in there]
        if known:
            found[what] = known[0]
    return found


def _told(row: Row, places: Mapping[str, int], means: Meanings) -> Told | Fault:
    def cell(what: str) -> str:
        return row.cells[places[what]].strip() if what in places else ""

    postcode = normalised(cell("postcode"))
    if not postcode:
        what = f"{shown(cell('postcode'))} is no postcode" if cell("postcode") else "no postcode"
        return _fault(row, "postcode", f"{what}.", "Mend the row, or leave it out.")
    try:
        decile = _decile(cell, means)
    except ValueError:
        given = cell("decile") or cell("rank")
        return _fault(
            row, "deprivation", f"{shown(given)} is no tenth from 1 to {TENTHS} and no rank.",
            "Mend the row, or leave it out.",
        )  # fmt: skip
    rural = means.rural.get(cell("rural").upper(), "")
    return Told(postcode, decile, rural, cell("locality")[:LONGEST_LOCALITY])


def _decile(cell: Cells, means: Meanings) -> int | None:
    """The tenth as told, or from the rank; of another country than England's there is none."""
    if cell("country") not in ("", means.country):
        return None
    if cell("decile"):
        return _within(int(cell("decile")), TENTHS)
    rank = int(cell("rank") or 0)
    return (_within(rank, means.areas) * TENTHS - 1) // means.areas + 1 if rank else None


def _within(number: int, most: int) -> int:
    if not 1 <= number <= most:
        raise ValueError(number)
    return number


def _fault(row: Row, column: str, what: str, remedy: str) -> Fault:
    return Fault(row.line, column, "", RULE, what, remedy)


def _document() -> Any:
    found = policy().document("places")
    if found is None:
        raise Problem("No adopted pack has a places.yaml.", "Adopt the pack england.")
    return found


def _begins(each: Mapping[str, Any]) -> Any:
    return each["from"]
