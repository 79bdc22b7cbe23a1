"""A tree of conditions, read from a pack: which leaf it is follows from its fields."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import cast, get_args

from evenhand.policy.documents import Mapping, Node, Scalar, items_of, shown
from evenhand.policy.errors import one_of
from evenhand.policy.fact_names import FactNames
from evenhand.policy.fields import Fields
from evenhand.policy.vocabulary import Fact
from evenhand.rules import trees as rules
from evenhand.rules.trees import Tree

ORDERS = get_args(rules.DayOrder)
BOUNDS = get_args(rules.Bound)
PERSONS = ("code", "person")
TESTS = ("is", "in", "known", "same_as", *ORDERS, *BOUNDS)
HEADS = ("all", "any", "none", "not", "of", "fact", "count", "age")
NOTHING = rules.AllOf(())


def read(node: Node, names: FactNames) -> Tree:
    """The tree at a node; where it is wrong, a fault is noted and an empty tree stands in."""
    if not isinstance(node, Mapping):
        names.faults.add(node, "tree", f"{shown(node)} stands for a condition", one_of(HEADS))
        return NOTHING
    heads = [head for head in HEADS if head in node.fields]
    if len(heads) != 1:
        found = f"it has {' and '.join(heads) or 'none'} of the fields that begin a condition"
        names.faults.add(node, "tree", found, one_of(HEADS)[:-1] + " (one only).")
        return NOTHING
    return _READERS[heads[0]](node, names)


def _parts(node: Mapping, head: str, names: FactNames) -> tuple[Tree, ...]:
    items = items_of(node.fields[head])
    if not items:
        names.faults.add(
            node, head, "it holds no condition", "Write one at least, or leave it out."
        )
    return tuple(read(item, names) for item in items)


def _all(node: Mapping, names: FactNames) -> Tree:
    Fields(node, names.faults, ("all",), "all")
    return rules.AllOf(_parts(node, "all", names))


def _any(node: Mapping, names: FactNames) -> Tree:
    Fields(node, names.faults, ("any",), "any")
    return rules.AnyOf(_parts(node, "any", names))


def _none(node: Mapping, names: FactNames) -> Tree:
    Fields(node, names.faults, ("none",), "none")
    return rules.Not(rules.AnyOf(_parts(node, "none", names)))


def _not(node: Mapping, names: FactNames) -> Tree:
    Fields(node, names.faults, ("not",), "not")
    return rules.Not(read(node.fields["not"], names))


def _at_least(node: Mapping, names: FactNames) -> Tree:
    fields = Fields(node, names.faults, ("at_least", "of"), "at_least")
    parts = _parts(node, "of", names)
    n = fields.integer("at_least") or 0
    if not 0 < n <= len(parts):
        fields.wrong(
            "at_least", f"{n} of {len(parts)} cannot be asked", "Ask from 1 to all of them."
        )
    return rules.AtLeast(n, parts)


def _count(node: Mapping, names: FactNames) -> Tree:
    fields = Fields(node, names.faults, ("count", *BOUNDS), "the count")
    fact = names.find(node.fields["count"], "count")
    if fact is not None and not fact.many:
        fields.wrong("count", f'"{fact.name}" holds a single value', "Ask whether it is known.")
    bound, n = _bound(node, fields, names)
    return rules.Count(fact.name if fact else "", bound, n)


def _age(node: Mapping, names: FactNames) -> Tree:
    fields = Fields(node, names.faults, ("age", "at_least", "under", "on"), "the age")
    born = names.single_time(node.fields["age"], "age")
    on = fields.get("on")
    on_fact = names.single_time(on, "on") if on else None
    if "under" in fields:
        return rules.Not(rules.Age(born, fields.integer("under") or 0, on_fact))
    return rules.Age(born, fields.integer("at_least") or 0, on_fact)


def _fact(node: Mapping, names: FactNames) -> Tree:
    tests = [key for key in TESTS if key in node.fields]
    fields = Fields(node, names.faults, ("fact", *TESTS), "the fact")
    fact = names.find(node.fields["fact"], "fact")
    if len(tests) != 1:
        fields.wrong(
            "fact", f"{len(tests)} tests of it are written", "Write one: is, in, known, ..."
        )
        return NOTHING
    if fact is None:
        return NOTHING
    test = tests[0]
    if test in ORDERS:
        return _compare(fields, fact, cast("rules.DayOrder", test), names)
    if test == "same_as":
        return _same(fields, fact, names)
    if test in BOUNDS:
        _wants(fields, fact, ("number",), test)
        bound, n = _bound(node, fields, names)
        return rules.Amount(fact.name, bound, n)
    return _value(fields, fact, test)


def _value(fields: Fields, fact: Fact, test: str) -> Tree:
    if test == "known":
        node = fields.get("known")
        wanted = node.value if isinstance(node, Scalar) else None
        if not isinstance(wanted, bool):
            fields.wrong("known", "it is neither true nor false", "Write known: true.")
        return rules.Known(fact.name, wanted is not False)
    _wants(fields, fact, ("code", "yes_no", "number", "person"), test)
    values = [_single(fields, item, fact, test) for item in items_of(fields.node.fields[test])]
    return rules.IsIn(fact.name, tuple(value for value in values if value is not None))


def _single(fields: Fields, node: Node, fact: Fact, test: str) -> str | int | bool | None:
    if isinstance(node, Scalar):
        if fact.type in ("code", "person"):
            return node.text
        value = {"yes": True, "no": False}.get(node.text.lower(), node.value)
        if isinstance(value, bool if fact.type == "yes_no" else int):
            return value
    fields.wrong(test, f"{shown(node)} is no value of a {fact.type}", "Write a value of its type.")
    return None


def _compare(fields: Fields, fact: Fact, order: rules.DayOrder, names: FactNames) -> Tree:
    _wants(fields, fact, ("date", "moment"), order)
    node = fields.node.fields[order]
    if isinstance(node, Scalar) and isinstance(node.value, date):
        return rules.Compare(fact.name, order, node.value)
    return rules.Compare(fact.name, order, names.single_time(node, order))


def _same(fields: Fields, fact: Fact, names: FactNames) -> Tree:
    _wants(fields, fact, PERSONS, "same_as")
    other = names.of_type(fields.node.fields["same_as"], "same_as", PERSONS)
    if fact.many or (other is not None and other.many):
        fields.wrong("same_as", "one of the two holds many values", "Name two single ones.")
    return rules.SameAs(fact.name, other.name if other else "")


def _wants(fields: Fields, fact: Fact, types: tuple[str, ...], test: str) -> None:
    if fact.type not in types:
        remedy = f'"{test}" is for a {" or ".join(types)}.'
        fields.wrong(test, f'"{fact.name}" is a {fact.type}', remedy)


def _bound(node: Mapping, fields: Fields, names: FactNames) -> tuple[rules.Bound, int | str]:
    for bound in BOUNDS:
        if bound in node.fields:
            answer = names.number(node.fields[bound], bound)
            return bound, answer or fields.integer(bound) or 0
    fields.wrong("count", "it has no bound", one_of(BOUNDS))
    return "at_least", 1


_READERS: dict[str, Callable[[Mapping, FactNames], Tree]] = {
    "all": _all,
    "any": _any,
    "none": _none,
    "not": _not,
    "of": _at_least,
    "fact": _fact,
    "count": _count,
    "age": _age,
}
