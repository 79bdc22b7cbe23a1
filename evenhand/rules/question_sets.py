"""Question sets: what somebody is asked, what is then missing, and what the answers come to.

Pure: answers and facts go in, a ``Result`` comes out. A set is written in a pack (forms/), dated,
and an earlier edition stays as it was for whatever was recorded under it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, get_args

from evenhand.rules.form_parts import Letter, Meter, Refusal, metered
from evenhand.rules.london import LONDON, london_day
from evenhand.rules.trees import Answer, Tree, answer, recorded
from evenhand.rules.values import Case, FactValue

Kind = Literal[
    "date", "moment", "yes_no", "choice", "several", "number", "text", "words", "person"
]  # fmt: skip
KINDS: tuple[Kind, ...] = get_args(Kind)
Unit = Literal["minutes", "days"]
UNITS: tuple[Unit, ...] = get_args(Unit)
Start = Literal["", "now", "today"]
STARTS: tuple[Start, ...] = get_args(Start)
RECORDER, WORKER, MANAGER = "recorder", "worker", "manager"
NOT_RECORDED = "not recorded"
ANSWERABLE = (RECORDER, WORKER, MANAGER)


@dataclass(frozen=True)
class Choice:
    """One answer to choose."""

    id: str
    label: str
    hint: str = ""


@dataclass(frozen=True)
class Question:
    """One question. An answer to one with a ``fact`` is that fact of the subject.

    ``needed``: without it there is nothing to record. ``asked_when`` None: always. ``missing``
    is what is said where it is asked, looked for (``looked_for_when``) and not answered: a true
    record is never refused for it. ``who`` is whose it is to answer. ``restricted``: only those
    close to the child read it. ``ahead``: the day may be to come.
    """

    id: str
    label: str
    kind: Kind
    hint: str = ""
    clause: str = ""
    choices: tuple[Choice, ...] = ()
    fact: str = ""
    needed: bool = False
    starts: Start = ""
    asked_when: Tree | None = None
    missing: str = ""
    looked_for_when: Tree | None = None
    who: str = RECORDER
    restricted: bool = False
    ahead: bool = False

    def label_of(self, value: FactValue) -> str:
        """The words of a choice; of anything else, its own text."""
        return next((one.label for one in self.choices if one.id == value), str(value))


@dataclass(frozen=True)
class Rows:
    """Questions asked once for each of several: each recipient, each goal."""

    id: str
    label: str
    questions: tuple[Question, ...]
    most: int


@dataclass(frozen=True)
class Span:
    """How long it is between two answers or facts, in whole units; trees see it as a number.

    Days are London days; minutes are those that have begun, so that 30 seconds late is a minute.
    """

    id: str
    label: str
    unit: Unit
    starts: str
    stops: str


@dataclass(frozen=True)
class Level:
    """One value that answers may come to."""

    value: str
    label: str
    when: Tree


@dataclass(frozen=True)
class Derived:
    """What answers come to together: the first level that is met. Later trees may name it."""

    id: str
    label: str
    levels: tuple[Level, ...]


@dataclass(frozen=True)
class Notice:
    """Something to say where ``when`` is met: what is missing, or what does not agree."""

    id: str
    when: Tree
    words: str
    who: str = RECORDER
    on: str = ""


@dataclass(frozen=True)
class Advice:
    """What the answers advise; a named person decides. ``words`` say why."""

    id: str
    label: str
    when: Tree
    words: str = ""


@dataclass(frozen=True)
class Step:
    """A task that follows while ``when`` is met: its kind, whose, and from which day it counts."""

    id: str
    when: Tree
    task: str
    what: str
    owner: str = ""
    from_: str = ""


@dataclass(frozen=True)
class QuestionSet:
    """One edition of a set of questions about a subject of the vocabulary.

    ``is_own``: what is recorded is the subject itself, and not fastened to an imported event.
    ``on`` names the question that says of which day it is. ``copy`` is the sentence to copy back
    to the case system. ``permission`` is what lets somebody record it. ``when_worker_changes`` is
    the task that opens for a child on the day of a new worker, until the form is filled in.
    ``written`` is the edition as its pack has it, for its lock.
    """

    id: str
    title: str
    subject: str
    from_: date
    is_own: bool
    is_once: bool
    of_child: Literal["needed", "may", "no"]
    permission: str
    questions: tuple[Question, ...]
    rows: Rows | None = None
    spans: tuple[Span, ...] = ()
    meters: tuple[Meter, ...] = ()
    derived: tuple[Derived, ...] = ()
    notices: tuple[Notice, ...] = ()
    advice: tuple[Advice, ...] = ()
    steps: tuple[Step, ...] = ()
    when_worker_changes: Step | None = None
    refusals: tuple[Refusal, ...] = ()
    letters: tuple[Letter, ...] = ()
    on: str = ""
    words: str = ""
    copy: str = ""
    group: str = ""
    clauses: tuple[str, ...] = ()
    pack: str = ""
    basis: str = ""
    citation: str = ""
    written: str = ""

    def question(self, id_: str) -> Question | None:
        """The question of that id, of the set or of its rows."""
        return next((one for one in self.all_questions() if one.id == id_), None)

    def all_questions(self) -> Iterator[Question]:
        """Every question, those of the rows last."""
        yield from self.questions
        if self.rows is not None:
            yield from self.rows.questions

    def metered(self, case: Case) -> dict[str, FactValue]:
        """What its meters say of what is answered so far."""
        return metered(self.meters, {one.id: one.label for one in self.questions}, case)

    def facts(self) -> tuple[str, ...]:
        """The facts that its answers are."""
        return tuple(one.fact for one in self.all_questions() if one.fact)


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
