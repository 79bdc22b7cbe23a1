"""The demonstration's audits of the year behind it, written at once with what was answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.accounts.references import new_reference
from evenhand.audits import pack
from evenhand.audits.demo_conduct import answers_to
from evenhand.audits.models import Audit, SampledFile, Slot
from evenhand.audits.queries.conduct import overall_of
from evenhand.recording.answering import Answers, as_case, rows_of
from evenhand.recording.models import Answer, Recording
from evenhand.recording.sets import form_called
from evenhand.rules.question_sets import QuestionSet

WORST = (
    2  # by its place in the scale: what is worse is told to others, by ``demo_conduct``'s audits
)
SIGNED_AFTER = timedelta(9)


class Read(NamedTuple):
    """A file that was audited: by whom, and on which day. One that is not stored is of no list."""

    slot: Slot
    file: SampledFile
    auditor: User
    on: date


def write(read: Sequence[Read], signer: User | None) -> None:
    """Write audits that were done, with their answers; ``signer`` has signed what is passed on."""
    made = [_written(one, turn, signer) for turn, one in enumerate(read)]
    Recording.objects.bulk_create(audit.recording for audit, _ in made if audit.recording)
    Audit.objects.bulk_create(audit for audit, _ in made)
    Answer.objects.bulk_create(answer for _, answers in made for answer in answers)


def noon(day: date) -> datetime:
    """Return the middle of a day."""
    return datetime.combine(day, time(12), timezone.get_current_timezone())


def _written(one: Read, turn: int, signer: User | None) -> tuple[Audit, list[Answer]]:
    held, when = pack.type_called(one.slot.type), noon(one.on)
    asked = form_called(held.tool, one.on)
    given = answers_to(asked, turn, worst=WORST)
    recording, file = _recording(one, asked, when), one.file
    audit = Audit(
        ref=new_reference(), slot=one.slot, file=file if file.pk else None, type=one.slot.type,
        tool=held.tool, edition=asked.from_, child_id=file.child_id, team_id=file.team_id,
        worker_id=file.worker_id, subject=file.subject, about_id=file.about_id,
        is_random=file.is_random, auditor=one.auditor, given_at=noon(one.slot.month),
        given_by=one.auditor, due_on=one.slot.due_on, state=Audit.State.DONE, recording=recording,
        done_on=one.on, done_at=when, grade=_grade(asked, given),
    )  # fmt: skip
    if held.is_passed_on and signer is not None:
        audit.signed_at, audit.signed_by = when + SIGNED_AFTER, signer
    return audit, rows_of(recording, asked, given, as_case(asked, given.form))


def _recording(one: Read, asked: QuestionSet, when: datetime) -> Recording:
    return Recording(
        ref=new_reference(), form=asked.id, edition=asked.from_, subject=asked.subject,
        child_id=one.file.child_id, team_id=one.file.team_id, worker_id=one.file.worker_id,
        on=one.on, recorded_by=one.auditor, recorded_at=when,
    )  # fmt: skip


def _grade(asked: QuestionSet, given: Answers) -> str:
    overall = overall_of(asked)
    return str(given.form.get(overall.grade, "")) if overall else ""
