"""A file of the return opened: a module as CSV, from one year or several, or the whole as XML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from evenhand.formats.delimited import Delimited, Row
from evenhand.formats.faults import Fault
from evenhand.formats.files import File
from evenhand.formats.format import Format, Opened, Passed
from evenhand.formats.recognise import Layout, layout
from evenhand.formats.ssda903 import years
from evenhand.formats.ssda903.checks import check
from evenhand.formats.ssda903.modules import codes, tables
from evenhand.formats.ssda903.recognising import module_of
from evenhand.formats.ssda903.scanning import place_of, scan, window
from evenhand.formats.ssda903.tidying import Tidy, extended
from evenhand.formats.ssda903.xml_return import is_return, open_xml


def open_file(file: File) -> list[Opened] | Passed | None:
    """Say which modules a file holds; None where it is no module of the return.

    Raises FileFault where its columns are those of a module and one that is needed is missing,
    where it holds several authorities, and where it is broken.
    """
    if file.base.lower().endswith((".csv", ".txt")):
        return _csv(file)
    return open_xml(file) if is_return(file) else None


def _csv(file: File) -> list[Opened] | None:
    opened = Delimited(file)
    table = module_of(opened.header)
    if table is None:
        return None
    plain = layout(file.base, opened.header, table)
    found = scan(file, opened, plain)
    year = place_of(opened.header, "year")
    if year is None or not found.counts:
        of = years.named(file.name)
        return [_return(file, opened, plain, of, found.counts.get("", Counter()))]
    return [
        _return(file, opened, plain, of, counts, year)
        for of, counts in sorted(found.counts.items())
    ]


def _return(
    file: File,
    opened: Delimited,
    plain: Layout,
    of: str,
    counts: Counter[int],
    year: int | None = None,
) -> Opened:
    rows = _Rows(file, plain, of, year)
    ends_in = years.shown_by(counts)
    return Opened(
        file=file,
        encoding=opened.encoding,
        layout=extended(plain, len(opened.header)),
        rows=rows.begin,
        covers=window(plain.table.name, ends_in),
        order=of or str(ends_in or ""),
    )


class _Rows:
    """The rows of one return in a file, begun anew at each pass."""

    def __init__(self, file: File, plain: Layout, of: str, year: int | None) -> None:
        self.file, self.layout, self.of, self.year = file, plain, of, year

    def begin(self) -> Rows:
        """A new pass."""
        return Rows(Delimited(self.file), Tidy(self.layout, self.of), self.of, self.year)


class Rows:
    """One pass over the rows of one return in a CSV file, made even."""

    def __init__(self, opened: Delimited, tidy: Tidy, of: str, year: int | None) -> None:
        self.opened, self.tidy, self.of, self.year = opened, tidy, of, year

    @property
    def position(self) -> int:
        """How many bytes have been read."""
        return self.opened.position

    def __iter__(self) -> Iterator[Row | Fault]:
        return self.tidy.rows(self._of_year() if self.year is not None else self.opened)

    def _of_year(self) -> Iterable[Row | Fault]:
        place = self.year or 0
        for row in self.opened:
            if isinstance(row, Fault) or row.cells[place].strip().removesuffix(".0") == self.of:
                yield row


FORMAT: Final = Format(
    key="ssda903",
    title="SSDA903 return",
    tables=tables(),
    codes=codes(),
    open=open_file,
    check=check,
    several=True,
)

__all__ = ["FORMAT", "open_file"]
