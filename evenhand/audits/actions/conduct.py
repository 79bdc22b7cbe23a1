"""Doing an audit: writing on its tool, looking at what the record answers, finishing, reading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import zip_longest

from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.accounts.references import new_reference
from evenhand.audits.actions.giving import OPEN, done_with
from evenhand.audits.models import Audit, ComplianceCheck, Copy
from evenhand.audits.queries import posts
from evenhand.audits.queries.compliance import panel_of
from evenhand.audits.queries.conduct import answers_of, given_in, lacking_of, overall_of, tool_of
from evenhand.history.actions import Change, action
from evenhand.problems import Problem
from evenhand.recording import actions as recording
from evenhand.recording.answering import Answers, Given
from evenhand.rules.question_sets import QuestionSet
from evenhand.versions import Superseded, take_on

WORKER = "worker"
COPIED = {posts.TEAM: "team manager", posts.SERVICE: "service manager"}


@action("audit.answered")
def answer(audit: Audit, given: Answers, *, by: User, at: datetime, version: int | None) -> Change:
    """Write on an audit's tool, as its edition was when it was given; saved as far as it goes.

    Returns what is written. ``version`` is that of what was written before; None: nothing was.
    Once an audit is done, only what it lacks is added. Raises Problem for anybody but its auditor;
    Superseded where somebody else wrote meanwhile: their words stay.
    """
    asked = _asked(audit)
    _refuse_others(audit, by)
    _refuse_done(audit, given)
    written = audit.recording
    if written is None:
        written = recording.record(asked, given, by=by, at=at, child=audit.child)
        held = Audit.objects.filter(pk=audit.pk, recording=None)
        if not held.update(recording=written):
            raise Superseded("audit")
    elif version != written.version:
        raise Superseded("audit")
    else:
        written = recording.change(written, given, by=by, at=at, version=written.version)
    audit.refresh_from_db()
    told = {"written": (version, written.version)}
    return Change(audit, told, child_id=audit.child_id, result=written)


@action("audit.checked")
def check(
    audit: Audit, standard: str, is_right: bool, words: str, *, by: User, at: datetime
) -> Change:
    """Confirm what the record answers to a standard, or say in words what is not so.

    It changes no outcome and sets no grade. Raises Problem for a correction without words, for a
    standard that the tool does not show, and for anybody but the auditor of an open audit.
    """
    _refuse_others(audit, by)
    _refuse_closed(audit)
    line = next((one for one in panel_of(audit, at) if one.standard.id == standard), None)
    if line is None:
        raise Problem(f'This tool shows no standard called "{standard}".', "Choose one it shows.")
    if not is_right and not words.strip():
        raise Problem("It is not said what is wrong.", "Say what is not so, and what shows it.")
    said = {"shown": line.words[:300], "is_right": is_right, "words": words.strip(), "by": by}
    made, _ = ComplianceCheck.objects.update_or_create(
        audit=audit, standard=standard, defaults={**said, "at": at},
        create_defaults={**said, "at": at, "ref": new_reference()},
    )  # fmt: skip
    told = {standard: (None, "confirmed" if is_right else "corrected")}
    return Change(audit, told, child_id=audit.child_id, result=made)


@action("audit.done")
def finish(audit: Audit, *, by: User, at: datetime, version: int) -> Change:
    """Say that an audit is done, and send copies to the worker and to their managers.

    Of a second, blind audit nobody gets a copy: it shows whether two auditors agree.
    Sections that are not graded stay missing, by name, until they are. Raises Problem without an
    overall grade, and for anybody but its auditor; Superseded.
    """
    _refuse_others(audit, by)
    _refuse_closed(audit)
    asked = _asked(audit)
    grade = _grade(audit, asked)
    if overall_of(asked) is not None and not grade:
        raise Problem("The overall grade is not given.", "Give it under The whole, then finish.")
    now = {"state": Audit.State.DONE, "grade": grade, "done_at": at}
    take_on(audit, version, still=OPEN, done_on=timezone.localdate(at), **now)
    readers = () if audit.twin_of_id is not None else _readers(audit, at)
    sent = [_copy(audit, part, to, at) for part, to in readers]
    Copy.objects.bulk_create(sent, ignore_conflicts=True)
    done_with(audit, by=by, at=at)
    told = {"state": ("open", "done"), "grade": (None, grade), "copies": (None, len(sent))}
    return Change(audit, told, child_id=audit.child_id)


@action("audit.copy_read")
def read_copies(audit: Audit, *, by: User, at: datetime) -> Change:
    """Write down that somebody opened the copy of an audit that was sent to them."""
    mine = audit.copies.filter(to=by, read_at=None)
    told = {"copies": (None, mine.update(read_at=at))}
    return Change(audit, told, child_id=audit.child_id)


def _asked(audit: Audit) -> QuestionSet:
    asked = tool_of(audit)
    if asked is None:
        raise Problem(f'No adopted pack has the tool "{audit.tool}".', "It can be read only.")
    return asked


def _refuse_others(audit: Audit, by: User) -> None:
    if audit.auditor_id != by.pk:
        raise Problem("Somebody else does this audit.", "Ask them, or have it given to you.")


def _refuse_closed(audit: Audit) -> None:
    if audit.state != Audit.State.OPEN:
        raise Problem(f"This audit is {audit.get_state_display().lower()}.", "It can be read.")


def _refuse_done(audit: Audit, given: Answers) -> None:
    """Of an audit that is done, what was written stays as it is."""
    if audit.state == Audit.State.NOT_NEEDED or (
        audit.state == Audit.State.DONE and not lacking_of(audit)
    ):
        _refuse_closed(audit)
    if audit.state == Audit.State.DONE:
        before = given_in(audit)
        changed = [_label(audit, name) for name in _changed(before.form, given.form)]
        changed += [_label(audit, name) for name in _changed_rows(before.rows, given.rows)]
        if changed:
            said = "; ".join(dict.fromkeys(changed))
            raise Problem(
                f"This audit is done: what was written stays. It was changed at: {said}",
                "Put that back, and add what is missing.",
            )


def _changed(before: Given, now: Given) -> list[str]:
    return [name for name, value in before.items() if now.get(name) != value]


def _changed_rows(before: Sequence[Given], now: Sequence[Given]) -> list[str]:
    """Return the questions whose answer in a row that was written is gone, or another."""
    return [
        name
        for row, given in zip_longest(before, now[: len(before)], fillvalue={})
        for name in _changed(row, given)
    ]


def _label(audit: Audit, name: str) -> str:
    asked = _asked(audit)
    question = asked.question(name)
    section = next((one.title for one in asked.sections if name in one.questions), "")
    label = question.label if question else name
    return f"{section}, {label}" if section else label


def _grade(audit: Audit, asked: QuestionSet) -> str:
    overall = overall_of(asked)
    return str(answers_of(audit).get(overall.grade) or "") if overall else ""


def _readers(audit: Audit, at: datetime) -> Iterator[tuple[str, User]]:
    worker = getattr(audit.worker, "user", None) if audit.worker else None
    if worker is not None and worker.is_active:
        yield WORKER, worker
    for post, part in COPIED.items():
        for user in posts.holders(post, audit.team, timezone.localdate(at)):
            if user.pk != audit.auditor_id:  # they wrote it
                yield part, user


def _copy(audit: Audit, part: str, to: User, at: datetime) -> Copy:
    return Copy(ref=new_reference(), audit=audit, part=part, to=to, sent_at=at)
