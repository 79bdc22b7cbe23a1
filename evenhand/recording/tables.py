"""What was recorded, in lists and line by line, and what is missing in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse

from evenhand.design.cells import child_cell
from evenhand.design.components import Cell, SummaryRow, Table
from evenhand.design.wording import day, moment
from evenhand.recording import sets
from evenhand.recording.answering import Answers
from evenhand.recording.models import Missing, Recording
from evenhand.rules.form_parts import Meter, read_meter
from evenhand.rules.form_results import Result
from evenhand.rules.question_sets import Question, QuestionSet

HIDDEN = "Written down; only those close to the child may read it"


def title_of(recording: Recording) -> str:
    """Return the title of a recording's form; of one that the packs have no more, its id."""
    asked = sets.edition_of(recording.form, recording.edition)
    return asked.title if asked else recording.form.replace("-", " ").capitalize()


def in_words(missing: Missing) -> str:
    """Return what is missing, whose it is and of which day: ``end date missing: Sam, Mon ...``.

    Words that name somebody or something already, after a colon, go on with a comma.
    """
    words = missing.words[:1].upper() + missing.words[1:]
    return f"{words}{',' if ':' in words else ':'} {missing.name}, {day(missing.on)}"


def link_of(missing: Missing) -> Cell:
    """Return what is missing with the way to its record."""
    return Cell(in_words(missing), url=reverse("recording:one", args=[missing.recording.ref]))


def register_table(found: Iterable[Recording], caption: str, empty: str) -> Table:
    """Return recordings of one or several forms, with how much each lacks."""
    rows = [
        [
            Cell(title_of(each), url=reverse("recording:one", args=[each.ref])),
            each.on,
            child_cell(each.child) if each.child else "No child",
            str(each.team or "No team"),
            _state(each),
        ]
        for each in found
    ]
    return Table(caption, ["What", "Day", "Child", "Team", "What is missing"], rows, empty=empty)


def _state(recording: Recording) -> str:
    if recording.entered_in_error:
        return "Entered in error"
    lacks = [in_words(one) for one in recording.missing.all()]
    return "; ".join(lacks) or "Nothing"


def missing_table(found: Iterable[Missing], caption: str, empty: str) -> Table:
    """Return what is missing, with the record that it is missing of."""
    rows = [
        [
            Cell(in_words(one), url=reverse("recording:one", args=[one.recording.ref])),
            title_of(one.recording),
            child_cell(one.recording.child) if one.recording.child else "No child",
        ]
        for one in found
    ]
    return Table(caption, ["What is missing", "Of what", "Child"], rows, empty=empty)


def rows_of(asked: QuestionSet, given: Answers, *, close: bool) -> list[SummaryRow]:
    """Return the answers, line by line; what is restricted only to those close to the child."""
    return [*_rows(asked.questions, given.form, close), *_rows_of_rows(asked, given, close)]


def derived_rows(asked: QuestionSet, result: Result) -> list[SummaryRow]:
    """Return what the answers come to together, and how long it took."""
    spans = [
        SummaryRow(one.label, _length(result.case[one.id], one.unit))
        for one in asked.spans
        if result.case.get(one.id) is not None and result.case[one.id] > 0  # type: ignore[operator]
    ]
    return (
        spans
        + [
            SummaryRow(one.label, result.derived[one.id].label or result.derived[one.id].value)
            for one in asked.derived
            if one.id in result.derived
        ]
        + [SummaryRow(one.label, _metered(asked, one, result)) for one in asked.meters]
    )


def _length(number: object, unit: str) -> str:
    return f"{number} {unit.removesuffix('s') if number == 1 else unit}"


def _metered(asked: QuestionSet, meter: Meter, result: Result) -> str:
    labels = {one.id: one.label for one in asked.questions}
    read = read_meter(meter, labels, result.case)
    still = f". Still empty: {', '.join(read.empty)}" if read.empty else ""
    return f"{read.answered} of {read.of}{still}"


def _rows_of_rows(asked: QuestionSet, given: Answers, close: bool) -> Iterator[SummaryRow]:
    for number, row in enumerate(given.rows, start=1):
        for line in _rows(asked.rows.questions if asked.rows else (), row, close):
            yield SummaryRow(f"{asked.rows.label} {number}: {line.key}", line.value)  # type: ignore[union-attr]


def _rows(questions: Iterable[Question], given: Any, close: bool) -> Iterator[SummaryRow]:
    for question in questions:
        if question.id in given:
            hidden = question.restricted and not close
            value = HIDDEN if hidden else shown(question, given[question.id])
            yield SummaryRow(question.label, value)


def shown(question: Question, value: Any) -> Any:
    """Return an answer as people read it."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, list):
        return ", ".join(question.label_of(one) for one in value)
    return question.label_of(value) if question.choices else value
