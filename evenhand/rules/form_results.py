"""What the answers to a question set come to: what is missing, what follows, what is advised.

Pure: answers and facts go in, a ``Result`` comes out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from evenhand.rules.form_parts import Letter
from evenhand.rules.london import LONDON, london_day
from evenhand.rules.question_sets import (
    Advice,
    Derived,
    Level,
    Question,
    QuestionSet,
    Span,
    Step,
)
from evenhand.rules.trees import Answer, Tree, answer, recorded
from evenhand.rules.values import Case, FactValue

NOT_RECORDED = "not recorded"


@dataclass(frozen=True)
class Said:
    """One thing that a record lacks or that does not agree: in words, whose, and of which day."""

    id: str
    words: str
    who: str
    on: str = ""


@dataclass(frozen=True)
class Result:
    """What a record comes to: its derived values, what is missing, what is advised, what follows.

    ``unknown``: no advice is met, and one could be if more were answered.
    """

    case: Case
    derived: Mapping[str, Level]
    said: tuple[Said, ...]
    advice: Advice | None
    unknown: bool
    steps: tuple[Step, ...]
    refused: tuple[str, ...] = ()
    letters: tuple[Letter, ...] = ()


def read(
    asked: QuestionSet, answers: Case, facts: Case, today: date, rows: Sequence[Case] = ()
) -> Result:
    """Read what was answered, beside the facts of the subject, as on a London day.

    ``rows`` are the answers of each row; trees see them as facts of many values.
    """
    case: dict[str, FactValue] = {**facts, **answers, **_of_rows(asked, rows)}
    case |= spans_of(asked, case) | asked.metered(case)
    derived: dict[str, Level] = {}
    for one in asked.derived:
        level = _first(one, case, today)
        case[one.id] = level.value if level else None
        if level:
            derived[one.id] = level
    advice, unknown = _advised(asked, case, today)
    steps = tuple(step for step in asked.steps if _is_met(step.when, case, today))
    said = (*_said(asked, case, today), *_said_of_rows(asked, case, rows, today))
    refused = tuple(filled(r.words, case) for r in asked.refusals if _is_met(r.when, case, today))
    letters = tuple(one for one in asked.letters if _is_met(one.when, case, today))
    return Result(case, derived, said, advice, unknown, steps, refused, letters)


def spans_of(asked: QuestionSet, case: Case) -> dict[str, FactValue]:
    """How long each span of a set is, of what is answered so far; None where an end is missing."""
    return {one.id: _length(one, case.get(one.starts), case.get(one.stops)) for one in asked.spans}


def _length(span: Span, starts: FactValue, stops: FactValue) -> int | None:
    if span.unit == "days" and isinstance(starts, date) and isinstance(stops, date):
        return (london_day(stops) - london_day(starts)).days
    if isinstance(starts, datetime) and isinstance(stops, datetime):
        return -(-(stops - starts) // timedelta(minutes=1))
    return None


def is_asked(question: Question, case: Case, today: date) -> bool:
    """Whether a question is asked, of what is answered so far."""
    return question.asked_when is None or _is_met(question.asked_when, case, today)


def filled(words: str, case: Case) -> str:
    """The words with the values of facts and answers in the places of their names."""
    return words.format_map(_Shown(case))


class _Shown(dict[str, object]):
    """Names in words: a dot reads as an underscore, and what is not recorded says so."""

    def __init__(self, case: Case) -> None:
        super().__init__({name.replace(".", "_"): _plain(value) for name, value in case.items()})

    def __missing__(self, name: str) -> str:
        return NOT_RECORDED


def _lacking(words: str, case: Case) -> str:
    """What is missing in words; who is not named either is left to whoever says whose it is."""
    return filled(words, case).removesuffix(f": {NOT_RECORDED}")


def _plain(value: FactValue) -> object:
    if value is None:
        return NOT_RECORDED
    if isinstance(value, tuple):
        return len(recorded(value))
    if isinstance(value, datetime):
        return f"{value.astimezone(LONDON):%H:%M}"
    return f"{value.day} {value:%B %Y}" if isinstance(value, date) else value


def _first(derived: Derived, case: Case, today: date) -> Level | None:
    """The first level that is met; none where an earlier one hangs on what is not answered."""
    for level in derived.levels:
        found = answer(level.when, case, today)
        if found is Answer.YES:
            return level
        if found is Answer.UNKNOWN:
            return None
    return None


def _advised(asked: QuestionSet, case: Case, today: date) -> tuple[Advice | None, bool]:
    answers = [(one, answer(one.when, case, today)) for one in asked.advice]
    for one, found in answers:
        if found is Answer.UNKNOWN:
            return None, True
        if found is Answer.YES:
            return one, False
    return None, False


def _said(asked: QuestionSet, case: Case, today: date) -> Iterator[Said]:
    for question in asked.questions:
        if _is_missing(question, case, today):
            yield Said(question.id, _lacking(question.missing, case), question.who, asked.on)
    for notice in asked.notices:
        if _is_met(notice.when, case, today):
            yield Said(notice.id, _lacking(notice.words, case), notice.who, notice.on or asked.on)


def _of_rows(asked: QuestionSet, rows: Sequence[Case]) -> Case:
    questions = asked.rows.questions if asked.rows else ()
    return {one.id: tuple(row.get(one.id) for row in rows) for one in questions}  # type: ignore[misc]


def _said_of_rows(
    asked: QuestionSet, case: Case, rows: Sequence[Case], today: date
) -> Iterator[Said]:
    questions = asked.rows.questions if asked.rows else ()
    blank: Case = dict.fromkeys(one.id for one in questions)
    for number, row in enumerate(rows, start=1):
        for question in questions:
            if _is_missing(question, {**case, **blank, **row}, today):
                words = _lacking(question.missing, {**case, **blank, **row})
                yield Said(f"{question.id}-{number}", words, question.who, asked.on)


def _is_missing(question: Question, case: Case, today: date) -> bool:
    if not question.missing or recorded(case.get(question.id)):
        return False
    looked_for = question.looked_for_when
    return is_asked(question, case, today) and (
        looked_for is None or _is_met(looked_for, case, today)
    )


def _is_met(tree: Tree, case: Case, today: date) -> bool:
    return answer(tree, case, today) is Answer.YES
