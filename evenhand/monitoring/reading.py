"""Pasted tables and CSV files read: every row, or a sentence for each fault and no row at all."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import NamedTuple, TypeVar

from evenhand.problems import Problem

R = TypeVar("R")
MOST_ROWS = 20_000
"""More than every authority's value of every indicator for years; a page reads no more."""
MOST_FAULTS = 10
MOST = 99_999_999
PER_CENT = "%"


class Line(NamedTuple):
    """One row of a table: its number in the file, and its cells by heading."""

    number: int
    cells: Mapping[str, str]

    def says(self, heading: str) -> str:
        """Return a cell's words, empty where there are none."""
        return self.cells.get(heading, "").strip()


class Faulty(Problem):
    """A table that was not taken: a sentence for each fault, the first few."""


def decoded(data: bytes) -> str:
    """Return a file's text. Problem where it is no text that we can read."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        return text
    raise Problem("This is no CSV file.", "Save the table as CSV (comma delimited) and try again.")


def lines_of(text: str, wanted: Sequence[str]) -> list[Line]:
    """Return the rows of a table with headings; commas, semicolons or tabs stand between cells.

    Headings are read in any case and order. Problem for a table with no heading of ``wanted``, no
    rows or too many, or one that is no table.
    """
    rows = _rows(text)
    if not rows:
        raise Problem("There is nothing in the table.", f"Its first line is: {', '.join(wanted)}.")
    headings = [cell.strip().lower() for cell in rows[0]]
    missing = [name for name in wanted if name not in headings]
    if missing:
        raise Problem(
            f"The table has no column called {missing[0]!r}.",
            f"Its first line names the columns: {', '.join(wanted)}.",
        )
    found = [
        Line(number, dict(zip(headings, row, strict=False)))
        for number, row in enumerate(rows[1:], start=2)
        if any(cell.strip() for cell in row)
    ]
    if not found:
        raise Problem("The table has headings and no rows.", "Put a row for each value below them.")
    return found


def _rows(text: str) -> list[list[str]]:
    first = text.strip().split("\n", 1)[0]
    between = max("\t;,", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text.strip()), delimiter=between))
    except csv.Error as error:
        raise Problem("This is no table that we can read.", "Save it as CSV again.") from error
    if len(rows) > MOST_ROWS:
        raise Problem(
            f"The table has {len(rows):,} rows.", f"Bring in at most {MOST_ROWS:,} at a time."
        )
    return rows


def every(lines: Iterable[Line], read: Callable[[Line], R]) -> list[R]:
    """Return each line read by ``read``; ``Faulty`` with a sentence for each that it refused."""
    found, faults = [], []
    for line in lines:
        try:
            found.append(read(line))
        except Problem as problem:
            faults.append(f"Line {line.number}: {problem.sentence}")
    if faults:
        more = len(faults) - MOST_FAULTS
        said = faults[:MOST_FAULTS] + ([f"And {more} more lines."] if more > 0 else [])
        raise Faulty(" ".join(said), "Nothing was taken: mend the lines and send the table again.")
    return found


def number_in(line: Line, heading: str, *, unit: str = "", least: int = 0) -> Decimal:
    """Return a number of a line. Problem for none, one below ``least``, or over 100 per cent."""
    said = line.says(heading)
    written = said.replace(",", "").removesuffix(PER_CENT).strip()
    try:
        found = Decimal(written)
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite():
        shown = f"it says {said[:40]!r}" if said else "there is none"
        raise Problem(f"The {heading} must be a number; {shown}.", "")
    if found < least:
        raise Problem(f"The {heading} is {said}, and cannot be below {least}.", "")
    if found > MOST:
        raise Problem(f"The {heading} is {said[:40]}, which is more than can be.", "")
    if unit == PER_CENT and found > 100:
        raise Problem(f"The {heading} is {said}, and no share is over 100 per cent.", "")
    return found


def words_in(line: Line, heading: str, most: int) -> str:
    """Return the words of a cell. Problem for none, and for more than ``most`` characters."""
    said = line.says(heading)
    if not said:
        raise Problem(f"The {heading} is missing.", "")
    if len(said) > most:
        raise Problem(f"The {heading} is longer than {most} characters.", "")
    return said
