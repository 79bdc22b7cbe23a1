"""An SSD extract opened: each CSV file with its table, or the sentence that says why not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from evenhand.formats import roster
from evenhand.formats.delimited import Delimited, Row
from evenhand.formats.faults import Fault, FileFault
from evenhand.formats.files import File
from evenhand.formats.format import Format, Opened, Passed
from evenhand.formats.recognise import layout, table_named, table_with
from evenhand.formats.ssd.tables import codes, tables
from evenhand.formats.tables import Table

_KNOWN: Final = {
    **tables(),
    roster.ROSTER.name: roster.ROSTER,
    roster.CHILDREN.name: roster.CHILDREN,
}
_WORKBOOKS: Final = (".xlsx", ".xls", ".ods")


def open_file(file: File) -> list[Opened] | Passed | None:
    """Say which table of the dataset a file is; None where neither name nor columns say so.

    Raises FileFault where it is meant to be one and cannot be read as it: wrong columns, no
    header, empty, not text.
    """
    named = table_named(file.base, _KNOWN)
    if not file.base.lower().endswith((".csv", ".txt")):
        return _workbook(file, named) if named is not None else None
    if named is None and not file.named and file.base.lower().endswith(".txt"):
        return None
    opened = Delimited(file)
    by_columns = table_with(opened.header, _KNOWN.values())
    table = named or by_columns
    if table is None:
        _refuse_unknown(file, opened.header)
        return None
    if named and by_columns and named is not by_columns:
        raise FileFault(
            file.base,
            f"the name says {named.name}, but the columns are those of {by_columns.name}.",
            "Rename the file, or extract the right table.",
        )
    return [of_csv(file, opened, table)]


def of_csv(file: File, opened: Delimited, table: Table) -> Opened:
    """A CSV file as the table it is; FileFault where it lacks a column that is needed."""

    def rows() -> Iterable[Row | Fault]:
        return Delimited(file)

    return Opened(file, opened.encoding, layout(file.base, opened.header, table), rows)


def _workbook(file: File, named: Table) -> list[Opened] | Passed | None:
    if not file.base.lower().endswith(_WORKBOOKS):
        return None
    if named in (roster.ROSTER, roster.CHILDREN):
        return open_file(roster.from_workbook(file))
    raise FileFault(
        file.base,
        "it is a workbook, and a table of the extract is read from CSV.",
        "In Excel choose Save as, CSV UTF-8, and import that file.",
    )


def _refuse_unknown(file: File, header: list[str]) -> None:
    if file.base.lower().startswith("ssd_"):
        raise FileFault(
            file.base,
            "neither its name nor its columns are those of a table of the dataset; its first "
            f"columns are {', '.join(header[:3])}.",
            "Name it after its table, as in ssd_person.csv, and check that it has a header row.",
        )


FORMAT: Final = Format(
    key="ssd",
    title="Standard Safeguarding Dataset",
    tables=_KNOWN,
    codes=codes(),
    open=open_file,
)
