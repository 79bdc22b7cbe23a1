"""The retention schedule: how long each type of record is kept, on what authority, with its cases.

The first pack to name a type defines it. A pack that adopts it may replace a type whose basis is
"default", whole, and add its own; a type kept by law is not replaced.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from evenhand.policy import documents
from evenhand.policy.checking import Problem
from evenhand.policy.documents import Faults, Node, items_of, shown
from evenhand.policy.fields import Fields
from evenhand.policy.packs import Pack
from evenhand.rules.retention import Days, Keep, Rule, Term, Trigger, keep_until
from evenhand.rules.values import BASES

FILE: Final = "retention.yaml"
OF: Final = (
    "in care", "protection plan", "need", "contact", "statements", "history", "views", "concerns",
    "quarantined rows", "files", "reports", "accounts",
)  # fmt: skip
"""The kinds of record that there are: evenhand.retention finds the rows of each."""
UNITS: Final = ("years", "months", "days")
TRIGGERS: Final = tuple(Trigger)
KEPT, DUE, NOT_KNOWN = "kept", "due", "not known"
TYPE_FIELDS = ("id", "title", "of", "as", "values", "note", "cases")
VALUE_FIELDS = ("from", "basis", "citation", "keep", "died_under", "then")
TERM_FIELDS = ("value", "unit", "after")
CASE_FIELDS = ("born", "died", "closed", "made", "open", "today", "expect", "until")


@dataclass(frozen=True)
class Case:
    """The policy owner's own example: the days, and what comes of them on one of them."""

    file: str
    line: int
    days: Days
    today: date
    expect: str
    until: date | None


@dataclass(frozen=True)
class Schedule:
    """Every type of record by id, in the packs' order, with its cases."""

    rules: Mapping[str, Rule] = field(default_factory=dict)
    cases: Mapping[str, tuple[Case, ...]] = field(default_factory=dict)

    def of(self, kind: str) -> tuple[Rule, ...]:
        """The rules for one kind of record."""
        return tuple(rule for rule in self.rules.values() if rule.of == kind)


def read(adopted: Iterable[Pack], faults: Faults, withheld: frozenset[str]) -> Schedule:
    """The schedule of packs in the order of adoption; what is wrong is noted in ``faults``."""
    rules: dict[str, Rule] = {}
    cases: dict[str, tuple[Case, ...]] = {}
    for pack in adopted:
        path = pack.folder / FILE
        node = documents.read(path, faults) if path.is_file() else None
        for item in items_of(node) if node else ():
            rule = _rule(item, pack.id, faults)
            if rule is not None and not _is_refused(rule, rules, item, faults):
                rules[rule.id] = rule
                cases[rule.id] = tuple(_cases(item, faults))
    kept = {id_: one for id_, one in rules.items() if f"retention/{id_}" not in withheld}
    return Schedule(kept, {id_: cases[id_] for id_ in kept})


def problems_of(schedule: Schedule) -> tuple[Problem, ...]:
    """Every case that does not come out as written, and types with a time and no case."""
    return tuple(_problems(schedule))


def _problems(schedule: Schedule) -> Iterator[Problem]:
    for id_, rule in schedule.rules.items():
        if rule.values and not schedule.cases[id_]:
            remedy = "Write cases: the day before, the day, and the day after."
            yield Problem(id_, "", 0, "it has no cases", remedy)
        for case in schedule.cases[id_]:
            found, until = _outcome(rule, case)
            if (found, until) != (case.expect, case.until):
                said = f"the case gives {found} (until {until}), where {case.expect} "
                said += f"(until {case.until}) is expected"
                remedy = "Mend the case, or the value that it tests."
                yield Problem(id_, case.file, case.line, said, remedy)


def _outcome(rule: Rule, case: Case) -> tuple[str, date | None]:
    kept = keep_until(rule, case.days, case.today)
    if kept is None or kept.until is None:
        return NOT_KNOWN, None
    return DUE if kept.is_due(case.today) else KEPT, kept.until


def _is_refused(rule: Rule, before: Mapping[str, Rule], node: Node, faults: Faults) -> bool:
    known = before.get(rule.id)
    if known is None:
        return False
    if known.pack == rule.pack:
        faults.add(node, "id", f'"{rule.id}" stands twice', "Give each its own id.")
        return True
    if any(value.basis == "law" for value in known.values):
        remedy = "Leave it out; to keep longer, add a type of your own: the longest holds."
        faults.add(node, "id", f'"{rule.id}" is kept by law and cannot be replaced', remedy)
        return True
    return False


def _rule(node: Node, pack: str, faults: Faults) -> Rule | None:
    if not isinstance(node, documents.Mapping):
        faults.add(node, "type", shown(node), "Write its fields: id, title, of, values, cases.")
        return None
    fields = Fields(node, faults, TYPE_FIELDS, "the type of record")
    as_ = fields.text("as", required=False)
    rule = Rule(
        fields.text("id"), fields.text("title"), fields.choice("of", OF),
        tuple(_values(fields, required=not as_)), pack, as_, fields.text("note", required=False),
    )  # fmt: skip
    return rule if rule.id and rule.of else None


def _values(fields: Fields, *, required: bool) -> Iterator[Keep]:
    node = fields.need("values") if required else fields.get("values")
    for item in items_of(node) if node else ():
        if isinstance(item, documents.Mapping):
            value = _value(Fields(item, fields.faults, VALUE_FIELDS, "the value"))
            if value is not None:
                yield value
        else:
            remedy = "Write {from: DATE, basis: ..., keep: [...]}."
            fields.faults.add(item, "values", shown(item), remedy)


def _value(fields: Fields) -> Keep | None:
    from_, basis = fields.day("from"), fields.choice("basis", BASES)
    citation = fields.text("citation", required=basis == "law")
    terms = tuple(_terms(fields, "keep"))
    under = fields.integer("died_under", required=False)
    then = tuple(_terms(fields, "then")) if under is not None else ()
    if from_ is None or not basis or not terms or (under is not None and not then):
        return None
    return Keep(from_, terms, basis, citation, under, then)


def _terms(fields: Fields, key: str) -> Iterator[Term]:
    node = fields.need(key)
    for item in items_of(node) if node else ():
        if not isinstance(item, documents.Mapping):
            remedy = "Write {value: 75, unit: years, after: birth}."
            fields.faults.add(item, key, shown(item), remedy)
            continue
        inner = Fields(item, fields.faults, TERM_FIELDS, "the term")
        value, unit = inner.integer("value"), inner.choice("unit", UNITS)
        after = inner.choice("after", TRIGGERS)
        if value is not None and value < 0:
            inner.wrong("value", f"{value} is below nought", "Write 0 or more.")
        elif value is not None and unit and after:
            yield Term(value, unit, Trigger(after))


def _cases(node: Node, faults: Faults) -> Iterator[Case]:
    listed = node.fields.get("cases") if isinstance(node, documents.Mapping) else None
    for item in items_of(listed) if listed else ():
        if not isinstance(item, documents.Mapping):
            faults.add(item, "cases", shown(item), "Write {born: ..., today: ..., expect: ...}.")
            continue
        fields = Fields(item, faults, CASE_FIELDS, "the case")
        born, died, closed, made = (
            fields.day(name, required=False) for name in ("born", "died", "closed", "made")
        )
        today, expect = fields.day("today"), fields.choice("expect", (KEPT, DUE, NOT_KNOWN))
        if today is not None and expect:
            days = Days(born, died, closed, made, fields.flag("open"))
            until = fields.day("until", required=False)
            yield Case(item.file, item.line, days, today, expect, until)
