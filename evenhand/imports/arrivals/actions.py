"""Saying which folder belongs to which source, and picking its files up."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path

from django.conf import settings

from evenhand.accounts.models import User
from evenhand.accounts.references import new_reference
from evenhand.history.actions import Change, action
from evenhand.imports.actions import import_paths
from evenhand.imports.arrivals import expecting, folders
from evenhand.imports.locks import take
from evenhand.imports.report import Refused, Report
from evenhand.problems import Problem
from evenhand.sources.actions import source_called
from evenhand.sources.models import FolderWatch, ImportBatch

NOTHING, TAKEN, REFUSED, TROUBLE = "nothing", "taken", "refused", "trouble"


@dataclass(frozen=True, slots=True)
class PickedUp:
    """What became of one folder in one run."""

    folder: str
    how: str
    sentence: str
    has_problems: bool = False


@action("folder.watched")
def watch(
    *, folder: str, source: str, weekdays: Collection[int], by_time: time, by: User, at: datetime
) -> Change:
    """Expect a source's files in a folder below the inbox, on these weekdays, by this time.

    Raises Problem for a folder that leads elsewhere or is watched already.
    """
    name = folders.tidy(folder)
    if FolderWatch.objects.filter(folder=name, is_active=True).exists():
        raise Problem(f"The folder {name} is watched already.", "Stop that first, or name another.")
    kept, _ = FolderWatch.objects.update_or_create(
        folder=name,
        defaults={
            "source": source_called(source),
            "weekdays": sorted(weekdays),
            "by_time": by_time,
            "is_active": True,
            "sentence": "",
        },
        create_defaults={
            "ref": new_reference(),
            "folder": name,
            "source": source_called(source),
            "weekdays": sorted(weekdays),
            "by_time": by_time,
            "looked_at": at,
        },
    )
    return Change(kept, {"folder": (None, f"{name}: {kept.source.name}, by {by_time:%H:%M}")})


@action("folder.let_go")
def stop(kept: FolderWatch, *, by: User, at: datetime) -> Change:
    """Expect nothing more in a folder. What was imported stays."""
    kept.is_active, kept.sentence = False, ""
    kept.save(update_fields=["is_active", "sentence"])
    return Change(kept, {"is_active": (True, False)})


@action("folder.arrived")
def _arrived(
    kept: FolderWatch, batch: ImportBatch | None, sentence: str, *, by: User | None, at: datetime
) -> Change:
    kept.arrived_at, kept.looked_at, kept.batch, kept.sentence = at, at, batch, sentence
    kept.save(update_fields=["arrived_at", "looked_at", "batch", "sentence"])
    return Change(kept, {"batch": (None, batch.ref if batch else "none")})


def note(now: datetime) -> None:
    """Note which of the files that were expected have not come; nothing else is touched.

    A sentence that was noted stays as it is until the file comes or the next one is due.
    """
    for kept in FolderWatch.objects.filter(is_active=True).select_related("source"):
        sentence = expecting.missing(kept, now)
        due = expecting.deadline(kept, now)
        if sentence and _was_looked_at_since(kept, due):
            continue
        if sentence != kept.sentence and (sentence or not _is_of_refusal(kept)):
            kept.sentence, kept.looked_at = sentence, now
            kept.save(update_fields=["sentence", "looked_at"])


def _was_looked_at_since(kept: FolderWatch, due: datetime | None) -> bool:
    """Whether the matter was noted since, or the folder was not yet watched when it was due."""
    is_told = bool(kept.sentence) or kept.arrived_at is None
    return is_told and due is not None and kept.looked_at is not None and kept.looked_at >= due


def _is_of_refusal(kept: FolderWatch) -> bool:
    return kept.batch is not None and kept.batch.progress == ImportBatch.Progress.REFUSED


@contextmanager
def only_pickup() -> Iterator[None]:
    """Hold the lock of the pick-up; Problem where another is at it."""
    with (settings.DATA / "pickup-lock").open("a+b") as held:
        if not take(held.fileno()):
            raise Problem("Another pick-up is running.", "Leave it to end; it takes all there is.")
        yield


def pick_up(now: datetime, wait: Callable[[], None]) -> list[PickedUp]:
    """Import what is new in every watched folder, one after another; what became of each.

    Raises Problem where there is no inbox, or another pick-up is running.
    """
    folders.inbox()
    with only_pickup():
        watches = FolderWatch.objects.filter(is_active=True).select_related("source")
        found = [_one(kept, now, wait) for kept in watches.order_by("folder")]
        note(now)
    return found


def _one(kept: FolderWatch, now: datetime, wait: Callable[[], None]) -> PickedUp:
    try:
        files = folders.whole_files(folders.folder_called(kept.folder), wait)
        if not files:
            return PickedUp(kept.folder, NOTHING, "nothing that is new and whole.")
        return _take(kept, files, now)
    except Problem as problem:
        return PickedUp(kept.folder, TROUBLE, str(problem), has_problems=True)


def _take(kept: FolderWatch, files: list[Path], now: datetime) -> PickedUp:
    try:
        report = import_paths(files, by=None, now=now, source=kept.source.key)
    except Refused as refused:
        return _refused(kept, files, refused, now)
    folders.put_away(files, folders.DONE, report.lines(), now)
    _arrived(kept, report.batch, "", by=None, at=now)
    return PickedUp(kept.folder, TAKEN, _in_words(report), has_problems=report.has_problems)


def _in_words(report: Report) -> str:
    aside = report.total("quarantined")
    waiting = f", {aside:,} of them in quarantine" if aside else ""
    rows = report.total("rows_read")
    read = "1 row was" if rows == 1 else f"{rows:,} rows were"
    return f"{read} read and merged{waiting}."


def _refused(kept: FolderWatch, files: list[Path], refused: Refused, now: datetime) -> PickedUp:
    told = [f"{one.file}: {one.sentence} {one.remedy}" for one in refused.faults]
    folders.put_away(files, folders.REFUSED, [*told, "Nothing was imported."], now)
    sentence = f"What came for {kept.source.name} was refused: {told[0]}"
    batch = ImportBatch.objects.filter(progress=ImportBatch.Progress.REFUSED).latest("pk")
    _arrived(kept, batch, sentence, by=None, at=now)
    return PickedUp(kept.folder, REFUSED, sentence, has_problems=True)
