"""What is to be known or mended about rows, gathered while a batch is checked."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Final

from evenhand.formats.faults import Fault
from evenhand.formats.report.opening import TOTALS

KEPT_OF_A_FILE: Final = 20_000
"""Findings of one file beyond these are counted and not listed: the file is wrong as a whole."""

QUARANTINED, DUPLICATE, IGNORED, TAKEN = "quarantined", "duplicate", "ignored", "taken"
FOLDED: Final = "folded"
LEFT_OUT: Final = frozenset({"SSD-I04", TOTALS})
"""Rules by which a row is left out: it was discarded before, or adds up others."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing about one row: its fate, the rule, and how to mend it.

    ``part`` is the number of its file in the batch; None: the first file of the table.
    """

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
    part: int | None = None


class Findings:
    """The findings of a batch, file by file, and how many there were of each rule.

    ``tables`` are those of the files, in the order of their numbers.
    """

    def __init__(self, tables: list[str]) -> None:
        self.tables = tables
        self.by_part: dict[int, list[Finding]] = {}
        self.counts: Counter[tuple[str, str]] = Counter()
        self._refused: set[tuple[int, int, str]] = set()

    def add(self, finding: Finding) -> None:
        """Keep a finding; a row that makes several records is refused by one rule once."""
        part = self._part(finding)
        row = (part, finding.line, finding.rule)
        if finding.fate == QUARANTINED and row in self._refused:
            return
        kept = self.by_part.setdefault(part, [])
        self.counts[self.tables[part] if self.tables else "", finding.rule] += 1
        if len(kept) < KEPT_OF_A_FILE:
            kept.append(finding)
            if finding.fate == QUARANTINED:
                self._refused.add(row)

    def _part(self, finding: Finding) -> int:
        if finding.part is not None:
            return finding.part
        return self.tables.index(finding.table) if finding.table in self.tables else 0

    def add_fault(self, part: int, fault: Fault, row: dict[str, str], key: str) -> None:
        """Keep what a reader or a check of the whole return found wrong."""
        self.add(
            Finding(
                table=self.tables[part],
                part=part,
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

    def lines_without_a_row(self, part: int) -> set[int]:
        """The lines whose cells are still to be read again, so that they can be mended."""
        return {f.line for f in self.by_part.get(part, ()) if not f.row and f.fate != DUPLICATE}

    def give_rows(self, part: int, rows: dict[int, dict[str, str]], key: str) -> None:
        """Fill in the cells of rows that had none, and the key of findings that had none."""
        self.by_part[part] = [
            _with_row(f, rows.get(f.line, {}), key) if not f.row else f
            for f in self.by_part.get(part, ())
        ]


def _with_row(finding: Finding, row: dict[str, str], key: str) -> Finding:
    return replace(finding, row=row, key=finding.key or row.get(key, ""))


def _fate(fault: Fault) -> str:
    if fault.rule == "SSD-K01":
        return DUPLICATE
    if fault.rule in LEFT_OUT:
        return IGNORED
    return QUARANTINED if fault.weight == "row" else TAKEN
