"""Recording on a form, changing what was recorded, and taking it back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from evenhand.accounts.models import Team, User, Worker
from evenhand.accounts.references import new_reference
from evenhand.design import wording
from evenhand.facts.registry import SUBJECTS
from evenhand.history.actions import Change, action
from evenhand.people.days import refuse_before_birth
from evenhand.people.models import Child
from evenhand.problems import Problem
from evenhand.recording import firsts, sets
from evenhand.recording.answering import Answers, day_of, rows_of
from evenhand.recording.following import follow, set_aside_reallocated
from evenhand.recording.lacking import keep_missing
from evenhand.recording.models import Answer, Recording
from evenhand.recording.results import result_of
from evenhand.rules.form_results import Result
from evenhand.rules.question_sets import Question, QuestionSet
from evenhand.standards import standing
from evenhand.versions import take_on


@action("recording.made")
def record(
    asked: QuestionSet,
    given: Answers,
    *,
    by: User,
    at: datetime,
    child: Child | None = None,
    about_id: int | None = None,
) -> Change:
    """Record a form about an imported event (``about_id``), a child, or nobody.

    A true record is never refused for what it lacks or shows. Raises Problem for a day that is
    impossible, a form that wants a child or an event and has none, and one recorded before.
    """
    _refuse(asked, given, child, about_id, at)
    team, worker = _whose(child, by)
    made = Recording(
        ref=new_reference(), form=asked.id, edition=asked.from_, subject=asked.subject,
        about_id=about_id, is_once=asked.is_once and about_id is not None, child=child, team=team,
        worker=worker, on=_day(asked, given, at, about_id, child), recorded_by=by, recorded_at=at,
    )  # fmt: skip
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        raise Problem("This is recorded already.", "Open what is there, and change it.") from None
    result = _keep(made, asked, given, by=by, at=at)
    if asked.when_worker_changes is not None:
        set_aside_reallocated(made, by=by, at=at)
    told = {"form": (None, asked.id), "advice": (None, made.advice)}
    told |= {"missing": (None, [said.id for said in result.said])}
    return Change(made, told, child_id=child.pk if child else None)


@action("recording.changed")
def change(recording: Recording, given: Answers, *, by: User, at: datetime, version: int) -> Change:
    """Change or add to what was recorded. Raises Problem as ``record``; Superseded where somebody
    else changed it meanwhile."""
    asked = _edition(recording)
    _refuse(asked, given, recording.child, recording.about_id, at)
    was, was_on, was_facts = _plain(recording), recording.on, firsts.facts_of(recording)
    on = _day(asked, given, recording.recorded_at, recording.about_id, recording.child)
    take_on(recording, version, still={"entered_in_error": False}, called="record", on=on)
    _keep(recording, asked, given, by=by, at=at, was=(was_facts, was_on))
    now = _plain(recording)
    names = [name for name in {**was, **now} if was.get(name) != now.get(name)]
    told = {name: (was.get(name), now.get(name)) for name in names}
    return Change(recording, told, child_id=recording.child_id)


@action("recording.entered_in_error")
def enter_in_error(recording: Recording, *, by: User, at: datetime, reason: str) -> Change:
    """Take back what was recorded by mistake: it stays to be read, and counts no more."""
    if not reason.strip():
        raise Problem("No reason was given.", "Say in a few words what was wrong.")
    held = Recording.objects.select_for_update().get(pk=recording.pk)
    if held.entered_in_error:
        raise Problem("It was taken back before.", "Nothing more is to be done.")
    held.entered_in_error = True
    held.save(update_fields=["entered_in_error"])
    held.missing.all().delete()
    standing.restate_resting_on(firsts.renew(firsts.facts_of(held), held.on), at)
    follow(held, (), by=by, at=at)
    _restate(held, at)
    told = {"entered_in_error": (False, True)}
    return Change(held, told, child_id=held.child_id, reason=reason.strip())


def record_for_each(
    asked: QuestionSet, given: Answers, children: Iterable[Child], *, by: User, at: datetime
) -> list[Recording]:
    """Record the same about several children, as brothers and sisters: all, or none."""
    with transaction.atomic():
        return [record(asked, given, by=by, at=at, child=child) for child in children]


def _keep(
    recording: Recording,
    asked: QuestionSet,
    given: Answers,
    *,
    by: User,
    at: datetime,
    was: tuple[set[str], date] | None = None,
) -> Result:
    """Store the answers, what is missing, what is advised and what follows; restate promises.

    ``was``: which facts it asked for before, and of which day it was.
    """
    result = result_of(recording, asked, given, timezone.localdate(at))
    _refuse_own_act(result)
    recording.answers.all().delete()
    Answer.objects.bulk_create(rows_of(recording, asked, given, result.case))
    recording.advice = result.advice.id if result.advice else ""
    recording.save(update_fields=["advice"])
    moved = firsts.note(recording) | (firsts.renew(*was) if was is not None else set())
    standing.restate_resting_on(moved, at)
    keep_missing(recording, result)
    follow(recording, result.steps, by=by, at=at, case=result.case)
    _restate(recording, at)
    return result


def _refuse_own_act(result: Result) -> None:
    """What Evenhand itself is asked to do too early is not done; what happened is written down."""
    if result.refused:
        words, _, remedy = result.refused[0].partition(". ")
        raise Problem(f"{words}.", remedy or "Answer what is missing, then save.")


def _restate(recording: Recording, at: datetime) -> None:
    if recording.about_id is not None:
        standing.restate_subjects(recording.subject, [recording.about_id], at)
    elif recording.subject in SUBJECTS and SUBJECTS[recording.subject].model is Recording:
        standing.restate_subjects(recording.subject, [recording.pk], at)
    elif recording.child_id is not None:
        standing.restate([recording.child_id], at)


def _refuse(
    asked: QuestionSet, given: Answers, child: Child | None, about_id: int | None, at: datetime
) -> None:
    if asked.of_child == "needed" and child is None:
        raise Problem("It is not said whose record this is.", "Begin from the child's page.")
    if not asked.is_own and about_id is None and asked.subject != sets.CHILD:
        raise Problem("It is not said what this is about.", "Begin from the child's page.")
    for question in asked.questions:
        if question.needed and given.form.get(question.id) in (None, "", []):
            raise Problem(f"{question.label} is not answered.", "Answer it, then save.")
    for answers in (given.form, *given.rows):
        for question in asked.all_questions():
            _refuse_day(question, answers.get(question.id), child, at)


def _refuse_day(question: Question, value: object, child: Child | None, at: datetime) -> None:
    on = day_of(value)
    if on is None:
        return
    if child is not None:
        refuse_before_birth(child, on)
    later = value > at if isinstance(value, datetime) else on > timezone.localdate(at)
    if later and not question.ahead:
        raise Problem(f"{wording.day(on)} is still to come: {question.label}", "Check the day.")


def _day(
    asked: QuestionSet, given: Answers, at: datetime, about_id: int | None, child: Child | None
) -> date:
    """The day that a record is of: an answer's, or a fact's of its event; else that of ``at``."""
    on = day_of(given.form.get(asked.on))
    if on is None and "." in asked.on:
        facts = sets.facts_read(asked, about_id, child.pk if child else None)
        on = day_of(facts.get(asked.on))
    return on or timezone.localdate(at)


def _whose(child: Child | None, by: User) -> tuple[Team | None, Worker | None]:
    if child is not None:
        return child.team, child.worker
    return (by.worker.team if by.worker else None), by.worker


def _edition(recording: Recording) -> QuestionSet:
    found = sets.edition_of(recording.form, recording.edition)
    if found is None:
        raise Problem(
            f'No adopted pack has a form called "{recording.form}" any more.',
            "It can be read, and not changed.",
        )
    return found


def _plain(recording: Recording) -> dict[str, object]:
    """The answers as the history keeps them: of words, only that they are there."""
    found: dict[str, object] = {}
    for answer in recording.answers.order_by("row", "question", "pk"):
        name = f"{answer.question}-{answer.row}" if answer.row else answer.question
        value = answer.day or answer.moment or answer.code or answer.number
        value = answer.yes if value is None or value == "" else value
        found[name] = WORDS if answer.words else _listed(found.get(name), value)
    return found


def _listed(before: object, value: object) -> object:
    plain = value.isoformat() if isinstance(value, date) else value
    return plain if before is None else f"{before}, {plain}"


WORDS = "words, sealed"
