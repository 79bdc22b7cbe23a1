"""Ofsted's Annex A: child level data for an inspection, one workbook of eleven lists."""

from typing import Final

from evenhand.formats.annex_a.checks import check
from evenhand.formats.annex_a.opening import open_file
from evenhand.formats.annex_a.tables import codes, tables
from evenhand.formats.format import Format

FORMAT: Final = Format(
    key="annex_a",
    title="Ofsted Annex A",
    tables=tables(),
    codes=codes(),
    open=open_file,
    check=check,
)

__all__ = ["FORMAT"]
