"""Opening the case system's own reports by what was said of their columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evenhand.formats.faults import FileFault, shown
from evenhand.formats.files import File
from evenhand.formats.format import Opened
from evenhand.formats.report.opening import Meant, open_sheet
from evenhand.formats.report.sheets import Sheet, is_report, sheets_of
from evenhand.formats.report.tables import tables, whose
from evenhand.formats.tables import Table
from evenhand.imports.codes import codes_of
from evenhand.sources.models import ReportMapping


class MappedReports:
    """The saved mappings, and those of them that files of a batch were opened by (``met``)."""

    def __init__(self) -> None:
        self.mappings = list(ReportMapping.objects.select_related("source").order_by("pk"))
        self.met: list[ReportMapping] = []

    def known(self, file: File) -> list[Opened] | None:
        """Open a report whose header was mapped."""
        opened = []
        for sheet in self._sheets(file):
            for mapping in self.mappings:
                if mapping.header == sheet.digest:
                    opened.append(open_sheet(sheet, meant_by(mapping)))
                    self.met += [mapping] if mapping not in self.met else []
        return opened or None

    def nearly(self, file: File) -> None:
        """Raise FileFault for a file that seems to be a mapped report which was changed."""
        for sheet in self._sheets(file):
            for mapping in self.mappings:
                if _is_like(sheet, mapping):
                    raise _changed(sheet, mapping)

    def _sheets(self, file: File) -> list[Sheet]:
        if not self.mappings or not is_report(file):
            return []
        try:
            return sheets_of(file)
        except FileFault:
            return []  # the format that it is of says what is wrong


def meant_by(mapping: ReportMapping) -> Meant:
    """What a saved mapping says; answers may also stand in the words of their code list."""
    said: dict[str, Any] = mapping.columns
    columns = {name: one["column"] for name, one in said.items()}
    meanings = {name: one.get("meanings", {}) for name, one in said.items()}
    return with_labels(tables()[mapping.kind], columns, meanings)


def with_labels(
    table: Table, columns: Mapping[str, str], meanings: Mapping[str, Mapping[str, str]]
) -> Meant:
    """What is said of columns, the words of each code list standing for their codes."""
    lists = codes_of(table.name)
    every: dict[str, dict[str, str]] = {}
    for column in table.columns:
        if column.codes and column.name in columns:
            by_label = {words.lower(): code for code, words in lists.get(column.codes, {}).items()}
            every[column.name] = {**by_label, **meanings.get(column.name, {})}
    return Meant(table, columns, every)


def _is_like(sheet: Sheet, mapping: ReportMapping) -> bool:
    """Whether a sheet says of whom its rows are, and has at least half of what is mapped."""
    columns = {name: one["column"] for name, one in mapping.columns.items()}
    there = [name for name, column in columns.items() if sheet.place(column) is not None]
    return whose(tables()[mapping.kind]) in there and len(there) * 2 >= len(columns)


def _changed(sheet: Sheet, mapping: ReportMapping) -> FileFault:
    columns = [one["column"] for one in mapping.columns.values()]
    lost = [name for name in columns if sheet.place(name) is None]
    what = f"has lost its column {shown(lost[0])}" if lost else "has other columns than it had"
    return FileFault(
        sheet.file.base,
        f"it looks like the report {shown(mapping.name)}, which {what}.",
        "Run the report as it was when it was mapped, or map it anew on the page Imports.",
    )
