"""Question sets, read from the forms/ folder of a pack: faults name the file, the line and more."""

from __future__ import annotations

import json
from datetime import date
from typing import cast

from evenhand.policy import documents
from evenhand.policy.dated import authority
from evenhand.policy.documents import Node, shown
from evenhand.policy.errors import nearest
from evenhand.policy.fields import Fields
from evenhand.policy.form_names import Reading
from evenhand.policy.form_parts import PartsRead
from evenhand.policy.form_questions import QuestionsRead
from evenhand.rules.question_sets import QuestionSet

SET_FIELDS = (
    "id", "title", "group", "subject", "own", "many", "of_child", "permission", "from", "on",
    "words", "copy", "clauses", "basis", "citation", "questions", "rows", "spans", "derived",
    "notices", "advice", "steps", "when_worker_changes", "meters", "refusals", "letters",
    "sections", "compliance", "room",
)  # fmt: skip


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


class _Set(QuestionsRead, PartsRead):
    """Reads one set, part after part: each part may name what stands before it."""

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
            letters=tuple(self._letters()), sections=tuple(self._sections(questions)),
            compliance=tuple(self._compliance()), room=fields.text("room", required=False),
            on=self._named("on"),
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
