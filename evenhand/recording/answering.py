"""Answers between a form, the database and the rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.accounts.references import new_reference
from evenhand.people.queries.access import people_called
from evenhand.recording.models import Answer, Recording
from evenhand.rules.form_results import is_asked
from evenhand.rules.question_sets import Question, QuestionSet
from evenhand.rules.values import Case

Given = Mapping[str, Any]
COLUMN = {
    "date": "day", "moment": "moment", "yes_no": "yes", "number": "number", "choice": "code",
    "several": "code", "text": "code", "person": "code", "words": "words",
}  # fmt: skip
WRITTEN = "written"
"""What conditions see of words: that there are some. What they say, no condition reads."""


class Answers(NamedTuple):
    """What was answered on a form, and on each of its rows, by question."""

    form: Given
    rows: Sequence[Given] = ()


def as_case(asked: QuestionSet, given: Given) -> Case:
    """Return answers as the rules take them: of several choices, all; of words, that there are."""
    found = {one.id: _value(one, given.get(one.id)) for one in asked.all_questions()}
    return {name: value for name, value in found.items() if value is not None}


def _value(question: Question, value: Any) -> Any:
    if value in (None, "", [], ()):
        return None
    if question.kind == "several":
        return tuple(value)
    return WRITTEN if question.kind == "words" else value


def rows_of(recording: Recording, asked: QuestionSet, given: Answers, case: Case) -> list[Answer]:
    """Return the rows to store: one for each question that is asked, answered or not.

    ``case`` is what the record and its answers come to together.
    """
    today = timezone.localdate(recording.recorded_at)
    made: list[Answer] = []
    for question in asked.questions:
        made += _of(recording, question, given.form, 0, case, today)
    for number, answers in enumerate(given.rows, start=1):
        of_rows = asked.rows.questions if asked.rows else ()
        mine = {**case, **dict.fromkeys(q.id for q in of_rows), **as_case(asked, answers)}
        for question in of_rows:
            made += _of(recording, question, answers, number, mine, today)
    return made


def _of(
    recording: Recording, question: Question, given: Given, row: int, case: Case, today: date
) -> Iterable[Answer]:
    value = given.get(question.id)
    if is_asked(question, case, today) or value not in (None, "", []):
        return _stored(recording, question, value, row)
    return ()


def _stored(recording: Recording, question: Question, value: Any, row: int) -> Iterable[Answer]:
    values = value if question.kind == "several" and value else [value]
    for one in values:
        made = Answer(
            recording=recording, ref=new_reference(), row=row, question=question.id,
            fact=question.fact,
        )  # fmt: skip
        if one not in (None, "", []):
            setattr(made, COLUMN[question.kind], one)
        made.user = person_called(one) if question.kind == "person" and one else None
        yield made


def person_called(name: str) -> User | None:
    """Return the one person who signs in and has this name; None for nobody or several."""
    found, _ = people_called([name])
    return next((one for one in found if isinstance(one, User)), None)


def given_of(asked: QuestionSet, stored: Iterable[Answer]) -> Answers:
    """Return what a recording's rows answer, by question; words are opened."""
    form: dict[str, Any] = {}
    rows: dict[int, dict[str, Any]] = {}
    for answer in stored:
        question = asked.question(answer.question)
        if question is None:
            continue
        value = getattr(answer, COLUMN[question.kind])
        into = form if answer.row == 0 else rows.setdefault(answer.row, {})
        if question.kind == "several" and value:
            into.setdefault(question.id, []).append(value)
        elif value not in (None, ""):
            into[question.id] = value
    return Answers(form, [rows[number] for number in sorted(rows)])


def day_of(value: Any) -> date | None:
    """Return the London day of a date or a moment; of anything else, None."""
    if isinstance(value, datetime):
        return timezone.localdate(value)
    return value if isinstance(value, date) else None
