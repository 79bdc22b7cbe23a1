"""What a record lacks and what follows from it, worked out anew: when another one of the same
child changes, when an import brings what it reads, and as days pass. None of it is history."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from evenhand.history.actions import Happening
from evenhand.history.models import Entry
from evenhand.people.models import Child
from evenhand.people.queries.reach import of_child
from evenhand.recording import sets
from evenhand.recording.answering import given_of
from evenhand.recording.following import follow
from evenhand.recording.lacking import keep_missing
from evenhand.recording.models import Recording
from evenhand.recording.results import result_of
from evenhand.rules.trees import Age, leaves_of
from evenhand.sources.models import ImportBatch

NIGHTS = 8  # how long the nightly run may have been away
LEAP_DAY, FIRST_OF_MARCH = (2, 29), (3, 1)


def reckon(recordings: Iterable[Recording], *, at: datetime) -> None:
    """Keep anew what these lack, and open or set aside what follows from them."""
    for recording in recordings:
        asked = sets.edition_of(recording.form, recording.edition)
        if asked is None:
            continue
        given = given_of(asked, recording.answers.order_by("row", "pk"))
        result = result_of(recording, asked, given, timezone.localdate(at))
        keep_missing(recording, result)
        follow(recording, result.steps, by=None, at=at, case=result.case)


def after_recording(happening: Happening) -> None:
    """Reckon the other records of the child, or of the same event, that read what others say."""
    changed = happening.subject
    if not isinstance(changed, Recording):
        return
    near = Q(subject=changed.subject, about_id=changed.about_id)
    if changed.about_id is None:
        near = Q(pk__in=())
    if changed.child is not None:
        near |= of_child(changed.child)
    found = _kept(reading_others()).filter(near).exclude(pk=changed.pk)
    reckon(found, at=happening.at)


def after_import(happening: Happening) -> None:
    """Reckon the records of every child of whom the batches just merged changed anything."""
    forms = reading_others()
    if not forms:
        return
    batches = pending_batches().values("pk")
    touched = Entry.objects.filter(import_batch_id__in=batches).exclude(child_id=None)
    merged = Child.objects.filter(pk__in=touched.values("child_id")).values("merged_into")
    of = Q(child_id__in=touched.values("child_id")) | Q(child_id__in=merged)
    reckon(_kept(forms).filter(of).order_by("pk"), at=happening.at)


def tend(now: datetime) -> None:
    """Reckon what hangs on how old somebody is today, once a day."""
    forms = [one.id for one in sets.forms_on(timezone.localdate(now)) if _ages(one)]
    for pk in _turning(forms, timezone.localdate(now)):
        with transaction.atomic():
            reckon(_kept(forms).filter(pk=pk), at=now)


def pending_batches() -> QuerySet[ImportBatch]:
    """Return the batches that were merged and are being reckoned."""
    return ImportBatch.objects.filter(progress=ImportBatch.Progress.MERGED, reckoned_at=None)


def reading_others() -> list[str]:
    """Return the forms whose conditions or words read more than their own answers."""
    return [id_ for id_, names in sets.names_read().items() if names]


def _kept(forms: Iterable[str]) -> QuerySet[Recording]:
    rows = Recording.objects.filter(form__in=list(forms), entered_in_error=False)
    return rows.select_related("child", "team", "worker", "recorded_by")


def _ages(asked: object) -> bool:
    trees = sets.trees_of(asked)  # type: ignore[arg-type]
    return any(isinstance(leaf, Age) and leaf.on is None for t in trees for leaf in leaves_of(t))


def _turning(forms: Iterable[str], today: date) -> list[int]:
    """The records of these forms of children whose birthday was in the last days.

    Nobody loses a birthday to nights on which nothing ran; 29 February is with 1 March.
    """
    days = [today - timedelta(ago) for ago in range(NIGHTS)]
    dates = {(one.month, one.day) for one in days}
    dates |= {LEAP_DAY} if FIRST_OF_MARCH in dates else set()
    born = Q(pk__in=())
    for month, number in sorted(dates):
        born |= Q(child__born_on__month=month, child__born_on__day=number)
    return list(_kept(forms).filter(born).values_list("pk", flat=True))
