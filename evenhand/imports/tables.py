"""Batches, files and findings as the tables of pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from evenhand.design.components import Cell, Column, Table
from evenhand.formats.recognise import plain
from evenhand.imports.queries import progress_of
from evenhand.sources.models import ImportBatch, ImportFile, RowFinding

PROGRESS = {
    "reading": "Being read",
    "merged": "Merged",
    "refused": "Refused: nothing was stored",
    "stopped": "Stopped before it was merged: nothing was stored",
}
FATES = (
    ("created", "New"),
    ("changed", "Changed"),
    ("unchanged", "As it was"),
    ("duplicate", "Repeated"),
    ("folded", "Folded in"),
    ("ignored", "Left out"),
    ("quarantined", "Quarantine"),
    ("withdrawn", "Withdrawn"),
    ("returned", "Came back"),
)
FATE_WORDS = {**dict(FATES), "taken": "Taken, with a note"}


def _numbers(*words: str) -> list[Column]:
    return [Column(word, numeric=True) for word in words]


def batches_table(batches: Iterable[Any]) -> Table:
    """Every import, newest first."""
    return Table(
        "Imports",
        [
            Column("What came"),
            Column("When"),
            Column("True for"),
            *_numbers("Rows", "New", "Changed", "Quarantine"),
            Column("What became of it"),
        ],
        [
            [
                Cell(one.label, url=reverse("imports:batch", args=[one.ref])),
                Cell(one.started_at),
                Cell(one.as_at),
                *(Cell(n, numeric=True) for n in (one.rows, one.new, one.different, one.aside)),
                Cell(PROGRESS[progress_of(one)]),
            ]
            for one in batches
        ],
        empty="Nothing has been imported yet.",
        caption_hidden=True,
    )


def files_table(files: Iterable[ImportFile]) -> Table:
    """The files of one batch, and the fate of every row."""
    return Table(
        "What became of each row",
        [Column("File"), *_numbers("Rows", *(words for _, words in FATES))],
        [
            [
                Cell(file.name, note=_note(file)),
                Cell(file.rows_read, numeric=True),
                *(Cell(getattr(file, fate), numeric=True) for fate, _ in FATES),
            ]
            for file in files
        ],
        empty="No file of this import was stored.",
        narrow="scroll",
    )


def _note(file: ImportFile) -> str:
    """Which table it is, where its name does not say, and the encoding where that is old."""
    told = [] if plain(file.kind) in plain(file.name) else [file.kind.replace("_", " ")]
    if file.encoding == "cp1252":
        told.append("read as Windows-1252")
    return ", ".join(told)


def rules_table(batch: ImportBatch, rules: Iterable[tuple[str, str, str, int]]) -> Table:
    """What was found in a batch, by table and rule."""
    return Table(
        "What was found",
        [Column("Table"), Column("Rule"), Column("What became of the row"), *_numbers("Rows")],
        [
            [Cell(table), Cell(rule), Cell(FATE_WORDS.get(fate, fate)), Cell(count, numeric=True)]
            for table, rule, fate, count in rules
        ],
        empty="Every row was taken as it is.",
        id=f"found-{batch.ref}",
    )


def quarantine_table(findings: Iterable[RowFinding]) -> Table:
    """Rows that wait, each with what is wrong and what to do."""
    return Table(
        "Rows that wait",
        [
            Column("Row"),
            Column("Value found"),
            Column("What is wrong"),
            Column("What to do"),
        ],
        [
            [
                Cell(
                    f"{one.file.kind}, line {one.line:,}",
                    url=reverse("imports:finding", args=[one.ref]),
                    note=f"{one.rule}, {FATE_WORDS[one.fate].lower()}",
                ),
                Cell(one.found or None, note=one.field),
                Cell(one.sentence),
                Cell(one.remedy),
            ]
            for one in findings
        ],
        empty="Nothing waits. Every row was taken, or somebody has dealt with it.",
        caption_hidden=True,
    )


def row_table(finding: RowFinding) -> list[tuple[str, Any]]:
    """The cells of a row, those with a value first in the order of the file."""
    return [(name, text) for name, text in finding.row.items() if text.strip()]
