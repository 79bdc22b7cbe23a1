"""The names of facts in a pack, each checked against the vocabulary where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from evenhand.policy.documents import Faults, Node, Scalar, shown
from evenhand.policy.errors import one_of
from evenhand.policy.vocabulary import Fact, Vocabulary

TIMES = ("date", "moment")


@dataclass(frozen=True)
class FactNames:
    """The facts that a standard of `subject` may name."""

    vocabulary: Vocabulary
    subject: str
    faults: Faults

    def find(self, node: Node, field: str) -> Fact | None:
        """The fact that a node names: one that is known, and of this subject."""
        if not isinstance(node, Scalar):
            self.faults.add(node, field, f"{shown(node)} stands for a fact", "Write its name.")
            return None
        fact = self.vocabulary.facts.get(node.text)
        if fact is None:
            found = f'no fact is called "{node.text}"'
            remedy = self.vocabulary.nearest(node.text, self.subject)
            self.faults.add(node, field, found, remedy)
        elif fact.subject != self.subject:
            found = f'"{fact.name}" is a fact of {fact.subject}, not of {self.subject}'
            remedy = f"Use a fact of {self.subject}, or change the standard's subject."
            self.faults.add(node, field, found, remedy)
            return None
        return fact

    def single_time(self, node: Node, field: str) -> str:
        """The name of a single date or moment."""
        fact = self._time(node, field)
        if fact is not None and fact.many:
            found = f'"{fact.name}" holds many values and one is needed'
            self.faults.add(node, field, found, "Name a fact that holds a single date or moment.")
        return fact.name if fact else ""

    def many_times(self, node: Node, field: str) -> str:
        """The name of a fact that holds many dates or moments."""
        fact = self._time(node, field)
        if fact is not None and not fact.many:
            found = f'"{fact.name}" holds a single value and many are needed'
            self.faults.add(node, field, found, "Name a fact that is marked many: true.")
        return fact.name if fact else ""

    def any_time(self, node: Node, field: str) -> Fact | None:
        """A fact that holds dates or moments, one or many."""
        return self._time(node, field)

    def of_type(self, node: Node, field: str, types: tuple[str, ...]) -> Fact | None:
        """A fact of one of the types."""
        fact = self.find(node, field)
        if fact is not None and fact.type not in types:
            found = f'"{fact.name}" is a {fact.type}'
            self.faults.add(node, field, found, f"Name a fact of type {one_of(types)[12:]}")
        return fact

    def number(self, _node: Node, _field: str) -> str:
        """The name of a number that stands for a bound; empty where the number itself does.

        A standard states its numbers: only what is answered on a form is compared with an answer.
        """
        return ""

    def _time(self, node: Node, field: str) -> Fact | None:
        return self.of_type(node, field, TIMES)
