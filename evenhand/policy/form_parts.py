"""The parts of a form of a pack that follow from its answers or lie around them."""

from __future__ import annotations

from collections.abc import Iterable

from evenhand.policy import documents, trees
from evenhand.policy.documents import items_of, shown
from evenhand.policy.errors import nearest
from evenhand.policy.fields import Fields
from evenhand.policy.form_names import CHILD, FormRead
from evenhand.policy.vocabulary import Fact
from evenhand.rules.form_parts import Compliance, Letter, Meter, Refusal, Section
from evenhand.rules.question_sets import WORKER, Advice, Derived, Level, Notice, Question, Step

SECTION_FIELDS = ("id", "title", "clause", "words", "grade", "evidence", "overall", "questions")


class PartsRead(FormRead):
    """Reads what comes of the answers, and how they are shown."""

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

    def _sections(self, questions: tuple[Question, ...]) -> Iterable[Section]:
        known = {one.id: one for one in questions}
        for one in self._listed("sections", SECTION_FIELDS):
            named = one.texts("questions")
            for name in (
                name for name in named if name not in known | dict.fromkeys(self.left_out)
            ):
                remedy = nearest(name, known, "Name a question that is asked above.")
                one.wrong("questions", f'no question is called "{name}"', remedy)
            yield Section(
                one.text("id"), one.text("title"), tuple(name for name in named if name in known),
                self._clause(one), one.text("words", required=False),
                self._among(one, "grade", named), self._among(one, "evidence", named),
                one.flag("overall"),
            )  # fmt: skip

    def _among(self, fields: Fields, key: str, named: tuple[str, ...]) -> str:
        found = fields.text(key, required=False)
        if found and found not in named:
            remedy = nearest(found, named, "Name one of its questions.")
            fields.wrong(key, f'"{found}" is no question of this section', remedy)
        return found

    def _compliance(self) -> Iterable[Compliance]:
        node = self.fields.get("compliance")
        for item in items_of(node) if node else ():
            if isinstance(item, documents.Mapping):
                one = Fields(item, self.faults, ("standard", "clause"), "the standard")
                yield Compliance(one.text("standard"), self._clause(one))
            else:
                remedy = "Write {standard: pack/name, clause: ...}."
                self.faults.add(item, "compliance", shown(item), remedy)

    def _clause(self, fields: Fields) -> str:
        found = fields.text("clause", required=False)
        if found and found not in self.reading.clauses:
            remedy = nearest(found, self.reading.clauses, "Add it to clauses.yaml.")
            fields.wrong("clause", f'no clause is called "{found}"', remedy)
        return found
