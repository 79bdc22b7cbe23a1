"""JSON Schemas of a pack's files, so that an editor completes names and marks faults while typing.

They are made from the vocabulary and the readers' own lists of fields: ``policy docs`` writes them
to docs/reference/schema. They say less than ``policy check`` does, which also knows what a fact
may be compared with; nothing that ``policy check`` takes is refused by them. JSON Schema draft 7,
which is what editors of YAML understand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, get_args

from evenhand.policy import ask_set, clauses, dated, retention, roles, standards
from evenhand.policy.trees import BOUNDS, ORDERS
from evenhand.policy.vocabulary import Vocabulary
from evenhand.rules.standards import Direction, Roll
from evenhand.rules.states import State
from evenhand.rules.values import BASES, UNITS

Schema = dict[str, Any]

DRAFT = "http://json-schema.org/draft-07/schema#"
TEXT: Schema = {"type": "string"}
FLAG: Schema = {"type": "boolean"}
NUMBER: Schema = {"type": "integer"}
AGE: Schema = {"type": ["integer", "null"]}
DAY: Schema = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
SCALAR: Schema = {"type": ["string", "number", "boolean", "null"]}
TREE: Schema = {"$ref": "#/definitions/condition"}
FACT: Schema = {"$ref": "#/definitions/fact"}
FACTS: Schema = {"anyOf": [FACT, {"type": "array", "items": FACT}]}
TEXTS: Schema = {"anyOf": [TEXT, {"type": "array", "items": TEXT}]}


def schemas(vocabulary: Vocabulary) -> Mapping[str, Schema]:
    """The schema of each kind of file in a pack, by the name of its file."""
    return {
        "pack": _pack(),
        "clauses": _list_of(_clause(), "The clauses of a source, in our own words"),
        "ask-set": _list_of(_question(), "What is asked about who a child is"),
        "roles": _roles(),
        "retention": _list_of(_retention(), "How long each type of record is kept"),
        "standards": _list_of({"$ref": "#/definitions/standard"}, "Standards of a pack")
        | {"definitions": _definitions(vocabulary)},
    }


def _list_of(item: Schema, title: str) -> Schema:
    return {"$schema": DRAFT, "title": title, "type": "array", "items": item}


def _closed(properties: Mapping[str, Schema], required: Iterable[str] = ()) -> Schema:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(required),
        "additionalProperties": False,
    }


def _one_of(values: Iterable[object]) -> Schema:
    return {"enum": [str(value) for value in values]}


def _pack() -> Schema:
    override = {
        "standard": TEXT, "field": TEXT, "stage": NUMBER, "from": DAY, "to": DAY, "value": NUMBER,
        "unit": _one_of(UNITS), "reason": TEXT,
    }  # fmt: skip
    fields = {
        "id": TEXT, "title": TEXT, "source": TEXT, "licence": TEXT, "authority": TEXT,
        "adopts": {"type": "array", "items": TEXT},
        "overrides": {"type": "array", "items": {"type": "object", "properties": override}},
    }  # fmt: skip
    needed = ("id", "title", "source", "licence")
    return {"$schema": DRAFT, "title": "A policy pack", **_closed(fields, needed)}


def _clause() -> Schema:
    fields = dict.fromkeys(clauses.FIELDS, TEXT) | {
        "mode": _one_of(clauses.MODES), "basis": _one_of(clauses.BASES),
        "same_as": TEXTS, "link": TEXTS,
    }  # fmt: skip
    return _closed(fields, ("id", "basis", "summary"))


def _question() -> Schema:
    fields: dict[str, Schema] = {name: {} for name in ask_set.FIELDS} | {
        "from_age": AGE, "ask_child_again_at": AGE, "chased": FLAG, "multiple": FLAG,
        "basis": _one_of(BASES), "clauses": TEXTS, "used_by": TEXTS, "asked_of": TEXTS,
    }  # fmt: skip
    return _closed(fields, ("characteristic", "question", "why", "basis"))


def _roles() -> Schema:
    role = dict.fromkeys(roles.ROLE_FIELDS, TEXT) | {
        "first_page": _one_of(roles.FIRST_PAGES), "persons": _one_of(roles.REACHES),
        "aggregates": _one_of(roles.REACHES), "second_step": _one_of(roles.STEPS),
        "closeness": {"type": "array", "items": _one_of(roles.CLOSENESSES)},
        "basis": _one_of(BASES),
    }  # fmt: skip
    permission = dict.fromkeys(roles.PERMISSION_FIELDS, TEXTS) | {
        "id": TEXT, "words": TEXT, "reason": TEXT, "apart": FLAG, "basis": _one_of(BASES),
    }  # fmt: skip
    listed = {
        "roles": {"type": "array", "items": _closed(role, ["id"])},
        "permissions": {"type": "array", "items": _closed(permission, ["id"])},
    }
    return {"$schema": DRAFT, "title": "Roles and permissions", **_closed(listed)}


def _retention() -> Schema:
    term = {
        "value": NUMBER, "unit": _one_of(retention.UNITS), "after": _one_of(retention.TRIGGERS),
    }  # fmt: skip
    terms = {"type": "array", "items": _closed(term, list(term)), "minItems": 1}
    value = {
        "from": DAY, "basis": _one_of(BASES), "citation": TEXT, "keep": terms,
        "died_under": NUMBER, "then": terms,
    }  # fmt: skip
    case = dict.fromkeys(retention.CASE_FIELDS, DAY) | {
        "open": FLAG, "expect": _one_of((retention.KEPT, retention.DUE, retention.NOT_KNOWN)),
    }  # fmt: skip
    fields = dict.fromkeys(retention.TYPE_FIELDS, TEXT) | {
        "of": _one_of(retention.OF),
        "values": {"type": "array", "items": _closed(value, ("from", "basis", "keep"))},
        "cases": {"type": "array", "items": _closed(case, ("today", "expect"))},
    }  # fmt: skip
    return _closed(fields, ("id", "title", "of"))


def _definitions(vocabulary: Vocabulary) -> Schema:
    facts = vocabulary.facts
    return {
        "fact": {
            "enum": list(facts),
            "enumDescriptions": [fact.meaning for fact in facts.values()],
        },
        "condition": _condition(),
        "value": _dated({"value": NUMBER, "unit": _one_of(UNITS)}),
        "case": _case(vocabulary),
        "standard": _standard(vocabulary),
    }


def _condition() -> Schema:
    conditions = {"type": "array", "items": TREE, "minItems": 1}
    some = {"anyOf": [SCALAR, {"type": "array", "items": SCALAR}]}
    tests = dict.fromkeys(ORDERS, SCALAR) | dict.fromkeys(BOUNDS, NUMBER)
    return {
        "anyOf": [
            _closed({"all": conditions}, ["all"]),
            _closed({"any": conditions}, ["any"]),
            _closed({"none": conditions}, ["none"]),
            _closed({"not": TREE}, ["not"]),
            _closed({"at_least": NUMBER, "of": conditions}, ["at_least", "of"]),
            _closed({"fact": FACT, "is": some, "in": some, "known": FLAG, **tests}, ["fact"]),
            _closed({"count": FACT, **dict.fromkeys(BOUNDS, NUMBER)}, ["count"]),
            _closed({"age": FACT, "at_least": NUMBER, "under": NUMBER, "on": FACT}, ["age"]),
        ]
    }


def _dated(value: Mapping[str, Schema]) -> Schema:
    bound = _closed({"at_most": NUMBER, "at_least": NUMBER})
    fields = dict.fromkeys(dated.FIELDS, TEXT) | {
        "from": DAY, "to": DAY, "enacted": DAY, "basis": _one_of(BASES), "local": FLAG,
        "bound": bound, **value,
    }  # fmt: skip
    one = _closed(fields, ("value", "basis"))
    return {"anyOf": [one, {"type": "array", "items": one, "minItems": 1}]}


def _case(vocabulary: Vocabulary) -> Schema:
    state = _one_of(State)
    own = {
        "today": DAY, "now": TEXT, "complete_to": DAY, "note": TEXT, "due": TEXT,
        "dues": {"type": "array"}, "expect": {"anyOf": [state, {"type": "array", "items": state}]},
    }  # fmt: skip
    facts: dict[str, Schema] = {name: {} for name in vocabulary.facts}
    return _closed(facts | own, ["expect"])


def _standard(vocabulary: Vocabulary) -> Schema:
    common: dict[str, Schema] = dict.fromkeys(standards.COMMON, TEXT) | {
        "clauses": TEXTS, "subject": _one_of(vocabulary.subjects),
        "where": TREE,
        "excused_by": FACTS, "also_shown_by": FACTS, "until": FACT, "local": FLAG,
        "bound": _closed({"at_most": NUMBER, "at_least": NUMBER}),
        "cases": {"type": "array", "items": {"$ref": "#/definitions/case"}},
    }  # fmt: skip
    whole = _closed(common | _of_kinds(), ("id", "title", "clauses", "subject"))
    return whole | {"oneOf": [{"required": [kind]} for kind in standards.KINDS]}


def _of_kinds() -> dict[str, Schema]:
    """The fields that belong to one kind of standard or another."""
    value: Schema = {"$ref": "#/definitions/value"}
    direction, roll = _one_of(get_args(Direction)), _one_of(get_args(Roll))
    deadline = {
        "starts": FACT, "stops": FACT, "all_of_many": FLAG, "due": FACT, "direction": direction,
        "roll": roll,
    }  # fmt: skip
    months = {"type": "array", "items": _one_of(standards.MONTHS)}
    period = {"anyOf": [_one_of(("month", "half-year", "year", *standards.MONTHS)), months]}
    return {
        "from": DAY, "to": DAY, "basis": _one_of(BASES), "citation": TEXT, "starts": FACT,
        "deadline": _closed(deadline, ["starts"]), "direction": direction, "roll": roll,
        "within": {"anyOf": [FACT, value]},
        "recurrence": _closed({"starts": FACT, "held": FACT, "start_is_held": FLAG}, ["starts"]),
        "stages": {"anyOf": [{"type": "array", "items": value}, value]},
        "per_period": _closed({"counted": FACT, "starts": FACT, "period": period}, ["counted"]),
        "at_least": value,
        "test": {"anyOf": [TREE, {"type": "array", "items": _dated_condition()}]},
    }  # fmt: skip


def _dated_condition() -> Schema:
    found: Schema = _dated({"value": TREE})["anyOf"][0]
    return found
