"""Mending rows in quarantine: say what a value should be and retry, or discard with a reason."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.formats import registry
from evenhand.formats.delimited import Delimited, Row
from evenhand.formats.faults import Fault
from evenhand.formats.files import File
from evenhand.formats.format import Opened
from evenhand.formats.reading import fault_of
from evenhand.formats.recognise import layout
from evenhand.formats.tables import Table
from evenhand.history.actions import Change, action
from evenhand.imports import returns
from evenhand.imports.actions.importing import check_and_merge, staged
from evenhand.imports.actions.reckoning import reckon
from evenhand.imports.codes import codes_of
from evenhand.imports.decisions import key_in
from evenhand.imports.locks import only_import
from evenhand.imports.progress import Progress
from evenhand.imports.reading import Contents, parts_of
from evenhand.imports.recipes import EVERY
from evenhand.imports.report import Report
from evenhand.problems import Problem
from evenhand.sources import actions as sources
from evenhand.sources.models import ImportBatch, Mend, RowFinding

Standing = RowFinding.Standing
OWN_RULES = ("SSD-", "ALL-")
"""How the rules begin that look at rows by themselves, or at what they point at."""
ORPHANED = ("SSD-P01", "SSD-P02", "SSD-P03")


def mend(finding: RowFinding, *, value: str, everywhere: bool, by: User, at: datetime) -> Report:
    """Say what a value should be, in this row or wherever it stands, and retry the rows it holds.

    The mend is kept and applied to every later file. Raises Problem where the finding has no
    value to mend, or is no longer open.
    """
    _refuse_settled(finding)
    if not finding.field or finding.field not in finding.row:
        raise Problem(
            "This row has no single value that could be mended here.",
            "Correct it in the case system, or discard it.",
        )
    _refuse_bad(finding, value)
    _mend(finding, value=value.strip(), everywhere=everywhere, by=by, at=at)
    return _try_again(_like(finding) if everywhere else [finding], by=by, at=at)


def _refuse_bad(finding: RowFinding, value: str) -> None:
    table = registry.known_tables()[finding.file.kind]
    column = next(c for c in table.every_column if c.name == finding.field)
    bad = fault_of(column, codes_of(table.name), value)
    if bad is not None:
        raise Problem(f"{finding.field} {bad.sentence}.", bad.remedy)


@action("import.mended")
def _mend(finding: RowFinding, *, value: str, everywhere: bool, by: User, at: datetime) -> Change:
    found = finding.row[finding.field]
    mended, _ = Mend.objects.update_or_create(
        source=finding.file.batch.source,
        table=finding.file.kind,
        column=finding.field,
        key="" if everywhere else key_in(finding.file.kind, finding.row),
        found=found[:500],
        defaults={"value": value[:500], "by": by, "at": at},
    )
    return Change(mended, {finding.field: (found, value)})


def _like(finding: RowFinding) -> list[RowFinding]:
    """Every open finding of the same value in the same column."""
    value = finding.row[finding.field].strip().lower()
    alike = _open(finding.file.batch).filter(
        file__kind=finding.file.kind, field=finding.field, rule=finding.rule
    )
    return [each for each in alike if each.row.get(finding.field, "").strip().lower() == value]


def _open(batch: ImportBatch) -> QuerySet[RowFinding]:
    return RowFinding.objects.filter(
        file__batch__source=batch.source,
        file__batch__format=batch.format,
        standing=Standing.OPEN,
    ).select_related("file__batch__source")


@action("import.discarded")
def discard(finding: RowFinding, *, reason: str, by: User, at: datetime) -> Change:
    """Leave a row out for as long as the source sends it as it is, for a reason that is kept.

    Raises Problem without a reason, or when the finding is no longer open.
    """
    _refuse_settled(finding)
    if not reason.strip():
        raise Problem("No reason was given.", "Say in a few words why the row is left out.")
    told = {"reason": reason.strip(), "mended_by": by, "mended_at": at}
    still = RowFinding.objects.filter(pk=finding.pk, standing=Standing.OPEN)
    if not still.update(standing=Standing.DISCARDED, **told):
        raise _settled(RowFinding.objects.get(pk=finding.pk))
    return Change(finding, {"standing": ("open", "discarded")}, reason=reason.strip())


def _refuse_settled(finding: RowFinding) -> None:
    if finding.standing != Standing.OPEN:
        raise _settled(finding)


def _settled(finding: RowFinding) -> Problem:
    return Problem(
        f"This row is no longer open: it is {finding.standing}.",
        "Go back to the list; somebody may have dealt with it, or a later file came.",
    )


def retry(findings: Iterable[RowFinding], *, by: User, at: datetime) -> Report:
    """Import the rows of these findings again, and those that wait for a child among them.

    They make a batch of their own; a row that is still wrong is found again in that. Raises
    Problem for a row that its whole return speaks against: by itself it would seem right.
    """
    listed = list(findings)
    for finding in listed:
        if finding.fate == "quarantined" and not finding.rule.startswith(OWN_RULES):
            raise Problem(
                f"The row was found wrong beside the rest of its return, by {finding.rule}.",
                "Say what the value should be, correct it and import the return again, or "
                "leave the row out.",
            )
    return _try_again(listed, by=by, at=at)


def _try_again(findings: Iterable[RowFinding], *, by: User, at: datetime) -> Report:
    chosen = {finding.pk: finding for finding in findings}
    if not chosen:
        raise Problem("No row was chosen.", "Choose a row that is still open.")
    first = next(iter(chosen.values())).file.batch
    with only_import():
        for waiting in (*_waiting_for(first, chosen.values()), *_of_same_rows(chosen.values())):
            chosen[waiting.pk] = waiting
        label = f"{len(chosen):,} mended rows" if len(chosen) > 1 else "A mended row"
        batch = sources.register(first.source.key, label=label, by=by, at=at)
        batch.format = first.format
        with staged(batch):
            report = _import_again(batch, list(chosen.values()))
        reckon(at=at)
    _settle(chosen, batch, by, at)
    return report


def _of_same_rows(chosen: Iterable[RowFinding]) -> list[RowFinding]:
    """What else a return's rules found wrong in these rows."""
    listed = [finding for finding in chosen if not finding.rule.startswith(OWN_RULES)]
    return [
        other
        for finding in listed
        for other in _open(finding.file.batch).filter(
            file=finding.file, line=finding.line, fate="quarantined"
        )
    ]


def _import_again(batch: ImportBatch, findings: list[RowFinding]) -> Report:
    opened = [_opened(table, rows) for table, rows in _by_table(findings).items()]
    contents = Contents(batch.source, batch.format, parts_of(opened), whole=False)
    contents.read(Progress())
    found_by = {finding.rule for finding in findings if finding.fate == "quarantined"}
    returns.check(contents, timezone.localdate(batch.started_at), only=found_by)
    latest = ImportBatch.objects.filter(source=batch.source, progress="merged").latest("pk")
    return check_and_merge(batch, contents, latest.as_at, Progress(), True, [])


def _by_table(findings: Iterable[RowFinding]) -> dict[str, list[dict[str, str]]]:
    """The rows of the findings, each once, by the table they are of."""
    found: dict[str, list[dict[str, str]]] = {}
    for finding in findings:
        rows = found.setdefault(finding.file.kind, [])
        if finding.row and finding.row not in rows:
            rows.append(finding.row)
    return {table: rows for table, rows in found.items() if rows}


def _opened(name: str, rows: list[dict[str, str]]) -> Opened:
    table = registry.known_tables()[name]
    data = _as_csv(table, rows)
    file = File(f"{name} (mended)", len(data), lambda: io.BytesIO(data))
    columns = [column.name for column in table.every_column]

    def again() -> Iterable[Row | Fault]:
        return Delimited(file)

    return Opened(file, "utf-8-sig", layout(file.name, columns, table), again)


def _as_csv(table: Table, rows: list[dict[str, str]]) -> bytes:
    columns = [column.name for column in table.every_column]
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def _waiting_for(batch: ImportBatch, chosen: Iterable[RowFinding]) -> Iterable[RowFinding]:
    """Rows that were refused because the row of their child or assessment was."""
    keys = {key for finding in chosen for key in _keys_of_parent(finding)}
    if not keys:
        return ()
    orphans = _open(batch).filter(Q(rule__in=ORPHANED))
    return [each for each in orphans if each.found in keys]


PARENTS = ("child", "assessment")


def _keys_of_parent(finding: RowFinding) -> Iterator[str]:
    """The keys by which other rows name the child or assessment that a row is."""
    for recipe in EVERY:
        if recipe.table == finding.file.kind and recipe.kind in PARENTS:
            yield finding.key
            yield from (finding.row.get(cell, "") for cell in recipe.key[:1])


def _settle(chosen: dict[int, RowFinding], batch: ImportBatch, by: User, at: datetime) -> None:
    RowFinding.objects.filter(pk__in=chosen, standing=Standing.OPEN).update(
        standing=Standing.MENDED,
        mended_by=by,
        mended_at=at,
        reason=f"Tried again in import {batch.ref}.",
    )
