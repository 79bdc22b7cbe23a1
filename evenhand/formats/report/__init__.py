"""The case system's own reports: files whose columns a person has said the meaning of.

No file is known as a report by itself: a saved mapping opens it (:mod:`evenhand.imports.mapping`),
laid out as one of the tables here. Everything after that is as for any format.
"""

from __future__ import annotations

from typing import Final

from evenhand.formats.files import File
from evenhand.formats.format import Format
from evenhand.formats.report.tables import codes, tables


def _not_by_itself(_file: File) -> None:
    """No file is known by its own columns."""


FORMAT: Final = Format(
    key="report",
    title="Mapped report",
    tables=tables(),
    codes=codes(),
    open=_not_by_itself,
    several=True,
)

__all__ = ["FORMAT"]
