"""An SSD extract opened: each file with its table, or the sentence that says why not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from evenhand.formats import roster
from evenhand.formats.delimited import Delimited
from evenhand.formats.faults import FileFault
from evenhand.formats.files import File
from evenhand.formats.recognise import Layout, layout, table_named, table_with
from evenhand.formats.ssd.tables import tables
from evenhand.formats.tables import Table

_KNOWN = {**tables(), roster.ROSTER.name: roster.ROSTER, roster.CHILDREN.name: roster.CHILDREN}
_WORKBOOKS = (".xlsx", ".xls", ".xlsm", ".ods")


@dataclass(frozen=True, slots=True)
class Opened:
    """A file whose table is known; ``layout`` says where each column stands."""

    file: File
    encoding: str
    layout: Layout


@dataclass(frozen=True, slots=True)
class Passed:
    """A file that is not part of an extract, left aside with the reason."""

    file: File
    sentence: str


def known_tables() -> dict[str, Table]:
    """Every table that can be read: the dataset's and the roster's."""
    return dict(_KNOWN)


def recognise(file: File) -> Opened | Passed:
    """Say which table a file is.

    Raises FileFault where it is meant to be one and cannot be read as it: wrong columns, no
    header, empty, not text. A file that is plainly something else is passed over.
    """
    named = table_named(file.base, _KNOWN)
    if not file.base.lower().endswith((".csv", ".txt")):
        return _not_csv(file, named)
    if named is None and not file.named and file.base.lower().endswith(".txt"):
        return Passed(file, "not a table of the extract")
    opened = Delimited(file)
    by_columns = table_with(opened.header, _KNOWN.values())
    table = named or by_columns
    if table is None:
        return _unknown(file, opened.header)
    if named and by_columns and named is not by_columns:
        raise FileFault(
            file.base,
            f"the name says {named.name}, but the columns are those of {by_columns.name}.",
            "Rename the file, or extract the right table.",
        )
    return Opened(file, opened.encoding, layout(file.base, opened.header, table))


def _not_csv(file: File, named: Table | None) -> Opened | Passed:
    if file.base.lower().endswith(_WORKBOOKS) and (named is not None or file.named):
        if named in (roster.ROSTER, roster.CHILDREN):
            return recognise(roster.from_workbook(file))
        raise FileFault(
            file.base,
            "it is a workbook, and a table of the extract is read from CSV.",
            "In Excel choose Save as, CSV UTF-8, and import that file.",
        )
    if file.named:
        raise FileFault(
            file.base,
            "it is not a CSV file.",
            "Name a folder of CSV files, the files themselves, or a zip of them.",
        )
    return Passed(file, "not a CSV file")


def _unknown(file: File, header: list[str]) -> Passed:
    if file.named or file.base.lower().startswith("ssd_"):
        raise FileFault(
            file.base,
            "neither its name nor its columns are those of a table of the dataset; its first "
            f"columns are {', '.join(header[:3])}.",
            "Name it after its table, as in ssd_person.csv, and check that it has a header row.",
        )
    return Passed(file, "its columns are those of no table")


def open_all(files: Iterable[File]) -> tuple[list[Opened], list[Passed], list[FileFault]]:
    """Every file: those recognised, those passed over, and what is wrong with the others."""
    opened: list[Opened] = []
    passed: list[Passed] = []
    faults: list[FileFault] = []
    for file in files:
        try:
            result = recognise(file)
        except FileFault as fault:
            faults.append(fault)
            continue
        (opened if isinstance(result, Opened) else passed).append(result)  # type: ignore[arg-type]
    return opened, passed, faults + _twice(opened)


def _twice(opened: list[Opened]) -> list[FileFault]:
    seen: dict[str, str] = {}
    faults = []
    for one in opened:
        name = one.layout.table.name
        if name in seen:
            faults.append(
                FileFault(
                    one.file.name,
                    f"{name} comes twice: {seen[name]} holds it too.",
                    "Import one of the two, or join them into one file.",
                )
            )
        seen.setdefault(name, one.file.name)
    return faults
