"""The checking of audits.yaml: what it names has to be there, and a fault says where it is not."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from evenhand.policy import documents
from evenhand.policy.documents import Faults, Node, items_of, shown
from evenhand.policy.errors import nearest
from evenhand.policy.fields import Fields

NAME = "audits"
WHOSE = ("team", "role", "authority")
POPULATIONS = (
    "children", "referrals", "conferences", "core-groups", "supervisions", "plans", "nobody",
)  # fmt: skip
"""What files can be drawn from; ``nobody``: an audit that is of no file."""


@dataclass(frozen=True)
class Known:
    """What the adopted packs have that an audit programme may name.

    ``counted`` are the standards that say how many there are in which months.
    """

    standards: Collection[str]
    counted: Collection[str]
    roles: Collection[str]
    forms: Collection[str]
    tasks: Collection[str]


def check(node: Node, known: Known, faults: Faults) -> None:
    """Note every fault of an audits.yaml: a missing field, and a name that nothing has."""
    if not isinstance(node, documents.Mapping):
        faults.add(node, "file", "it is not a mapping", "Begin with types: and lines:.")
        return
    _Checker(node, known, faults).check()


class _Checker:
    """Checks one part after another."""

    def __init__(self, node: documents.Mapping, known: Known, faults: Faults) -> None:
        self.node, self.known, self.faults = node, known, faults
        self.types = self._ids("types")
        self.lines = self._ids("lines")
        self.parts = self._ids("panel")
        self.recipients = self._ids("recipients")

    def check(self) -> None:
        for part, one in (
            ("types", self._type), ("lines", self._line), ("panel", self._labelled),
            ("findings", self._finding), ("posts", self._post), ("scale", self._grade),
            ("process", self._step), ("recipients", self._recipients),
            ("reports", self._report), ("limits", self._limit),
        ):  # fmt: skip
            self._once(part)
            for fields in self._listed(part):
                one(fields)
        self._named_standards()

    def _type(self, fields: Fields) -> None:
        for name in ("id", "short", "title", "frequency"):
            fields.text(name)
        fields.integer("tier")
        self._roles(fields, "owner", required=True)
        self._roles(fields, "auditors")
        self._one_of(fields, "tool", self.known.forms, "form", "Add it to forms/.", required=True)

    def _line(self, fields: Fields) -> None:
        fields.text("id")
        fields.choice("for", WHOSE)
        fields.choice("population", POPULATIONS)
        self._roles(fields, "owner", required=True)
        for name in ("auditors", "picked-by"):
            self._roles(fields, name)
        self._one_of(fields, "type", self.types, "type of audit", "Name one above.", required=True)
        self._one_of(fields, "counts", self.lines, "line", "Name a line of this file.")
        self._one_of(fields, "panel", self.parts, "part of a panel", "Add it under panel:.")
        self._standards(fields, "standard", counted=True, required=True)
        self._standards(fields, "least", counted=True)
        for name in ("picked", "list"):
            self._standards(fields, name)

    def _finding(self, fields: Fields) -> None:
        fields.text("id"), fields.text("label")
        for name in ("task", "copy", "elsewhere"):
            self._one_of(fields, name, self.known.tasks, "kind of task", "Add it to tasks.yaml.")

    def _labelled(self, fields: Fields) -> None:
        fields.text("id"), fields.text("label")

    def _post(self, fields: Fields) -> None:
        fields.text("id")
        self._roles(fields, "role", required=True)

    def _grade(self, fields: Fields) -> None:
        fields.text("id"), fields.text("label"), fields.integer("points")

    def _step(self, fields: Fields) -> None:
        fields.text("id"), fields.text("title"), fields.text("words")

    def _recipients(self, fields: Fields) -> None:
        fields.text("id"), fields.text("label")
        self._roles(fields, "role", required=True)

    def _report(self, fields: Fields) -> None:
        fields.text("id"), fields.text("title")
        self._one_of(fields, "types", self.types, "type of audit", "Name one above.", required=True)
        self._one_of(fields, "needs", self.recipients, "group of recipients",
                     "Add it under recipients:.")  # fmt: skip
        self._standards(fields, "standards")

    def _limit(self, fields: Fields) -> None:
        fields.text("id"), fields.day("from"), fields.integer("value"), fields.text("unit")

    def _named_standards(self) -> None:
        node = self.node.fields.get("standards")
        if isinstance(node, documents.Mapping):
            fields = self._fields(node, "standards")
            for name in node.fields:
                self._standards(fields, name)

    def _roles(self, fields: Fields, name: str, *, required: bool = False) -> None:
        remedy = "Add it to roles.yaml."
        self._one_of(fields, name, self.known.roles, "role", remedy, required=required)

    def _standards(
        self, fields: Fields, name: str, *, counted: bool = False, required: bool = False
    ) -> None:
        """Note the name of no standard, and of one that names no months where those are asked."""
        known, remedy = self.known.standards, "Add it to standards/."
        self._one_of(fields, name, known, "standard", remedy, required=required)
        for named in fields.texts(name) if counted else ():
            if named in known and named not in self.known.counted:
                found = f'"{named}" does not say how many there are in which months'
                fields.wrong(name, found, "Name a standard with per_period.")

    def _one_of(
        self, fields: Fields, name: str, known: Collection[str], what: str, remedy: str,
        *, required: bool = False,
    ) -> None:  # fmt: skip
        if required:
            fields.need(name)
        for named in fields.texts(name):
            if named not in known:
                fields.wrong(name, f'no {what} is called "{named}"', nearest(named, known, remedy))

    def _ids(self, part: str) -> list[str]:
        return [str(one.node.fields["id"].text) for one in self._quietly(part)]  # type: ignore[attr-defined]

    def _quietly(self, part: str) -> Iterator[Fields]:
        for item in self._items(part):
            if isinstance(item, documents.Mapping) and isinstance(
                item.fields.get("id"), documents.Scalar
            ):
                yield self._fields(item, part)

    def _once(self, part: str) -> None:
        seen: set[str] = set()
        for fields in self._quietly(part) if part != "limits" else ():
            named = fields.text("id")
            if named in seen:
                fields.wrong("id", f'"{named}" stands twice', "Give each its own id.")
            seen.add(named)

    def _listed(self, part: str) -> Iterator[Fields]:
        if part in ("types", "lines") and part not in self.node.fields:
            self.faults.add(self.node, part, "it has none", "Add them.")
        for item in self._items(part):
            if isinstance(item, documents.Mapping):
                yield self._fields(item, part)
            else:
                self.faults.add(item, part, shown(item), "Write its fields: {id: ..., ...}.")

    def _items(self, part: str) -> Iterable[Node]:
        node = self.node.fields.get(part)
        return items_of(node) if node else ()

    def _fields(self, node: documents.Mapping, part: str) -> Fields:
        return Fields(node, self.faults, node.fields, f"an entry of {part}")
