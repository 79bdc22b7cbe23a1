"""What a recording lacks: kept in rows, so that lists of it cost one query."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.recording.answering import day_of, person_called
from evenhand.recording.models import Missing, Recording
from evenhand.rules.form_results import Result, Said
from evenhand.rules.question_sets import MANAGER, RECORDER, WORKER
from evenhand.rules.trees import recorded

NOBODY = "nobody named"


def keep_missing(recording: Recording, result: Result) -> None:
    """Put what is missing now in the place of what was."""
    recording.missing.all().delete()
    Missing.objects.bulk_create(missing_of(recording, result))


def missing_of(recording: Recording, result: Result) -> list[Missing]:
    """Return what is missing as of now: not kept, for a page that is to be true today."""
    return [
        Missing(
            recording=recording, key=said.id, words=said.words, team=recording.team,
            on=_day(recording, said, result), **_whose(recording, said, result),
        )
        for said in result.said
    ]  # fmt: skip


def _day(recording: Recording, said: Said, result: Result) -> Any:
    """Of which day: of several, the last; without any, the day on which it was recorded."""
    values = recorded(result.case.get(said.on)) if said.on else ()
    found = max((day for day in map(day_of, values) if day is not None), default=None)
    return found or timezone.localdate(recording.recorded_at)


def _whose(recording: Recording, said: Said, result: Result) -> Mapping[str, Any]:
    if said.who == RECORDER:
        by = recording.recorded_by
        return {"name": by.name, "user": by, "worker": by.worker}
    if said.who == WORKER:
        worker = recording.worker
        return {"name": str(worker) if worker else NOBODY, "worker": worker}
    if said.who == MANAGER:
        manager = recording.worker.manager if recording.worker else None
        return {"name": str(manager) if manager else NOBODY, "worker": manager}
    named = str(result.case.get(said.who) or NOBODY)
    user: User | None = person_called(named)
    return {"name": named, "user": user, "worker": user.worker if user else None}
