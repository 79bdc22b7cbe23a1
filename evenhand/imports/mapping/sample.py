"""What the first look at a report keeps between two pages: its header and a few of its values.

It travels signed in the page itself, so that nothing of a report is stored before it is imported.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any, Final

from django.core import signing

from evenhand.formats.delimited import Row
from evenhand.formats.faults import FileFault
from evenhand.formats.files import File
from evenhand.formats.report.sheets import Sheet, sheets_of
from evenhand.problems import Problem

ROWS: Final = 8
READ: Final = 20_000
"""How many rows are looked at for the different values of a column."""
VALUES: Final = 30
LONGEST: Final = 60
SALT: Final = "report-sample"
FOR_A_DAY: Final = 86_400


@dataclass(frozen=True, slots=True)
class Sample:
    """A report's header, its first rows with their lines, and the values of columns of few."""

    file: str
    sheet: str
    digest: str
    header: list[str]
    rows: list[list[Any]]
    values: list[list[str]]

    def signed(self) -> str:
        """The sample as it travels in a page."""
        return signing.dumps(asdict(self), salt=SALT, compress=True)

    def as_sheet(self, file: File) -> Sheet:
        """The first rows as a sheet, to be laid out like the report itself."""
        rows = [Row(int(line), list(cells)) for line, *cells in self.rows]
        return Sheet(file, self.sheet, "utf-8", tuple(self.header), lambda: rows)


def unsigned(text: str) -> Sample:
    """The sample that a page sent back. Problem where it is too old or was changed."""
    try:
        return Sample(**signing.loads(text, salt=SALT, max_age=FOR_A_DAY))
    except (signing.BadSignature, TypeError):
        raise Problem("This page is too old to go on from.", "Send the report once more.") from None


def sample_of(file: File, sheet: str = "") -> Sample:
    """Look at a report. FileFault where it cannot be read, or has no such sheet."""
    chosen = _sheet(sheets_of(file), sheet, file.base)
    rows = [row for row in islice(chosen.rows(), READ) if isinstance(row, Row)]
    if not rows:
        raise FileFault(file.base, "it has column names and no row.", "Run it for more days.")
    by_place = zip(*(row.cells for row in rows), strict=True)
    first = [[row.line, *(cell[:LONGEST] for cell in row.cells)] for row in rows[:ROWS]]
    values = [_few({cell.strip() for cell in cells if cell.strip()}) for cells in by_place]
    return Sample(file.base, chosen.name, chosen.digest, list(chosen.header), first, values)


def _few(values: set[str]) -> list[str]:
    """The different values of a column in order, none where they are too many for codes."""
    short = all(len(value) <= LONGEST for value in values)
    return sorted(values) if short and len(values) <= VALUES else []


def _sheet(sheets: list[Sheet], name: str, file: str) -> Sheet:
    for sheet in sheets:
        if not name or sheet.name.lower() == name.lower():
            return sheet
    there = ", ".join(sheet.name for sheet in sheets if sheet.name) or "none: it is no workbook"
    raise FileFault(file, f"it has no sheet {name}. Its sheets are {there}.", "Choose one of them.")
