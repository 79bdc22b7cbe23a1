"""Question sets, read from the forms/ folder of a pack: faults name the file, the line and more."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from evenhand.policy import documents, trees
from evenhand.policy.dated import authority
from evenhand.policy.documents import Faults, Node, items_of, shown
from evenhand.policy.errors import nearest
from evenhand.policy.fact_names import FactNames
from evenhand.policy.fields import Fields
from evenhand.policy.vocabulary import Fact, FactType, Vocabulary
from evenhand.rules.form_parts import Letter, Meter, Refusal
from evenhand.rules.question_sets import (
    ANSWERABLE,
    KINDS,
    STARTS,
    UNITS,
    WORKER,
    Advice,
    Choice,
    Derived,
    Kind,
    Level,
    Notice,
    Question,
    QuestionSet,
    Rows,
    Span,
    Start,
    Step,
    Unit,
)
from evenhand.rules.trees import Tree

FOLDER = "forms"
CHILD = "child"
SET_FIELDS = (
    "id", "title", "group", "subject", "own", "many", "of_child", "permission", "from", "on",
    "words", "copy", "clauses", "basis", "citation", "questions", "rows", "spans", "derived",
    "notices", "advice", "steps", "when_worker_changes", "meters", "refusals", "letters",
)  # fmt: skip
QUESTION_FIELDS = (
    "id", "label", "kind", "hint", "clause", "choices", "fact", "needed", "starts", "asked_when",
    "missing", "looked_for_when", "who", "restricted", "ahead",
)  # fmt: skip
OF_KIND: Mapping[str, FactType] = {
    "date": "date", "moment": "moment", "yes_no": "yes_no", "number": "number", "choice": "code",
    "several": "code", "text": "code", "words": "code", "person": "code",
}  # fmt: skip
OF_FACT: Mapping[str, tuple[Kind, ...]] = {
    "date": ("date",), "moment": ("moment",), "yes_no": ("yes_no",), "number": ("number",),
    "code": ("choice", "several", "text"), "person": ("person",),
}  # fmt: skip


@dataclass(frozen=True)
class AnswerNames(FactNames):
    """What a tree of a question set may name: its answers, its derived values, and facts of what
    it is about and of the child. Longer lists of answers are those written above it."""

    local: Mapping[str, Fact]

    def find(self, node: Node, field: str) -> Fact | None:
        """The answer or the fact that a node names."""
        if isinstance(node, documents.Scalar):
            own = self.local.get(node.text)
            if own is not None:
                return own
            fact = self.vocabulary.facts.get(node.text)
            if fact is not None and fact.subject in (self.subject, CHILD):
                return fact
            if fact is None and "." not in node.text:
                remedy = nearest(node.text, self.local, "Name a question that is asked above.")
                self.faults.add(node, field, f'no question is called "{node.text}"', remedy)
                return None
        return super().find(node, field)

    def number(self, node: Node, field: str) -> str:
        """The name of an answer that is a number; empty where the number itself stands."""
        if isinstance(node, documents.Scalar) and node.text in self.local:
            fact = self.of_type(node, field, ("number",))
            return fact.name if fact else ""
        return ""


@dataclass(frozen=True)
class Reading:
    """What is known while a pack's question sets are read."""

    pack: str
    source: str
    vocabulary: Vocabulary
    clauses: frozenset[str]
    faults: Faults


def read(node: Node, reading: Reading, withheld: frozenset[str]) -> QuestionSet | None:
    """The question set at a node; None, with faults noted, where it cannot be used."""
    if not isinstance(node, documents.Mapping):
        reading.faults.add(node, "form", shown(node), "Write id:, title:, subject:, questions:.")
        return None
    fields = Fields(node, reading.faults, SET_FIELDS, "the form")
    id_, subject, from_ = fields.text("id"), fields.text("subject"), fields.day("from")
    if subject and subject not in reading.vocabulary.subjects:
        remedy = nearest(subject, reading.vocabulary.subjects, "Name a subject of the vocabulary.")
        fields.wrong("subject", f'no fact has the subject "{subject}"', remedy)
        return None
    if not id_ or from_ is None:
        return None
    return _Set(fields, reading, withheld, id_, subject).read(from_)


class _Set:
    """Reads one set, part after part: each part may name what stands before it."""

    def __init__(
        self, fields: Fields, reading: Reading, withheld: frozenset[str], id_: str, subject: str
    ) -> None:
        self.fields = fields
        self.reading = reading
        self.faults = reading.faults
        self.subject = subject
        self.id = id_
        self.left_out = {
            entry.split("/")[2] for entry in withheld
            if entry.startswith(f"{FOLDER}/{id_}/")
        }  # fmt: skip
        self.local: dict[str, Fact] = {}

    def read(self, from_: date) -> QuestionSet:
        """The whole set."""
        fields = self.fields
        written = self._spans_written()
        metered = self._meters_written()
        questions = self._questions(fields, "questions")
        spans = tuple(self._span(one) for one in written)
        rows = self._rows()
        meters = tuple(self._meter(one, questions) for one in metered)
        derived = [self._derived(inner) for inner in self._listed("derived", (
            "id", "label", "levels",
        ))]  # fmt: skip
        of_child = fields.choice("of_child", ("needed", "may", "no"), required=False)
        basis, citation = authority(fields, self.reading.source)
        return QuestionSet(
            id=self.id, title=fields.text("title"), subject=self.subject, from_=from_,
            is_own=fields.flag("own"), is_once=not (fields.flag("own") or fields.flag("many")),
            of_child=cast("object", of_child or "needed"),  # type: ignore[arg-type]
            permission=fields.text("permission", required=False) or "recording.write",
            questions=questions, rows=rows, spans=spans, derived=tuple(derived),
            notices=tuple(self._notices()), advice=tuple(self._advice()),
            steps=tuple(self._steps()), meters=meters, refusals=tuple(self._refusals()),
            letters=tuple(self._letters()), on=self._named("on"),
            when_worker_changes=self._when_worker_changes(),
            words=fields.text("words", required=False), copy=fields.text("copy", required=False),
            group=fields.text("group", required=False), clauses=self._clauses(),
            pack=self.reading.pack, basis=basis or "", citation=citation,
            written=json.dumps(documents.plain(fields.node), sort_keys=True, default=str),
        )  # fmt: skip

    def _clauses(self) -> tuple[str, ...]:
        found = self.fields.texts("clauses")
        for clause in found:
            if clause not in self.reading.clauses:
                remedy = nearest(clause, self.reading.clauses, "Add it to clauses.yaml.")
                self.fields.wrong("clauses", f'no clause is called "{clause}"', remedy)
        return found

    def _questions(self, fields: Fields, key: str) -> tuple[Question, ...]:
        node = fields.need(key)
        made = []
        for item in items_of(node) if node else ():
            if not isinstance(item, documents.Mapping):
                self.faults.add(item, key, shown(item), "Write {id: ..., label: ..., kind: ...}.")
                continue
            question = self._question(Fields(item, self.faults, QUESTION_FIELDS, "the question"))
            if question is not None and question.id not in self.left_out:
                made.append(question)
        return tuple(made)

    def _question(self, fields: Fields) -> Question | None:
        id_, kind = fields.text("id"), fields.choice("kind", KINDS)
        if not id_ or not kind:
            return None
        if id_ in self.local:
            fields.wrong("id", f'"{id_}" stands twice', "Give each question its own id.")
        asked_when = self._tree(fields, "asked_when")
        fact = self._fact(fields, kind)
        self.local[id_] = Fact(id_, self.subject, OF_KIND[kind], kind == "several")
        return Question(
            id_, fields.text("label"), cast("Kind", kind), fields.text("hint", required=False),
            fields.text("clause", required=False), self._choices(fields, kind), fact,
            fields.flag("needed"), cast("Start", fields.choice("starts", STARTS, required=False)),
            asked_when, fields.text("missing", required=False),
            self._tree(fields, "looked_for_when"), self._who(fields), fields.flag("restricted"),
            fields.flag("ahead"),
        )  # fmt: skip

    def _fact(self, fields: Fields, kind: str) -> str:
        name = fields.text("fact", required=False)
        fact = self.reading.vocabulary.facts.get(name)
        if not name:
            return ""
        if fact is None or fact.subject != self.subject:
            remedy = self.reading.vocabulary.nearest(name, self.subject)
            fields.wrong("fact", f'{self.subject} has no fact "{name}"', remedy)
        elif kind not in OF_FACT[fact.type]:
            fields.wrong("kind", f'"{name}" is a {fact.type}', "Ask for a value of its type.")
        return name

    def _choices(self, fields: Fields, kind: str) -> tuple[Choice, ...]:
        node = fields.get("choices")
        found = []
        for item in items_of(node) if node else ():
            if isinstance(item, documents.Mapping):
                one = Fields(item, self.faults, ("id", "label", "hint"), "the choice")
                found.append(
                    Choice(one.text("id"), one.text("label"), one.text("hint", required=False))
                )
            else:
                self.faults.add(item, "choices", shown(item), "Write {id: ..., label: ...}.")
        if (kind in ("choice", "several")) != bool(found):
            remedy = "Write choices for a choice or several, and for no other."
            fields.wrong("choices", f"{len(found)} stand with a question of kind {kind}", remedy)
        return tuple(found)

    def _spans_written(self) -> list[Fields]:
        """The spans as written: questions may hang on one, and one names questions."""
        found = list(self._listed("spans", ("id", "label", "unit", "starts", "stops")))
        for one in found:
            self.local[one.text("id")] = Fact(one.text("id"), self.subject, "number")
        return found

    def _span(self, fields: Fields) -> Span:
        return Span(
            fields.text("id"), fields.text("label"), cast("Unit", fields.choice("unit", UNITS)),
            self._name(fields, "starts"), self._name(fields, "stops"),
        )  # fmt: skip

    def _rows(self) -> Rows | None:
        node = self.fields.get("rows")
        if not isinstance(node, documents.Mapping):
            return None
        fields = Fields(node, self.faults, ("id", "label", "questions", "most"), "the rows")
        most = fields.integer("most") or 1
        questions = self._questions(fields, "questions")
        for question in questions:
            self.local[question.id] = replace(self.local[question.id], many=True)
        return Rows(fields.text("id"), fields.text("label"), questions, most)

    def _derived(self, fields: Fields) -> Derived:
        id_, node = fields.text("id"), fields.need("levels")
        levels = []
        for item in items_of(node) if node else ():
            if isinstance(item, documents.Mapping):
                one = Fields(item, self.faults, ("value", "label", "when"), "the level")
                levels.append(
                    Level(one.text("value"), one.text("label", required=False), self._met(one))
                )
            else:
                self.faults.add(item, "levels", shown(item), "Write {value: ..., when: ...}.")
        self.local[id_] = Fact(id_, self.subject, "code")
        return Derived(id_, fields.text("label"), tuple(levels))

    def _notices(self) -> Iterable[Notice]:
        for one in self._listed("notices", ("id", "when", "words", "who", "on")):
            yield Notice(
                one.text("id"), self._met(one), one.text("words"), self._who(one),
                self._day_of_notice(one),
            )  # fmt: skip

    def _advice(self) -> Iterable[Advice]:
        for one in self._listed("advice", ("id", "label", "when", "words")):
            yield Advice(
                one.text("id"), one.text("label"), self._met(one), one.text("words", required=False)
            )

    def _steps(self) -> Iterable[Step]:
        for one in self._listed("steps", ("id", "when", "task", "what", "owner", "from")):
            yield Step(
                one.text("id"), self._met(one), one.text("task"), one.text("what"),
                self._who(one, "owner") if "owner" in one else "", self._name(one, "from"),
            )  # fmt: skip

    def _when_worker_changes(self) -> Step | None:
        node = self.fields.get("when_worker_changes")
        if node is None:
            return None
        if not isinstance(node, documents.Mapping):
            remedy = "Write {task: ..., what: ...}."
            self.faults.add(node, "when_worker_changes", shown(node), remedy)
            return None
        if self.subject != CHILD:
            self.fields.wrong("when_worker_changes", f"the form is about a {self.subject}",
                              "Write it on a form about a child.")  # fmt: skip
        fields = Fields(node, self.faults, ("task", "what"), "when_worker_changes")
        return Step("worker", trees.NOTHING, fields.text("task"), fields.text("what"), WORKER)

    def _meters_written(self) -> list[Fields]:
        """The meters as written: questions may hang on one, and one names questions."""
        found = list(self._listed("meters", ("id", "label", "questions")))
        for one in found:
            self.local[one.text("id")] = Fact(one.text("id"), self.subject, "number")
        return found

    def _meter(self, fields: Fields, questions: tuple[Question, ...]) -> Meter:
        known = {one.id for one in questions} | self.left_out
        named = fields.texts("questions")
        for name in (name for name in named if name not in known):
            remedy = nearest(name, known, "Name a question that is asked above.")
            fields.wrong("questions", f'no question is called "{name}"', remedy)
        return Meter(fields.text("id"), fields.text("label"), named)

    def _refusals(self) -> Iterable[Refusal]:
        for one in self._listed("refusals", ("id", "when", "words")):
            yield Refusal(one.text("id"), self._met(one), one.text("words"))

    def _letters(self) -> Iterable[Letter]:
        for one in self._listed("letters", ("id", "title", "to", "when", "paragraphs")):
            yield Letter(
                one.text("id"), one.text("title"), one.text("to"), self._met(one),
                one.texts("paragraphs"),
            )  # fmt: skip

    def _listed(self, key: str, allowed: tuple[str, ...]) -> Iterable[Fields]:
        node = self.fields.get(key)
        for item in items_of(node) if node else ():
            if not isinstance(item, documents.Mapping):
                self.faults.add(item, key, shown(item), f"Write its fields: {', '.join(allowed)}.")
                continue
            fields = Fields(item, self.faults, allowed, f"an entry of {key}")
            if fields.text("id") not in self.left_out:
                yield fields

    def _tree(self, fields: Fields, key: str) -> Tree | None:
        node = fields.get(key)
        return trees.read(node, self._names()) if node else None

    def _met(self, fields: Fields) -> Tree:
        node = fields.need("when")
        return trees.read(node, self._names()) if node else trees.NOTHING

    def _names(self) -> AnswerNames:
        return AnswerNames(self.reading.vocabulary, self.subject, self.faults, self.local)

    def _who(self, fields: Fields, key: str = "who") -> str:
        found = fields.text(key, required=False)
        if found and found not in ANSWERABLE and found not in self.local:
            remedy = "Write recorder, worker or manager, or a question that names a person."
            fields.wrong(key, f'"{found}" is nobody', remedy)
        return found or ANSWERABLE[0]

    def _named(self, key: str) -> str:
        return self._name(self.fields, key)

    def _day_of_notice(self, fields: Fields) -> str:
        """Of which day a notice is: of several, as of rows, the last."""
        node = fields.get("on")
        fact = self._names().any_time(node, "on") if node else None
        return fact.name if fact else ""

    def _name(self, fields: Fields, key: str) -> str:
        node = fields.get(key)
        return self._names().single_time(node, key) if node else ""
