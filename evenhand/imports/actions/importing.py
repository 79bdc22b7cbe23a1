"""Importing an extract: register, read and check into the stage, then merge in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.formats import extract, files
from evenhand.formats.faults import FileFault
from evenhand.formats.format import Opened, Passed
from evenhand.history.actions import Change, action
from evenhand.imports import (
    allocation,
    coverage,
    deciding,
    derived,
    identity,
    keeping,
    merging,
    returns,
    sql,
)
from evenhand.imports.actions.reckoning import reckon
from evenhand.imports.locks import only_import
from evenhand.imports.mapping.opening import MappedReports
from evenhand.imports.mapping.whose import source_key
from evenhand.imports.progress import Progress
from evenhand.imports.reading import Contents, Part, parts_of
from evenhand.imports.recipes import KINDS
from evenhand.imports.reconciling import alone, sharing
from evenhand.imports.reconciling import keeping as reconciled
from evenhand.imports.report import Refused, Report
from evenhand.imports.staging import Stage
from evenhand.people.models import Child
from evenhand.sources import actions as sources
from evenhand.sources.models import ImportBatch, ImportFile, Source

MERGED = ("progress", "finished_at", "as_at", "sentence", "format", "source")
SHARE_WITHDRAWN = 0.5
FEWEST_WITHDRAWN = 20
"""A file that lacks more than half of what its days cover, and more than 20 records, is a part of
an extract rather than a correction: it is refused unless somebody says that it is meant."""


def import_paths(
    paths: Iterable[Path],
    *,
    by: User | None,
    now: datetime,
    as_at: date | None = None,
    source: str = "",
    progress: Progress | None = None,
    accept_withdrawals: bool = False,
) -> Report:
    """Import the files at these paths: all of them or, where any cannot be read, none.

    ``source`` is the system that they come from; left out, the one that is named after their
    format. Raises Refused (a Problem) with every file's fault; the refused batch stays listed. A
    process that dies at any moment leaves the records as they were.
    """
    listed = list(paths)
    progress = progress or Progress()
    with only_import():
        label = ", ".join(path.name or str(path) for path in listed)
        batch = sources.register(source or "ssd", label=label, by=by, at=now)
        try:
            with staged(batch):
                reports = MappedReports()
                opened, passed = _open(listed, reports)
                batch.format = extract.format_of(opened).key
                if reports.met or not source:
                    batch.source = _source(batch.format, reports)
                contents = _read(batch, opened, progress)
                report = check_and_merge(
                    batch, contents, as_at, progress, accept_withdrawals, passed
                )
                del contents
            progress.step("working out standings")
            reckon(at=now)
        finally:
            progress.end()
    return report


@contextmanager
def staged(batch: ImportBatch) -> Iterator[None]:
    """Hold the stage on disk while it is read and merged; a batch that cannot be is refused."""
    with sql.on_disk():
        try:
            yield
        except FileFault as fault:
            raise refuse(batch, [fault]) from None
        except Refused as refused:
            raise refuse(batch, refused.faults) from None
        finally:
            clear()


def _source(format_key: str, reports: MappedReports) -> Source:
    """The source of a batch: a mapped report is one of its own."""
    keys = [source_key(mapping.ref) for mapping in reports.met]
    if len(keys) > 1:
        names = " and ".join(mapping.name for mapping in reports.met)
        sentence = f"the files are of several reports: {names}."
        raise Refused([FileFault("import", sentence, "Import each report by itself.")])
    return sources.source_called(keys[0] if keys else format_key)


def _open(paths: list[Path], reports: MappedReports) -> tuple[list[Opened], list[Passed]]:
    opened, passed, faults = extract.open_all(files.find(paths), reports)
    if faults:
        raise Refused(faults)
    _refuse_nothing(opened, passed)
    return opened, passed


def _read(batch: ImportBatch, opened: list[Opened], progress: Progress) -> Contents:
    progress.start(sum({id(one.file): one.file.size for one in opened}.values()))
    contents = Contents(batch.source, batch.format, parts_of(opened))
    contents.read(progress)
    returns.check(contents, timezone.localdate(batch.started_at))
    return contents


def check_and_merge(
    batch: ImportBatch,
    contents: Contents,
    as_at: date | None,
    progress: Progress,
    accept_withdrawals: bool,
    passed: list[Passed],
) -> Report:
    """Decide the fate of every row that was read, then merge. Refused for a part of an extract."""
    today = timezone.localdate(batch.started_at)
    progress.step("checking")
    deciding.decide(contents, today)
    keeping.read_rows_again(contents)
    batch.as_at = as_at or coverage.true_for(contents, today)
    _keep_what_is_older(contents)
    if not accept_withdrawals:
        _refuse_a_part(contents)
    progress.step("merging")
    merge(batch, contents, by=batch.by, at=batch.started_at)
    return Report.of(batch, contents, passed)


@action("import.merged")
def merge(batch: ImportBatch, contents: Contents, *, by: User | None, at: datetime) -> Change:
    """Write everything that was staged and settled: the one transaction of an import.

    What follows from it (standings, lists, counts) is worked out afterwards, by ``reckon``.
    """
    today = timezone.localdate(at)
    merging.in_batches(contents.staff.merge(batch))
    merged = {s.kind: _merge(s, batch) for s in contents.stages.values() if s.table}
    derived.fill_names()
    derived.latest_events(today.isoformat())
    identity.state(batch)
    allocation.reallocate(batch, today.isoformat())
    if contents.whole:
        silences = coverage.declare(batch, contents)
        batch.sentence = "\n".join(one.sentence for one in silences)
    for stage in contents.stages.values():
        alone.set_aside(stage, batch)
    totals = keeping.keep(batch, contents, merged)
    batch.progress = ImportBatch.Progress.MERGED
    batch.finished_at = timezone.now()
    batch.save(update_fields=MERGED)
    return Change(batch, {name: (None, count) for name, count in totals.items() if count})


def _merge(stage: Stage, batch: ImportBatch) -> keeping.Merged:
    returned = merging.returned(stage) if stage.read else 0
    merging.create(stage, batch)
    merging.change(stage, batch)
    reconciled.keep(stage, batch)
    withdrawn = merging.withdraw(stage, batch) if _is_whole(stage) else 0
    return keeping.Merged(withdrawn, returned)


def _is_whole(stage: Stage) -> bool:
    """Whether this stage holds a whole table, so that what it lacks is withdrawn."""
    if stage.kind in ("child", "adult", "family"):
        return False
    return stage.is_whole


def _keep_what_is_older(contents: Contents) -> None:
    """Withdraw nothing for lack of it in a return older than one that was imported before."""
    newest = ImportFile.objects.filter(
        batch__source=contents.source, batch__progress=ImportBatch.Progress.MERGED
    )
    last = newest.aggregate(last=Max("covers_to"))["last"]
    for stage in contents.stages.values():
        days = [to for _, to in stage.windows or () if to is not None]
        if last is not None and days and max(days) < last:
            stage.windows = []


def _refuse_nothing(opened: list[Opened], passed: list[Passed]) -> None:
    if not opened:
        seen = f" What was there: {', '.join(p.file.base for p in passed[:5])}." if passed else ""
        raise Refused(
            [
                FileFault(
                    "import",
                    f"no file of an extract or return was found.{seen}",
                    "Name the folder that holds them, such as that of ssd_person.csv, or the "
                    "files themselves.",
                )
            ]
        )
    if extract.format_of(opened).key != "ssd":
        return
    tables = {one.layout.table.name for one in opened}
    of_children = tables - {"roster", "roster_children", "ssd_department", "ssd_professionals"}
    if of_children and "ssd_person" not in tables and not Child.objects.exists():
        raise Refused(
            [
                FileFault(
                    "import",
                    "there is no ssd_person among the files, and no child is known yet.",
                    "Import ssd_person.csv with them: every other row belongs to a person.",
                )
            ]
        )


def _refuse_a_part(contents: Contents) -> None:
    faults = []
    for part in contents.parts:
        stage = contents.counting(part.table)
        if stage is not None and stage.table and _is_whole(stage):
            missing, held = merging.absent(stage, contents.source.pk)
            if missing > FEWEST_WITHDRAWN and missing > held * SHARE_WITHDRAWN:
                faults.append(_part_of_an_extract(part, missing, held))
    if faults:
        raise Refused(faults)


def _part_of_an_extract(part: Part, missing: int, held: int) -> FileFault:
    return FileFault(
        part.file.base,
        f"it lacks {missing:,} of the {held:,} records that were there before and that its days "
        "cover: it seems to be a part of the extract, or cut off between two lines.",
        "Extract the whole table. If they were truly deleted, import with --accept-withdrawals.",
    )


def refuse(batch: ImportBatch, faults: list[FileFault]) -> Refused:
    """Note why a batch was refused, and give what is to be raised."""
    with transaction.atomic():
        batch.progress = ImportBatch.Progress.REFUSED
        batch.finished_at = timezone.now()
        batch.sentence = "\n".join(f"{f.file}: {f.sentence} {f.remedy}" for f in faults)
        batch.save(update_fields=["progress", "finished_at", "sentence", "format", "source"])
    return Refused(faults)


def clear() -> None:
    """Drop the stage. It would go with the connection, but a server keeps its connection."""
    for name in _STAGES:
        sql.run("DROP TABLE IF EXISTS {name}", name=name)
    sharing.end()


_STAGES = [f"stage_{kind}" for kind in KINDS]
_STAGES += ["stage_birth", "stage_statement", "stage_allocation", "stage_latest", "stage_fold"]
