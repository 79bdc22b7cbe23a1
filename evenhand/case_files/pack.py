"""What the adopted packs say a case file must show (case-file.yaml), read once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from evenhand.facts.adopted import policy
from evenhand.policy.entries import needed

FILE = "case-file.yaml"
CASE_FILE = "case-file"


class Wanted(NamedTuple):
    """One fact that the case system's own record must hold, and what is said where it does not."""

    fact: str
    missing: str


class Answer(NamedTuple):
    """An answer on a form about the child's time in our care; ``months``: how old it may be."""

    form: str
    question: str
    months: int | None


class Line(NamedTuple):
    """One thing that a file must show, and how that is told. See the head of case-file.yaml."""

    id: str
    item: str
    clause: str
    standards: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    unchecked: str = "not-known"
    subject: str = ""
    on: str = ""
    fields: tuple[Wanted, ...] = ()
    answer: Answer | None = None
    checklist: str = ""
    works_out: str = ""


class Checklist(NamedTuple):
    """Several lines under one title."""

    id: str
    title: str
    lines: tuple[Line, ...]


def checklist(id_: str) -> Checklist | None:
    """Return one checklist; None where no adopted pack has it."""
    return _checklists(policy().digest).get(id_)


def value_on(id_: str, day: date) -> int:
    """Return a value of the file in force on a day. Problem, naming it, where none is."""
    return int(needed(_document().get("values", ()), id_, day, FILE)["value"])


def named(place: str, name: str = "form") -> str:
    """Return the id of the form or the like that a part of the file names; empty where none."""
    return str(_document().get(place, {}).get(name, ""))


@cache
def _checklists(_digest: str) -> Mapping[str, Checklist]:
    found = _document().get("checklists", ())
    made = (Checklist(c["id"], c["title"], tuple(map(_line, c["lines"]))) for c in found)
    return {one.id: one for one in made}


def _line(one: Mapping[str, Any]) -> Line:
    fields = one.get("fields", {})
    return Line(
        one["id"], one["item"], one.get("clause", ""), tuple(one.get("standards", ())),
        tuple(one.get("forms", ())), tuple(one.get("lacks", ())),
        one.get("unchecked", "not-known"), fields.get("subject", ""), fields.get("on", ""),
        tuple(Wanted(each["fact"], each["missing"]) for each in fields.get("of", ())),
        _answer(one.get("answer")), one.get("checklist", ""), one.get("works-out", ""),
    )  # fmt: skip


def _answer(one: Mapping[str, Any] | None) -> Answer | None:
    if one is None:
        return None
    within = one.get("within")
    return Answer(one["form"], one["question"], int(within["value"]) if within else None)


def _document() -> Mapping[str, Any]:
    return policy().document(CASE_FILE) or {}
