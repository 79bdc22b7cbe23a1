"""A form of a pack while it is read: what is known, and which names its conditions may use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from evenhand.policy import documents, trees
from evenhand.policy.documents import Faults, Node, items_of, shown
from evenhand.policy.errors import nearest
from evenhand.policy.fact_names import FactNames
from evenhand.policy.fields import Fields
from evenhand.policy.vocabulary import Fact, Vocabulary
from evenhand.rules.question_sets import ANSWERABLE
from evenhand.rules.trees import Tree

FOLDER = "forms"
CHILD = "child"


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


class FormRead:
    """One form that is being read: each part may name what stands before it."""

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
