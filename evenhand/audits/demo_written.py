"""The demonstration's audits of the year behind it, written at once with what was answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.accounts.references import new_reference
from evenhand.audits import pack
from evenhand.audits.demo_conduct import answers_to
from evenhand.audits.models import Audit, SampledFile, Slot
from evenhand.audits.queries.conduct import overall_of
from evenhand.audits.queries.copies import Supervision
from evenhand.recording.answering import Answers, as_case, rows_of
from evenhand.recording.models import Answer, Recording
from evenhand.recording.sets import form_called
from evenhand.rules.arithmetic import add_months
from evenhand.rules.question_sets import QuestionSet

WORST = (
    2  # by its place in the scale: what is worse is told to others, by ``demo_conduct``'s audits
)
SIGNED_AFTER, SUPERVISED, FRIDAY = timedelta(9), 12, 4


Month = tuple[int, date]  # of a worker, by their key


class Read(NamedTuple):
    """A file that was audited: by whom, and on which day. One that is not stored is of no list."""

    slot: Slot
    file: SampledFile
    auditor: User
    on: date


def write(read: Sequence[Read], managers: Mapping[int, User], signer: User | None) -> None:
    """Write audits that were done, with their answers. What is passed on is handed over by the
    manager of its team, by the team's key, and signed."""
    made = [_written(one, turn) for turn, one in enumerate(read)]
    if signer is not None:
        _pass_on([audit for audit, _ in made], managers, signer)
    Recording.objects.bulk_create(audit.recording for audit, _ in made if audit.recording)
    Audit.objects.bulk_create(audit for audit, _ in made)
    Answer.objects.bulk_create(answer for _, answers in made for answer in answers)


def noon(day: date) -> datetime:
    """Return the middle of a day."""
    return datetime.combine(day, time(12), timezone.get_current_timezone())


def workday(day: date) -> date:
    """Return a day, or where it is of a weekend the Friday before."""
    return day - timedelta(max(0, day.weekday() - FRIDAY))


def _written(one: Read, turn: int) -> tuple[Audit, list[Answer]]:
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
    return audit, rows_of(recording, asked, given, as_case(asked, given.form))


def _pass_on(audits: Sequence[Audit], managers: Mapping[int, User], signer: User) -> None:
    """Let copies be signed, and handed over in the supervision of the month after; the newest
    wait."""
    kinds = pack.types()
    passed = [one for one in audits if kinds[one.type].is_passed_on and one.team_id in managers]
    months = {_when(one, managers) for one in passed}
    newest = max((month for _, month in months), default=None)
    held = _supervisions({one for one in months if one[1] != newest}, signer)
    for one in passed:
        one.signed_at = noon(workday((one.done_on or one.due_on) + SIGNED_AFTER))
        one.signed_by = signer
        one.passed_in = held.get(_when(one, managers))


def _supervisions(wanted: Set[Month], signer: User) -> Mapping[Month, Any]:
    """Return the supervision of each worker in each month, made where none is."""
    there = {(one.worker_id, one.held_on.replace(day=1)): one for one in Supervision.objects.all()}
    missing = sorted(wanted - there.keys())
    made = Supervision.objects.bulk_create(
        Supervision(
            ref=new_reference(), worker_id=worker, supervisor_id=signer.worker_id,
            supervisor_name=signer.name, held_on=workday(month.replace(day=SUPERVISED)),
            recorded_by=signer, recorded_at=noon(month.replace(day=SUPERVISED)),
        )
        for worker, month in missing
    )  # fmt: skip
    every = there | dict(zip(missing, made, strict=True))
    return {key: every[key] for key in wanted}


def _when(audit: Audit, managers: Mapping[int, User]) -> Month:
    """Return who hands a copy over, and in which month: that after the audit."""
    month = add_months((audit.done_on or audit.due_on).replace(day=1), 1)
    return managers[audit.team_id or 0].worker_id or 0, month


def _recording(one: Read, asked: QuestionSet, when: datetime) -> Recording:
    return Recording(
        ref=new_reference(), form=asked.id, edition=asked.from_, subject=asked.subject,
        child_id=one.file.child_id, team_id=one.file.team_id, worker_id=one.file.worker_id,
        on=one.on, recorded_by=one.auditor, recorded_at=when,
    )  # fmt: skip


def _grade(asked: QuestionSet, given: Answers) -> str:
    overall = overall_of(asked)
    return str(given.form.get(overall.grade, "")) if overall else ""
