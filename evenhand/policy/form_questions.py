"""The questions of a form of a pack, its rows and its spans, with their faults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from evenhand.policy import documents
from evenhand.policy.documents import items_of, shown
from evenhand.policy.fields import Fields
from evenhand.policy.form_names import FormRead
from evenhand.policy.vocabulary import Fact, FactType
from evenhand.rules.question_sets import (
    KINDS,
    STARTS,
    UNITS,
    Choice,
    Kind,
    Question,
    Rows,
    Span,
    Start,
    Unit,
)

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


class QuestionsRead(FormRead):
    """Reads what a form asks."""

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
