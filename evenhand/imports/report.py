"""What an import did, in ten lines for a person and as plain values for a machine."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from evenhand.formats.faults import FileFault
from evenhand.formats.format import Passed
from evenhand.imports.reading import Contents
from evenhand.problems import Problem
from evenhand.sources.models import ImportBatch, ImportFile, RowFinding


class Refused(Problem):
    """An extract that cannot be imported; ``faults`` has each file's sentence and remedy."""

    def __init__(self, faults: list[FileFault]) -> None:
        first = faults[0]
        more = f" (and {len(faults) - 1} more files)" if len(faults) > 1 else ""
        super().__init__(
            f"{first.file}: {first.sentence}{more}", f"{first.remedy} Nothing was imported."
        )
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Report:
    """One merged import."""

    batch: ImportBatch
    files: list[ImportFile]
    passed: list[Passed]
    rules: Counter[str]

    @classmethod
    def of(cls, batch: ImportBatch, contents: Contents, passed: list[Passed]) -> Report:
        """The report of a batch that was merged."""
        rules: Counter[str] = Counter()
        for (_, rule), count in contents.findings.counts.items():
            rules[rule] += count
        return cls(batch, list(batch.files.order_by("name")), passed, rules)

    def total(self, fate: str) -> int:
        """How many rows of all files had a fate."""
        return sum(getattr(file, fate) for file in self.files)

    @property
    def has_problems(self) -> bool:
        """Whether any row is in quarantine and waits for somebody."""
        return self.total("quarantined") > 0

    def as_values(self) -> dict[str, Any]:
        """The report as JSON has it."""
        fates = (*ImportFile.FATES, "withdrawn", "returned")
        return {
            "import": self.batch.ref,
            "format": self.batch.format,
            "as_at": str(self.batch.as_at),
            "rows_read": self.total("rows_read"),
            "to_know": self.batch.sentence.splitlines(),
            **{fate: self.total(fate) for fate in fates},
            "rules": dict(sorted(self.rules.items())),
            "files": [
                {
                    "name": file.name,
                    "table": file.kind,
                    "encoding": file.encoding,
                    "rows_read": file.rows_read,
                    **{fate: getattr(file, fate) for fate in fates},
                }
                for file in self.files
            ],
            "passed_over": [{"name": p.file.name, "reason": p.sentence} for p in self.passed],
        }

    def _files(self) -> str:
        """How many files there were; the lists of a workbook are one."""
        count = len({file.sha256 for file in self.files})
        return "1 file" if count == 1 else f"{count} files"

    def lines(self) -> list[str]:
        """The report in words: about ten lines."""
        rows = _rows(self.total("rows_read"))
        left_out = self.total("duplicate") + self.total("ignored")
        told = [
            f"Imported {rows} from {self._files()}{self._as_at()}.",
            f"  {self.total('created'):>9,} created",
            f"  {self.total('changed'):>9,} changed",
            f"  {self.total('unchanged'):>9,} as they were",
            f"  {self.total('folded'):>9,} folded into another record",
            f"  {left_out:>9,} left out: repeated rows, placeholders, tables not used",
            f"  {self.total('quarantined'):>9,} in quarantine: {self._commonest()}",
            f"  {self.total('withdrawn'):>9,} withdrawn, {self.total('returned'):,} came back",
        ]
        odd = [file.name for file in self.files if file.encoding == "cp1252"]
        if odd:
            told.append(f"Read as Windows-1252, as it was not UTF-8: {', '.join(odd[:3])}.")
        told += self.batch.sentence.splitlines()
        told.append(self._next())
        return told

    def _as_at(self) -> str:
        day = self.batch.as_at
        return f", as at {day.day} {day:%B %Y}" if day else ""

    def _commonest(self) -> str:
        waiting = RowFinding.objects.filter(file__batch=self.batch, fate="quarantined").values_list(
            "rule", flat=True
        )
        common = Counter(waiting).most_common(3)
        return ", ".join(f"{count} by {rule}" for rule, count in common) or "none"

    def _next(self) -> str:
        if self.has_problems:
            return (
                "Next: mend or discard the rows in quarantine, on the page Imports; "
                "docs/how-to/import.md explains each rule."
            )
        return "Next: evenhand standards"


def _rows(count: int) -> str:
    return f"{count:,} row" if count == 1 else f"{count:,} rows"
