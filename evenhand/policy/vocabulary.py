"""The vocabulary: every fact that a pack may name, with its subject, its type and its sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, cast, get_args

from evenhand.policy import documents
from evenhand.policy.documents import Faults, Node
from evenhand.policy.errors import PackErrors, nearest
from evenhand.policy.fields import Fields

FactType = Literal["date", "moment", "code", "yes_no", "number", "person"]
TYPES: tuple[FactType, ...] = get_args(FactType)
FIELDS = ("name", "type", "many", "meaning", "supplied_by", "native", "clauses")


@dataclass(frozen=True)
class Fact:
    """A named, typed value of a subject. `native`: no standard extract holds it."""

    name: str
    subject: str
    type: FactType
    many: bool = False
    meaning: str = ""
    supplied_by: Mapping[str, str] = field(default_factory=dict)
    native: bool = False

    @property
    def is_time(self) -> bool:
        """Whether it holds dates or moments."""
        return self.type in ("date", "moment")


@dataclass(frozen=True)
class Vocabulary:
    """Facts by name, in order of subject and then as written."""

    facts: Mapping[str, Fact]

    @classmethod
    def of(cls, facts: Iterable[Fact]) -> Vocabulary:
        """A vocabulary of these facts."""
        return cls({fact.name: fact for fact in facts})

    def of_subject(self, subject: str) -> tuple[Fact, ...]:
        """The facts of one subject."""
        return tuple(fact for fact in self.facts.values() if fact.subject == subject)

    @property
    def subjects(self) -> tuple[str, ...]:
        """Every subject, in order."""
        return tuple(dict.fromkeys(fact.subject for fact in self.facts.values()))

    def nearest(self, name: str, subject: str) -> str:
        """A remedy for a name that is not known: the nearest of its subject, else of all."""
        own = [fact.name for fact in self.of_subject(subject)]
        remedy = "Add it to the vocabulary, or name a fact that stands there."
        found = nearest(name, own, "")
        return found or nearest(name, self.facts, remedy)


def shipped() -> Path:
    """The folder of the vocabulary that comes with Evenhand."""
    return Path(__file__).resolve().parents[1] / "facts" / "vocabulary"


def load(folder: Path | None = None) -> Vocabulary:
    """Read every YAML file of the folder (default: the one shipped). Raises PackErrors."""
    faults = Faults()
    facts: dict[str, Fact] = {}
    for path in documents.yaml_files(folder or shipped()):
        for fact, node in _file(path, faults):
            if fact.name in facts:
                faults.add(node, "name", f'"{fact.name}" stands twice', "Keep one of the two.")
            facts[fact.name] = fact
    if faults.errors:
        raise PackErrors(faults.errors)
    return Vocabulary(facts)


def _file(path: Path, faults: Faults) -> list[tuple[Fact, Node]]:
    node = documents.read(path, faults)
    if node is None:
        return []
    if not isinstance(node, documents.Mapping):
        faults.add(node, "file", "it is not a mapping", "Begin with subject: and facts:.")
        return []
    fields = Fields(node, faults, ("subject", "facts"), "the vocabulary file")
    subject, listed = fields.text("subject"), fields.need("facts")
    found = [_fact(item, subject, faults) for item in documents.items_of(listed)] if listed else []
    return [pair for pair in found if pair]


def _fact(node: Node, subject: str, faults: Faults) -> tuple[Fact, Node] | None:
    if not isinstance(node, documents.Mapping):
        faults.add(node, "facts", documents.shown(node), "Write {name: ..., type: ..., ...}.")
        return None
    fields = Fields(node, faults, FIELDS, "the fact")
    name, kind = fields.text("name"), fields.choice("type", TYPES)
    if not name.startswith(f"{subject}."):
        fields.wrong("name", f'"{name}" is not of "{subject}"', f'Begin it with "{subject}.".')
    sources = fields.get("supplied_by")
    supplied = documents.plain(sources) if sources else {}
    fact = Fact(
        name, subject, cast("FactType", kind or "date"), fields.flag("many"),
        fields.text("meaning"),
        {key: str(value) for key, value in supplied.items()} if isinstance(supplied, dict) else {},
        fields.flag("native"),
    )  # fmt: skip
    return fact, node
