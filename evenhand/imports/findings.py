"""What is to be known or mended about rows, gathered while a batch is checked."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Final

from evenhand.formats.faults import Fault

KEPT_OF_A_FILE: Final = 20_000
"""Findings of one file beyond these are counted and not listed: the file is wrong as a whole."""

QUARANTINED, DUPLICATE, IGNORED, TAKEN = "quarantined", "duplicate", "ignored", "taken"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing about one row: its fate, the rule, and how to mend it."""

    table: str
    line: int
    fate: str
    rule: str
    sentence: str
    remedy: str
    key: str = ""
    column: str = ""
    found: str = ""
    row: dict[str, str] = field(default_factory=dict)


class Findings:
    """The findings of a batch, table by table, and how many there were of each rule."""

    def __init__(self) -> None:
        self.by_table: dict[str, list[Finding]] = {}
        self.counts: Counter[tuple[str, str]] = Counter()

    def add(self, finding: Finding) -> None:
        """Keep a finding."""
        kept = self.by_table.setdefault(finding.table, [])
        self.counts[finding.table, finding.rule] += 1
        if len(kept) < KEPT_OF_A_FILE:
            kept.append(finding)

    def add_fault(self, table: str, fault: Fault, row: dict[str, str], key: str) -> None:
        """Keep what a reader found wrong."""
        self.add(
            Finding(
                table=table,
                line=fault.line,
                fate=_fate(fault),
                rule=fault.rule,
                sentence=fault.sentence,
                remedy=fault.remedy,
                key=row.get(key, ""),
                column=fault.column,
                found=fault.found,
                row=row,
            )
        )

    def lines_without_a_row(self, table: str) -> set[int]:
        """The lines whose cells are still to be read again, so that they can be mended."""
        return {f.line for f in self.by_table.get(table, ()) if not f.row and f.fate != DUPLICATE}

    def give_rows(self, table: str, rows: dict[int, dict[str, str]]) -> None:
        """Fill in the cells of rows that had none."""
        self.by_table[table] = [
            replace(f, row=rows.get(f.line, {})) if not f.row else f
            for f in self.by_table.get(table, ())
        ]


def _fate(fault: Fault) -> str:
    if fault.rule == "SSD-K01":
        return DUPLICATE
    if fault.rule == "SSD-I04":
        return IGNORED
    return QUARANTINED if fault.weight == "row" else TAKEN
