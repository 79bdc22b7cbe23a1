"""A standard's cases: the policy owner's own examples, in fact names, run as tests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from evenhand.policy.documents import Faults, Mapping, Node, Scalar, items_of, shown
from evenhand.policy.errors import one_of
from evenhand.policy.fact_names import FactNames
from evenhand.policy.fields import Fields
from evenhand.policy.vocabulary import Fact, Vocabulary
from evenhand.rules.london import LONDON, last_moment
from evenhand.rules.states import WHOLLY, Horizon, State
from evenhand.rules.values import Case, FactValue, Single

OWN_KEYS = ("today", "now", "expect", "due", "dues", "complete_to", "note")
MOMENT = "a moment in London's time, as 2026-04-06 10:00"


@dataclass(frozen=True)
class Example:
    """One case: the facts, the moment, and the state (and due) expected of each cycle in order.

    Facts that hold many values and are not named hold none; every fact is held completely, up to
    `complete_to` where it is given.
    """

    standard: str
    file: str
    line: int
    facts: Case
    now: datetime
    expect: tuple[State, ...]
    dues: tuple[date | datetime | None, ...] | None = None
    last_due: date | datetime | None = None
    horizon: Horizon = WHOLLY


def read(
    node: Node, standard: str, subject: str, vocabulary: Vocabulary, faults: Faults
) -> list[Example]:
    """The cases at a node, each fault noted."""
    names = FactNames(vocabulary, subject, faults)
    found = [_example(item, standard, names) for item in items_of(node)]
    return [example for example in found if example]


def _example(node: Node, standard: str, names: FactNames) -> Example | None:
    if not isinstance(node, Mapping):
        names.faults.add(
            node, "cases", shown(node), "Write {fact: DATE, today: DATE, expect: kept}."
        )
        return None
    facts = {fact.name: () for fact in names.vocabulary.of_subject(names.subject) if fact.many}
    given: dict[str, FactValue] = dict(facts)
    for key, value in node.fields.items():
        if key not in OWN_KEYS:
            place = node.keys[key]
            name = Scalar(place.file, place.line, place.column, key, quoted=True)
            fact = names.find(name, key)
            if fact is not None:
                given[key] = _value(value, fact, names.faults)
    fields = Fields(node, names.faults, (*OWN_KEYS, *node.fields), "the case")
    now, expect = _now(fields), _expect(fields)
    if now is None or not expect:
        return None
    complete_to = fields.day("complete_to", required=False)
    return Example(
        standard, node.file, node.line, given, now, expect, _dues(fields), _due(fields),
        Horizon(None, complete_to),
    )  # fmt: skip


def _now(fields: Fields) -> datetime | None:
    """The moment of the case: `now`, or the last moment of `today`."""
    node = fields.get("now")
    if node is not None:
        moment = _moment(node)
        if not isinstance(moment, datetime):
            fields.wrong("now", f"{shown(node)} is no moment", f"Write {MOMENT}.")
            return None
        return moment
    today = fields.day("today")
    return last_moment(today) if today else None


def _expect(fields: Fields) -> tuple[State, ...]:
    node = fields.need("expect", one_of(State))
    states = []
    for item in items_of(node) if node else ():
        text = item.text if isinstance(item, Scalar) else ""
        if text in set(State):
            states.append(State(text))
        else:
            fields.faults.add(item, "expect", f"{shown(item)} is no state", one_of(State))
    return tuple(states)


def _dues(fields: Fields) -> tuple[date | datetime | None, ...] | None:
    node = fields.get("dues")
    return tuple(_moment(item) for item in items_of(node)) if node else None


def _due(fields: Fields) -> date | datetime | None:
    node = fields.get("due")
    due = _moment(node) if node else None
    if node is not None and due is None:
        fields.wrong("due", f"{shown(node)} is no day", f"Write a date or {MOMENT}.")
    return due


def _value(node: Node, fact: Fact, faults: Faults) -> FactValue:
    if not fact.many:
        return _single(node, fact, faults)
    if isinstance(node, Scalar) and node.value is None and not node.quoted:
        return None
    return tuple(_single(item, fact, faults) for item in items_of(node))


def _single(node: Node, fact: Fact, faults: Faults) -> Single | None:
    if isinstance(node, Scalar):
        if node.value is None and not node.quoted:
            return None
        value = _typed(node, fact)
        if value is not None:
            return value
    faults.add(node, fact.name, f"{shown(node)} is no {fact.type}", f"Write {_WANTED[fact.type]}.")
    return None


def _typed(node: Scalar, fact: Fact) -> Single | None:
    if fact.type in ("code", "person"):
        return node.text
    if fact.type == "yes_no":
        return {"true": True, "yes": True, "false": False, "no": False}.get(node.text.lower())
    if fact.type == "number":
        return node.value if isinstance(node.value, int) else None
    return _moment(node) if fact.type == "moment" else _date(node)


def _date(node: Scalar) -> date | None:
    return node.value if isinstance(node.value, date) else None


def _moment(node: Node) -> date | datetime | None:
    """A date, or a moment in London's time (the earlier, where the clock goes back), in UTC."""
    if not isinstance(node, Scalar):
        return None
    if isinstance(node.value, date):
        return node.value
    try:
        return datetime.fromisoformat(node.text).replace(tzinfo=LONDON).astimezone(UTC)
    except ValueError:
        return None


_WANTED = {
    "code": "a code",
    "person": "a person",
    "yes_no": "true or false",
    "number": "a whole number",
    "date": "a date, as 2026-04-01",
    "moment": f"a date, or {MOMENT}",
}
