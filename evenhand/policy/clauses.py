"""Clauses: each obligation of a source, in our own words, with how Evenhand answers for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from evenhand.policy.documents import Faults, Mapping, Node, items_of, shown
from evenhand.policy.fields import Fields

FIELDS = (
    "id", "ref", "area", "kind", "mode", "basis", "order", "summary", "shows", "citation",
    "same_as", "note", "link",
)  # fmt: skip
BASES = ("text", "law", "default", "reconstruction")
MODES = ("own", "derive", "add", "check", "link", "show")


@dataclass(frozen=True)
class Clause:
    """One obligation: where it stands in its source, what kind it is, and what answers for it."""

    id: str
    pack: str
    ref: str
    area: str
    kind: str
    mode: str
    basis: str
    order: str
    summary: str
    shows: str
    citation: str = ""
    same_as: tuple[str, ...] = ()


def read(node: Node, pack: str, faults: Faults) -> Iterator[tuple[Clause, Node]]:
    """The clauses of a pack's clauses.yaml, each with its place."""
    for item in items_of(node):
        if isinstance(item, Mapping):
            yield _clause(item, pack, faults), item
        else:
            faults.add(item, "clause", shown(item), "Write its fields: id, ref, summary, ...")


def _clause(node: Mapping, pack: str, faults: Faults) -> Clause:
    fields = Fields(node, faults, FIELDS, "the clause")
    return Clause(
        fields.text("id"), pack, fields.text("ref", required=False),
        fields.text("area", required=False), fields.text("kind", required=False),
        fields.choice("mode", MODES, required=False), fields.choice("basis", BASES),
        fields.text("order", required=False), fields.text("summary"),
        fields.text("shows", required=False), fields.text("citation", required=False),
        (*fields.texts("same_as"), *fields.texts("link")),
    )  # fmt: skip
