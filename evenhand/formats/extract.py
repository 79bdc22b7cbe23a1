"""The files of a batch opened: each by the format that knows it, all of one format."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final, Protocol

from evenhand.formats import registry
from evenhand.formats.faults import FileFault
from evenhand.formats.files import File
from evenhand.formats.format import Format, Opened, Passed
from evenhand.formats.tables import Table

_TEXT: Final = (".csv", ".txt", ".xml", ".xlsx", ".xls", ".xlsb", ".ods")


class Reports(Protocol):
    """The case system's own reports: opened where they are known, told where nearly so."""

    def known(self, file: File) -> list[Opened] | None:
        """Open a report whose header was mapped."""

    def nearly(self, file: File) -> None:
        """Raise FileFault for a file that seems to be a mapped report which was changed."""


def known_tables() -> dict[str, Table]:
    """Every table that can be read, of every format."""
    return dict(registry.known_tables())


def open_file(file: File, reports: Reports | None = None) -> list[Opened] | Passed:
    """Open a file by the format that knows it; before them all, as a report that was mapped.

    Where none knows it, ``reports`` may still say that it is nearly one of them.

    Raises FileFault where a format knows it and it cannot be read, and where a file that was
    named by itself is of no format. Another file of a folder is then passed over.
    """
    if file.base.lower().endswith(".xlsm"):
        return _with_macros(file)
    passed: Passed | None = None
    openers = [one.open for one in registry.FORMATS]
    for open_one in [reports.known, *openers, reports.nearly] if reports else openers:
        found = open_one(file)
        if isinstance(found, list):
            return found
        passed = passed or found
    return passed or _unknown(file)


def recognise(file: File) -> Opened | Passed:
    """Open a file that holds one table."""
    found = open_file(file)
    return found if isinstance(found, Passed) else found[0]


def _with_macros(file: File) -> Passed:
    if file.named:
        raise FileFault(
            file.base,
            "it is a workbook with macros, which are never opened.",
            "In Excel choose Save as, Excel Workbook (.xlsx), and import that file.",
        )
    return Passed(file, "a workbook with macros, which is never opened: save it as .xlsx")


def _unknown(file: File) -> Passed:
    if not file.base.lower().endswith(_TEXT):
        if file.named:
            raise FileFault(
                file.base,
                "it is neither a CSV file, an XML file nor a workbook.",
                "Name a folder of such files, the files themselves, or a zip of them.",
            )
        return Passed(file, "not a CSV file, XML file or workbook")
    if file.named:
        raise FileFault(
            file.base,
            "neither its name nor its columns are those of any format that can be read: "
            f"{', '.join(one.title for one in registry.FORMATS)}.",
            "Check that it is the right file and has its header row, or map it as a report.",
        )
    return Passed(file, "its columns are those of no format")


def open_all(
    files: Iterable[File], reports: Reports | None = None
) -> tuple[list[Opened], list[Passed], list[FileFault]]:
    """Every table found: those opened, the files passed over, and what is wrong with the others.

    ``reports`` opens the case system's own reports, where any are mapped.
    """
    opened: list[Opened] = []
    passed: list[Passed] = []
    faults: list[FileFault] = []
    for file in files:
        try:
            found = open_file(file, reports)
        except FileFault as fault:
            faults.append(fault)
            continue
        if isinstance(found, Passed):
            passed.append(found)
        else:
            opened.extend(found)
    return opened, passed, faults + _mixed(opened) + _twice(opened)


def format_of(opened: Iterable[Opened]) -> Format:
    """The one format of a batch; a roster, which may come beside any, counts only when alone."""
    names = [one.layout.table.name for one in opened]
    own = [name for name in names if name not in registry.BESIDE]
    return registry.format_of((own or names)[0])


def _mixed(opened: list[Opened]) -> list[FileFault]:
    files: dict[str, list[str]] = defaultdict(list)
    for one in opened:
        if one.layout.table.name not in registry.BESIDE:
            title = registry.format_of(one.layout.table.name).title
            if one.file.base not in files[title]:
                files[title].append(one.file.base)
    if len(files) < 2:
        return []
    which = "; ".join(f"{title}: {_some(names)}" for title, names in files.items())
    return [
        FileFault(
            "import",
            f"the files are of {len(files)} formats. {which}.",
            "Import each format by itself, one after the other.",
        )
    ]


def _some(names: list[str], most: int = 3) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def _twice(opened: list[Opened]) -> list[FileFault]:
    seen: dict[str, str] = {}
    faults = []
    for one in opened:
        name = one.layout.table.name
        if name in seen and not registry.format_of(name).several:
            faults.append(
                FileFault(
                    one.file.name,
                    f"{name} comes twice: {seen[name]} holds it too.",
                    "Import one of the two, or join them into one file.",
                )
            )
        seen.setdefault(name, one.file.name)
    return faults
