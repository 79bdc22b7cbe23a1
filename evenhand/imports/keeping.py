"""What is kept of a batch itself: its files, the fate of every row, and the findings."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from evenhand.accounts.references import new_references
from evenhand.imports import sql
from evenhand.imports.findings import QUARANTINED, TAKEN, Finding
from evenhand.imports.reading import Contents, Part, cells_of
from evenhand.imports.staff import TABLES as STAFF_TABLES
from evenhand.sources.models import ImportBatch, ImportFile, RowFinding

AT_ONCE = 1_000
MENDABLE = ("SSD-C01", "SSD-C02")
"""Rules by which a cell was left aside that a data officer can give a value."""
Standing = RowFinding.Standing


class Merged(NamedTuple):
    """Records of one kind that a file withdrew, and those it brought back."""

    withdrawn: int = 0
    returned: int = 0


def read_rows_again(contents: Contents) -> None:
    """Fetch the cells of the rows that checks found wrong, so that they can be mended."""
    for part in contents.parts:
        lines = contents.findings.lines_without_a_row(part.number)
        if lines:
            key = part.layout.table.key.name
            contents.findings.give_rows(part.number, dict(cells_of(part, lines)), key)


def fates_of(part: Part, contents: Contents) -> dict[str, int]:
    """The fates of the rows of one file; they sum to the rows read."""
    if not part.layout.table.used:
        fates = {"ignored": part.read} if part.read else {}
    elif part.table in STAFF_TABLES:
        fates = contents.staff.fates.get(part.table, {})
    else:
        counting = contents.counting(part.table)
        fates = counting.fates(part.number) if counting else {"ignored": part.read}
    if sum(fates.values()) != part.read or set(fates) - set(ImportFile.FATES):
        raise AssertionError(f"{part.table}: {part.read} rows were read, their fates are {fates}")
    return fates


def keep(batch: ImportBatch, contents: Contents, merged: Mapping[str, Merged]) -> Counter[str]:
    """Write the files with their fates and the findings; the fates of all files together."""
    totals: Counter[str] = Counter(dict.fromkeys((*ImportFile.FATES, "withdrawn", "returned"), 0))
    to_count = dict(merged)
    for part in contents.parts:
        fates = fates_of(part, contents)
        done = _done(part, contents, to_count)
        counts = {**fates, **done._asdict()}
        totals.update(counts)
        file = ImportFile.objects.create(
            batch=batch,
            name=part.file.name,
            kind=part.table,
            sha256=part.sha256,
            encoding=part.opened.encoding,
            covers_from=part.covers[0] if part.covers else None,
            covers_to=part.covers[1] if part.covers else None,
            rows_read=part.read,
            **counts,
        )
        if contents.whole:
            _supersede(batch, file)
        _keep_findings(file, contents.findings.by_part.get(part.number, []))
    return totals


def _done(part: Part, contents: Contents, merged: dict[str, Merged]) -> Merged:
    """What was withdrawn and came back of the kinds that a table makes, counted once."""
    done = [merged.pop(stage.kind, Merged()) for stage, _ in contents.made_of(part.table)]
    return Merged(sum(one.withdrawn for one in done), sum(one.returned for one in done))


KEPT = (
    "file_id", "ref", "line", "fate", "rule", "key", "field", "found", "sentence", "remedy",
    "row", "standing", "reason",
)  # fmt: skip


def _keep_findings(file: ImportFile, findings: list[Finding]) -> None:
    for start in range(0, len(findings), AT_ONCE):
        some = findings[start : start + AT_ONCE]
        refs = new_references(len(some))
        rows = [_row(file.pk, ref, each) for ref, each in zip(refs, some, strict=True)]
        sql.insert(RowFinding._meta.db_table, KEPT, rows)


def _row(file_id: int, ref: str, finding: Finding) -> tuple[object, ...]:
    """A finding as the columns of ``KEPT``."""
    is_open = finding.fate == QUARANTINED or (finding.fate == TAKEN and finding.rule in MENDABLE)
    return (
        file_id,
        ref,
        finding.line,
        finding.fate,
        finding.rule,
        finding.key[:120],
        finding.column[:80],
        finding.found[:500],
        _begun_as_a_sentence(finding),
        finding.remedy,
        json.dumps({name: cell for name, cell in finding.row.items() if name}),
        Standing.OPEN.value if is_open else Standing.NOTED.value,
        "",
    )


def _begun_as_a_sentence(finding: Finding) -> str:
    """Begin with a capital, except where a column's own name begins the sentence."""
    begins = finding.sentence.split(" ", 1)[0]
    return (
        finding.sentence if "_" in begins else finding.sentence[:1].upper() + finding.sentence[1:]
    )


def _supersede(batch: ImportBatch, file: ImportFile) -> None:
    """A later file of the same table is the source's later word: what was open before is closed.

    Where files say which days they cover, only those of days that this one covers too.
    """
    earlier = RowFinding.objects.filter(
        file__batch__source=batch.source, file__kind=file.kind, standing=Standing.OPEN
    )
    if file.covers_from and file.covers_to:
        earlier = earlier.filter(
            file__covers_from__gte=file.covers_from, file__covers_to__lte=file.covers_to
        )
    earlier.exclude(file__batch=batch).update(
        standing=Standing.NOTED, reason=f"A later file came, in import {batch.ref}."
    )
