"""Question sets: what somebody is asked, part by part.

A set is written in a pack (forms/), dated, and an earlier edition stays as it was for whatever was
recorded under it. What answers come to: ``form_results``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from evenhand.rules.form_parts import Compliance, Letter, Meter, Refusal, Section, metered
from evenhand.rules.trees import Tree
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
    ``written`` is the edition as its pack has it, for its lock. ``room``: the room whose pages
    ask it; the ordinary pages of recording neither offer nor show it.
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
    sections: tuple[Section, ...] = ()
    compliance: tuple[Compliance, ...] = ()
    room: str = ""
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
