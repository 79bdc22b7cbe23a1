"""A file of the census opened: its header, then every child laid out as rows of tables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from evenhand.formats import xml
from evenhand.formats.cin.checks import check
from evenhand.formats.cin.groups import codes, tables
from evenhand.formats.cin.laying import Laying
from evenhand.formats.cin.years import Header, header_of
from evenhand.formats.delimited import Row
from evenhand.formats.faults import Fault, FileFault, shown
from evenhand.formats.files import File
from evenhand.formats.format import Format, Opened, Passed
from evenhand.formats.recognise import Layout
from evenhand.formats.spool import Spool
from evenhand.formats.tables import Table

ROOT: Final = "Message"
COLLECTION: Final = "CIN"


def open_file(file: File) -> list[Opened] | Passed | None:
    """Open a census; None for a file that is no XML, or XML of another shape.

    Raises FileFault where the file is broken, has a DOCTYPE, or holds no child.
    """
    if not xml.is_xml(file) or xml.root_of(file) != ROOT:
        return None
    header = _header(file)
    if header.collection.upper() not in ("", COLLECTION):
        return _another(file, header)
    spool = Spool(file.base)
    laying = Laying(spool, header)
    for line, element in xml.elements(file, "Child", ROOT):
        laying.child(line, element)
    if not spool.count("cin_children"):
        raise FileFault(
            file.base,
            "the census holds no child.",
            "Export it again; if there is truly no child in need, there is nothing to import.",
        )
    return [_opened(file, spool, header, one) for one in tables().values() if spool.count(one.name)]


def _header(file: File) -> Header:
    """The header, which stands before the children, though any order is read."""
    for _, element in xml.elements(file, ("Header", "Child"), ROOT):
        if element.tag == "Header":
            return header_of(element)
    return Header()


def _another(file: File, header: Header) -> Passed:
    """A return of the same shape that is of something else, such as of the workforce."""
    what = shown(header.collection)
    if file.named:
        raise FileFault(
            file.base,
            f"it is the return {what}; of these only the children in need census is read.",
            "Check that it is the right file.",
        )
    return Passed(file, f"the return {what}, which is not read")


def _opened(file: File, spool: Spool, header: Header, table: Table) -> Opened:
    def rows() -> Iterable[Row | Fault]:
        return spool.rows(table.name)

    return Opened(
        file=file,
        encoding="xml",
        layout=Layout(table, tuple(range(len(table.columns))), ()),
        rows=rows,
        covers=header.window,
        order=header.census,
    )


FORMAT: Final = Format(
    key="cin",
    title="Children in need census",
    tables=tables(),
    codes=codes(),
    open=open_file,
    check=check,
    several=True,
)
